"""Every verb of the kernel, one function each."""

from huying.kernel.actions.accept import accept
from huying.kernel.actions.answer import answer
from huying.kernel.actions.answer_at_once import answer_at_once
from huying.kernel.actions.approve import approve, return_
from huying.kernel.actions.assign import assign
from huying.kernel.actions.assist import ask_assist, waive
from huying.kernel.actions.boundary import interim, settle_boundary
from huying.kernel.actions.call_back import call_back
from huying.kernel.actions.check import check
from huying.kernel.actions.close import close
from huying.kernel.actions.close_cause import close_cause
from huying.kernel.actions.conclude import decide_conclusion, plead, propose_conclusion
from huying.kernel.actions.contact import contact
from huying.kernel.actions.declare_incident import declare_incident
from huying.kernel.actions.decline import decline, refer
from huying.kernel.actions.dispatch_matter import dispatch
from huying.kernel.actions.end_incident import end_incident
from huying.kernel.actions.exclude import exclude
from huying.kernel.actions.extend import ask_extension, decide_extension
from huying.kernel.actions.extend_branch import ask_branch_extension, decide_branch_extension
from huying.kernel.actions.follow import follow
from huying.kernel.actions.look import look
from huying.kernel.actions.merge import merge
from huying.kernel.actions.message import answer_message, leave_message
from huying.kernel.actions.objection import answer_objection, object_, review_look
from huying.kernel.actions.open_calls import open_calls
from huying.kernel.actions.open_incident import open_incident
from huying.kernel.actions.open_parted import open_parted
from huying.kernel.actions.pass_down import pass_down
from huying.kernel.actions.pass_down_branch import pass_down_branch
from huying.kernel.actions.pause import pause, resume
from huying.kernel.actions.pause_branch import pause_branch, resume_branch
from huying.kernel.actions.rate import rate
from huying.kernel.actions.send_back import adjudicate, release, send_back
from huying.kernel.actions.send_back_branch import adjudicate_branch, send_back_branch
from huying.kernel.actions.sign import sign
from huying.kernel.actions.split import split
from huying.kernel.actions.submit import submit
from huying.kernel.actions.succeed import succeed
from huying.kernel.actions.supplement import reply, supplement
from huying.kernel.actions.tell_news import tell_news
from huying.kernel.actions.transfer import recall, transfer
from huying.kernel.actions.widen import widen
from huying.kernel.actions.withdraw import withdraw
from huying.kernel.incidents import Notice
from huying.kernel.intake import NewCall, Opened

__all__ = [
    "NewCall",
    "Notice",
    "Opened",
    "accept",
    "adjudicate",
    "adjudicate_branch",
    "answer",
    "answer_at_once",
    "answer_message",
    "answer_objection",
    "approve",
    "ask_assist",
    "ask_branch_extension",
    "ask_extension",
    "assign",
    "call_back",
    "check",
    "close",
    "close_cause",
    "contact",
    "decide_branch_extension",
    "decide_conclusion",
    "decide_extension",
    "declare_incident",
    "decline",
    "dispatch",
    "end_incident",
    "exclude",
    "follow",
    "interim",
    "leave_message",
    "look",
    "merge",
    "object_",
    "open_calls",
    "open_incident",
    "open_parted",
    "pass_down",
    "pass_down_branch",
    "pause",
    "pause_branch",
    "plead",
    "propose_conclusion",
    "rate",
    "recall",
    "refer",
    "release",
    "reply",
    "resume",
    "resume_branch",
    "return_",
    "review_look",
    "send_back",
    "send_back_branch",
    "settle_boundary",
    "sign",
    "split",
    "submit",
    "succeed",
    "supplement",
    "tell_news",
    "transfer",
    "waive",
    "widen",
    "withdraw",
]
