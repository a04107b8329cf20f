"""The verbs as the desk offers them: label, key, and how the form's fields go into the kernel's function."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.channels.parts.photos import Given
from huying.features.appeals import actions as appeals
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput
from huying.kernel.queries import MatterView
from huying.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Filled:
    """A verb's form as it was sent."""

    actor: Actor
    view: MatterView
    data: QueryDict
    photos: Given

    def text(self, name: str) -> str:
        """A field's text without blanks around it."""
        return str(self.data.get(name, "")).strip()

    def number(self, name: str) -> int:
        """A chosen row's id. Raises BadInput when nothing was chosen."""
        value = self.text(name)
        if not value.isdigit():
            raise BadInput({name: _("请选择一个单位。")})
        return int(value)

    def count(self, name: str) -> int:
        """A count that was typed; 0 when it is none."""
        value = self.text(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0

    def numbers(self, name: str) -> list[int]:
        """All rows that were chosen, each once."""
        return [int(value) for value in dict.fromkeys(self.data.getlist(name)) if value.isascii() and value.isdigit()]

    def day(self, name: str) -> date | None:
        """A day; None when none was typed. Raises BadInput."""
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise BadInput({name: _("请写成 2026-12-01 这样的日期。")}) from None

    @property
    def task_id(self) -> int:
        """The task at hand. Raises BadInput when there is none."""
        if self.view.task is None:
            raise BadInput({"": _("您手上没有这件的任务。")})
        return self.view.task.pk

    @property
    def call_id(self) -> int:
        """The first voice of the matter: one matter has one call until calls are merged."""
        return self.view.calls[0].pk


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One verb on the page. `onward` verbs end the officer's part: he goes back to his list."""

    name: str
    label: str
    key: str
    done: str
    carry: Callable[[Filled], object]
    form: str = ""  # template of its fields, '' for a button alone
    onward: bool = False


def _answer(filled: Filled) -> object:
    """Write the draft; `send` in the form also submits it, in the officer's mind one step."""
    response = actions.answer(filled.actor, filled.task_id, filled.text("text"), filled.photos.taken)
    if filled.data.get("send"):
        actions.submit(filled.actor, filled.task_id)
    return response


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
    return appeals.publish(f.actor, f.call_id, f.text("public_call"), f.text("public_answer"))


def _merge(f: Filled) -> object:
    into = queries.matter_id_of(f.text("into"))
    if into is None:
        raise BadInput({"into": _("没有这个查询号的件，请核对。")})
    return actions.merge(f.actor, f.view.matter.pk, into, f.text("note"))


def _split(f: Filled) -> object:
    call = next((call for call in f.view.calls if str(call.pk) == f.text("call")), None)
    if call is None:
        raise BadInput({"call": _("请选一个人的诉求。")})
    return actions.split(f.actor, call.pk, f.text("note"))


_YES_NO = {"yes": True, "no": False}

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
            "j",
            gettext_noop("已定谁先办，请在期限内裁定归谁管"),
            lambda f: actions.interim(f.actor, f.task_id, f.number("bearer_id"), f.text("note")),
            "desk/forms/interim.html",
        ),
        VerbForm(
            "settle_boundary",
            gettext_noop("裁定界线"),
            "k",
            gettext_noop("已记入界线台账，以后这一处按裁定派"),
            _settle_boundary,
            "desk/forms/settle_boundary.html",
        ),
        VerbForm(
            "ask_assist",
            gettext_noop("请单位协办"),
            "q",
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
            gettext_noop("已请来电人补充，回复前停表"),
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
            lambda f: actions.decide_extension(f.actor, f.task_id, _YES_NO.get(f.text("granted")), f.text("note")),
            "desk/forms/decide_extension.html",
        ),
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
            "contact",
            gettext_noop("先行联系"),
            "c",
            gettext_noop("已记下联系情况，来电人看得到"),
            lambda f: actions.contact(f.actor, f.task_id, f.text("how"), f.text("note")),
            "desk/forms/contact.html",
        ),
        VerbForm("answer", gettext_noop("答复"), "r", gettext_noop("已存好"), _answer),
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
            "close",
            gettext_noop("办结"),
            "e",
            gettext_noop("已办结"),
            lambda f: actions.close(f.actor, f.call_id, f.text("note")),
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
        VerbForm("split", gettext_noop("拆分"), "v", gettext_noop("已拆出去单独办"), _split, "desk/forms/split.html"),
        VerbForm("publish", gettext_noop("公开"), "o", gettext_noop("已公开到“有呼有应”"), _publish, "desk/forms/publish.html"),
    )
}
