"""Every verb of the kernel, one function each."""

from huying.kernel.actions.accept import accept
from huying.kernel.actions.answer import answer
from huying.kernel.actions.approve import approve, return_
from huying.kernel.actions.close import close
from huying.kernel.actions.contact import contact
from huying.kernel.actions.decline import decline, refer
from huying.kernel.actions.dispatch_matter import dispatch
from huying.kernel.actions.extend import ask_extension, decide_extension
from huying.kernel.actions.follow import follow
from huying.kernel.actions.look import look
from huying.kernel.actions.merge import merge
from huying.kernel.actions.open_calls import open_calls
from huying.kernel.actions.pass_down import pass_down
from huying.kernel.actions.pause import pause, resume
from huying.kernel.actions.rate import rate
from huying.kernel.actions.send_back import adjudicate, release, send_back
from huying.kernel.actions.sign import sign
from huying.kernel.actions.split import split
from huying.kernel.actions.submit import submit
from huying.kernel.actions.succeed import succeed
from huying.kernel.actions.supplement import reply, supplement
from huying.kernel.actions.transfer import recall, transfer
from huying.kernel.actions.withdraw import withdraw
from huying.kernel.intake import NewCall, Opened

__all__ = [
    "NewCall",
    "Opened",
    "accept",
    "adjudicate",
    "answer",
    "approve",
    "ask_extension",
    "close",
    "contact",
    "decide_extension",
    "decline",
    "dispatch",
    "follow",
    "look",
    "merge",
    "open_calls",
    "pass_down",
    "pause",
    "rate",
    "recall",
    "refer",
    "release",
    "reply",
    "resume",
    "return_",
    "send_back",
    "sign",
    "split",
    "submit",
    "succeed",
    "supplement",
    "transfer",
    "withdraw",
]
