"""The verbs as the desk offers them: label, key, and how the form's fields go into the kernel's function."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.base import ids
from huying.channels.desk.branch_verbs import BRANCH_FORMS
from huying.channels.desk.filled import Filled
from huying.channels.desk.forms import YES_NO, VerbForm
from huying.channels.desk.notices import moment, notice
from huying.features.appeals import actions as appeals
from huying.features.services.deciding import Decision, decide
from huying.features.services.fetching import fetch
from huying.features.services.looking import open_share
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput


def _answer(filled: Filled) -> object:
    """Write the draft; `send` in the form also submits it, in the officer's mind one step: both or neither.

    Else what is refused would leave its pictures behind, and sending again would add them twice.
    """
    with transaction.atomic():
        response = actions.answer(filled.actor, filled.task_id, filled.text("text"), filled.photos.taken)
        if filled.data.get("send"):
            actions.submit(filled.actor, filled.task_id)
    return response


def _decide(f: Filled) -> object:
    decision = Decision(f.text("outcome"), f.text("result"), f.text("ground"), f.text("remedy"))
    return decide(f.actor, f.task_id, decision)


def _pass_down(f: Filled) -> object:
    named = (f.numbers("assists"), f.text("asked"))
    return actions.pass_down(f.actor, f.task_id, f.number("bearer_id"), f.text("note"), f.text("duty_key"), *named)


def _dispatch(f: Filled) -> object:
    named = (f.numbers("assists"), f.text("asked"))
    return actions.dispatch(f.actor, f.view.matter.pk, f.number("bearer_id"), f.text("duty_key"), f.text("note"), *named)


def _ask_assist(f: Filled) -> object:
    return actions.ask_assist(f.actor, f.task_id, f.number("bearer_id"), f.text("asked"), f.day("by"))


def _settle_boundary(f: Filled) -> object:
    named = (f.number("bearer_id"), f.text("place"), f.text("ground"))
    return actions.settle_boundary(f.actor, f.view.matter.pk, *named)


def _publish(f: Filled) -> object:
    return appeals.publish(f.actor, f.voice("publish"), f.text("public_call"), f.text("public_answer"))


def _merge(f: Filled) -> object:
    known = f.text("known")  # an incident may have no voice, and so no number
    into = ids.row_id(known) or queries.matter_id_of(f.text("into"))
    if into is None:
        raise BadInput({"into": _("没有这个查询号的件，请核对。")})
    return actions.merge(f.actor, f.view.matter.pk, into, f.text("note"))


def _split(f: Filled) -> object:
    call = next((call for call in f.view.calls if str(call.pk) == f.text("call")), None)
    if call is None:
        raise BadInput({"call": _("请选一个人的诉求。")})
    return actions.split(f.actor, call.pk, f.text("note"))


def _declare(f: Filled) -> object:
    return actions.declare_incident(f.actor, f.view.matter.pk, notice(f.data))


def _tell_news(f: Filled) -> object:
    news_at, until_at = moment(f.data, "news_at"), moment(f.data, "until_at")
    return actions.tell_news(f.actor, f.view.matter.pk, f.text("news"), news_at, until_at)


def _call_back(f: Filled) -> object:
    return actions.call_back(f.actor, f.voice("call_back"), f.text("outcome"), f.grade(), f.text("words"))


def _check(f: Filled) -> object:
    return actions.check(f.actor, f.voice("check"), f.text("found"), f.text("follows"))


def _exclude(f: Filled) -> object:
    return actions.exclude(f.actor, f.voice("exclude"), f.text("why"), f.text("note"))


def _propose_conclusion(f: Filled) -> object:
    panel = list(filter(None, map(ids.row_id, f.data.getlist("panel"))))
    call, ways = f.voice("propose_conclusion"), f.data.getlist("chosen")
    return actions.propose_conclusion(f.actor, call, f.text("reasons"), ways, panel)


def _decide_conclusion(f: Filled) -> object:
    agrees = YES_NO.get(f.text("agrees"))
    return actions.decide_conclusion(f.actor, f.voice("decide_conclusion"), agrees, f.text("words"))


def _leave_message(f: Filled) -> object:
    return actions.leave_message(f.actor, f.voice("leave_message"), f.text("text"))


FORMS: dict[str, VerbForm] = {
    form.name: form
    for form in (
        VerbForm(
            "accept", gettext_noop("受理"), "t", gettext_noop("已受理"), lambda f: actions.accept(f.actor, f.view.matter.pk)
        ),
        VerbForm(
            "decline",
            gettext_noop("不予受理"),
            "n",
            gettext_noop("已告知来电人：不予受理"),
            lambda f: actions.decline(f.actor, f.view.matter.pk, f.text("ground"), f.text("way")),
            "desk/forms/ground_way.html",
            onward=True,
        ),
        VerbForm(
            "refer",
            gettext_noop("告知转办"),
            "f",
            gettext_noop("已告知来电人去处"),
            lambda f: actions.refer(f.actor, f.view.matter.pk, f.text("ground"), f.text("way")),
            "desk/forms/ground_way.html",
            onward=True,
        ),
        VerbForm(
            "dispatch", gettext_noop("派单"), "d", gettext_noop("已派出"), _dispatch, "desk/forms/bearer.html", onward=True
        ),
        VerbForm("sign", gettext_noop("签收"), "s", gettext_noop("已签收"), lambda f: actions.sign(f.actor, [f.task_id])),
        VerbForm(
            "pass_down", gettext_noop("交办"), "p", gettext_noop("已交办"), _pass_down, "desk/forms/bearer.html", onward=True
        ),
        VerbForm(
            "send_back",
            gettext_noop("退单"),
            "n",
            gettext_noop("已退单，等裁定"),
            lambda f: actions.send_back(f.actor, f.task_id, f.text("ground")),
            "desk/forms/ground.html",
            onward=True,
        ),
        VerbForm(
            "adjudicate",
            gettext_noop("裁定不退"),
            "y",
            gettext_noop("已裁定：仍由原单位办"),
            lambda f: actions.adjudicate(f.actor, f.task_id, f.text("note")),
            "desk/forms/reason.html",
            onward=True,
        ),
        VerbForm(
            "release",
            gettext_noop("裁定准退"),
            "z",
            gettext_noop("已裁定准退，请另派"),
            lambda f: actions.release(f.actor, f.task_id, f.text("note")),
            "desk/forms/reason.html",
        ),
        VerbForm(
            "interim",
            gettext_noop("先办后裁"),
            "3",
            gettext_noop("已定谁先办，请在期限内裁定归谁管"),
            lambda f: actions.interim(f.actor, f.task_id, f.number("bearer_id"), f.text("note")),
            "desk/forms/interim.html",
        ),
        VerbForm(
            "settle_boundary",
            gettext_noop("裁定界线"),
            ",",
            gettext_noop("已记入界线台账，以后这一处按裁定派"),
            _settle_boundary,
            "desk/forms/settle_boundary.html",
        ),
        VerbForm(
            "ask_assist",
            gettext_noop("请单位协办"),
            "2",
            gettext_noop("已请协办，来电人看得到"),
            _ask_assist,
            "desk/forms/ask_assist.html",
        ),
        VerbForm(
            "return_part",
            gettext_noop("请它补齐"),
            "",
            gettext_noop("已请协办单位补齐"),
            lambda f: actions.return_(f.actor, f.number("part"), f.text("note")),
        ),
        VerbForm(
            "waive",
            gettext_noop("不再等"),
            "",
            gettext_noop("已不再等这份协办意见"),
            lambda f: actions.waive(f.actor, f.number("part"), f.text("note")),
        ),
        VerbForm(
            "pause",
            gettext_noop("停表"),
            "h",
            gettext_noop("已停表，来电人看得到原因"),
            lambda f: actions.pause(f.actor, f.task_id, f.text("why"), f.text("note")),
            "desk/forms/pause.html",
        ),
        VerbForm(
            "resume",
            gettext_noop("恢复计时"),
            "h",
            gettext_noop("已恢复计时"),
            lambda f: actions.resume(f.actor, f.task_id, f.text("note")),
            "desk/forms/resume.html",
        ),
        VerbForm(
            "supplement",
            gettext_noop("请来电人补充"),
            "i",
            gettext_noop("已请对方补充，回复前停表"),
            lambda f: actions.supplement(f.actor, f.task_id, f.text("text")),
            "desk/forms/supplement.html",
        ),
        VerbForm(
            "ask_extension",
            gettext_noop("申请延期"),
            "l",
            gettext_noop("已申请延期，等批复"),
            lambda f: actions.ask_extension(f.actor, f.task_id, f.count("budget"), f.text("ground")),
            "desk/forms/ask_extension.html",
        ),
        VerbForm(
            "decide_extension",
            gettext_noop("批复延期"),
            "l",
            gettext_noop("已批复，来电人看得到"),
            lambda f: actions.decide_extension(f.actor, f.task_id, YES_NO.get(f.text("granted")), f.text("note")),
            "desk/forms/decide_extension.html",
        ),
        *BRANCH_FORMS,
        VerbForm(
            "recall",
            gettext_noop("收回"),
            "v",
            gettext_noop("已收回，请另行交办"),
            lambda f: actions.recall(f.actor, f.task_id, f.text("note")),
            "desk/forms/reason.html",
        ),
        VerbForm(
            "transfer",
            gettext_noop("改派"),
            "f",
            gettext_noop("已改派"),
            lambda f: actions.transfer(f.actor, f.task_id, f.number("bearer_id"), f.text("note")),
            "desk/forms/transfer.html",
        ),
        VerbForm(
            "assign",
            gettext_noop("交给经办人"),
            "1",
            gettext_noop("已交给他办"),
            lambda f: actions.assign(f.actor, f.task_id, f.count("officer_id"), f.text("note")),
            "desk/forms/assign.html",
        ),
        VerbForm(
            "contact",
            gettext_noop("先行联系"),
            "c",
            gettext_noop("已记下联系情况，来电人看得到"),
            lambda f: actions.contact(f.actor, f.task_id, f.text("how"), f.text("note")),
            "desk/forms/contact.html",
        ),
        VerbForm("answer", gettext_noop("答复"), "r", gettext_noop("已存好"), _answer),
        VerbForm(
            "decide",
            gettext_noop("作决定"),
            "o",
            gettext_noop("已报负责人审核"),
            _decide,
            "desk/forms/decide.html",
            onward=True,
        ),
        VerbForm(
            "fetch", gettext_noop("查已有的材料"), "", gettext_noop("查过了，申请人看得到"), lambda f: fetch(f.actor, f.task_id)
        ),
        VerbForm(
            "open_share",
            gettext_noop("打开个人信息"),
            "",
            gettext_noop("已打开，申请人看得到"),
            lambda f: open_share(f.actor, f.task_id),
        ),
        VerbForm(
            "submit",
            gettext_noop("报送审核"),
            "u",
            gettext_noop("已报送"),
            lambda f: actions.submit(f.actor, f.task_id),
            onward=True,
        ),
        VerbForm(
            "approve",
            gettext_noop("审核通过"),
            "a",
            gettext_noop("已通过"),
            lambda f: actions.approve(f.actor, f.task_id, f.text("note")),
            "desk/forms/approve.html",
            onward=True,
        ),
        VerbForm(
            "return",
            gettext_noop("退回重办"),
            "b",
            gettext_noop("已退回"),
            lambda f: actions.return_(f.actor, f.task_id, f.text("note")),
            "desk/forms/return.html",
            onward=True,
        ),
        VerbForm(
            "answer_at_once",
            gettext_noop("当场答复"),
            "q",
            gettext_noop("已答复来电人"),
            lambda f: actions.answer_at_once(f.actor, f.view.matter.pk, f.text("text")),
            "desk/forms/answer_at_once.html",
            onward=True,
        ),
        VerbForm(
            "leave_message",
            gettext_noop("留言"),
            ".",
            gettext_noop("已留言，来电人回了就写在这里"),
            _leave_message,
            "desk/forms/leave_message.html",
        ),
        VerbForm(
            "call_back",
            gettext_noop("回访"),
            "c",
            gettext_noop("已记下回访，来电人看得到、改得了"),
            _call_back,
            "desk/forms/call_back.html",
        ),
        VerbForm("check", gettext_noop("回查"), "6", gettext_noop("已告诉来电人查到了什么"), _check, "desk/forms/check.html"),
        VerbForm(
            "widen",
            gettext_noop("一并重办"),
            "5",
            gettext_noop("其他人的也一并重办"),
            lambda f: actions.widen(f.actor, f.view.matter.pk, f.text("note")),
            "desk/forms/widen.html",
        ),
        VerbForm(
            "propose_conclusion",
            gettext_noop("提议终结"),
            "9",
            gettext_noop("已提议，来电人可以说意见，等各单位评议"),
            _propose_conclusion,
            "desk/forms/propose_conclusion.html",
        ),
        VerbForm(
            "decide_conclusion",
            gettext_noop("评议终结"),
            "8",
            gettext_noop("已记下您单位的意见"),
            _decide_conclusion,
            "desk/forms/decide_conclusion.html",
            onward=True,
        ),
        VerbForm(
            "exclude",
            gettext_noop("不计入三率"),
            "-",
            gettext_noop("已不计入三率，来电人看得到理由"),
            _exclude,
            "desk/forms/exclude.html",
        ),
        VerbForm(
            "close",
            gettext_noop("办结"),
            "e",
            gettext_noop("已办结"),
            lambda f: actions.close(f.actor, f.voice("close"), f.text("note")),
            "desk/forms/close.html",
        ),
        VerbForm(
            "merge",
            gettext_noop("并案"),
            "m",
            gettext_noop("已并案，每个来电人的承诺和评价都留着"),
            _merge,
            "desk/forms/merge.html",
            onward=True,
        ),
        VerbForm("split", gettext_noop("拆分"), ";", gettext_noop("已拆出去单独办"), _split, "desk/forms/split.html"),
        VerbForm(
            "declare_incident",
            gettext_noop("公布为已知事件"),
            "4",
            gettext_noop("已公布，这一带的人提诉求前就看得到"),
            _declare,
            "desk/forms/declare_incident.html",
        ),
        VerbForm(
            "tell_news",
            gettext_noop("说新情况"),
            "7",
            gettext_noop("已说给大家，下一次消息的时间也记下了"),
            _tell_news,
            "desk/forms/tell_news.html",
        ),
        VerbForm(
            "end_incident",
            gettext_noop("事件结束"),
            "0",
            gettext_noop("已结束，遇到的人都收到了答复"),
            lambda f: actions.end_incident(f.actor, f.view.matter.pk, f.text("done")),
            "desk/forms/end_incident.html",
        ),
        VerbForm("publish", gettext_noop("公开"), "o", gettext_noop("已公开到“有呼有应”"), _publish, "desk/forms/publish.html"),
    )
}
