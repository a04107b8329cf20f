"""Where a call stands, in the caller's words: who, what, by which day."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huying.features.services import queries as services
from huying.features.services.kind import SERVICE
from huying.features.services.queries import Brief
from huying.kernel.models import Call, CallState, MatterState

STEPS = ("received", "given", "working", "answered")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps: its label and whether it is done or now."""

    label: str
    css: str  # done, now, ''


@dataclass(frozen=True, slots=True)
class Progress:
    """A call with its state in words (and the tag's class), and its steps."""

    call: Call
    state: str
    css: str
    steps: list[Step]
    brief: Brief | None = None  # of an application

    @property
    def running(self) -> bool:
        """Whether an answer is still to come."""
        return self.call.state == CallState.OPEN and self.call.matter.due_at is not None


def of(call: Call) -> Progress:
    """The call's progress. Its matter should come with it."""
    return of_all([call])[0]


def of_all(calls: Sequence[Call]) -> list[Progress]:
    """Each call's progress, those of applications in their own words."""
    briefs = services.briefs([call.pk for call in calls if call.kind == SERVICE.name])
    return [_of(call, briefs.get(call.pk)) for call in calls]


def _of(call: Call, brief: Brief | None) -> Progress:
    words, css = state(call) if brief is None else _of_case(call, brief)
    return Progress(call, words, css, _steps(call, brief), brief)


def _of_case(call: Call, brief: Brief) -> tuple[str, str]:
    if call.state == CallState.ANSWERED:
        return _("全部有结果了，等您评一评"), "wait"
    if call.state == CallState.CLOSED:
        return _("办结"), ""
    if call.state == CallState.ENDED:
        return state(call)
    if brief.asked:
        return _("有一件缺材料，等您补"), "wait"
    if brief.visit:
        return _("有一件等您到窗口"), "wait"
    told = {"n": brief.total, "done": brief.done}
    return ngettext("正在办这一件", "%(n)s 件里 %(done)s 件有结果", brief.total) % told, ""


def state(call: Call) -> tuple[str, str]:
    """The state in words, and the class of its tag: `wait` where the caller is asked for something."""
    if call.state == CallState.ANSWERED:
        return _("有答复了，等您一句话"), "wait"
    if call.state == CallState.CLOSED:
        if call.ended_how == "silent":
            return _("办结，您没有评价"), ""
        told = _("办结，您在电话里说解决了") if call.told_to_desk else _("办结，您说解决了")
        return (told if call.solved else _("已办结")), ""
    if call.state == CallState.ENDED:
        return {
            "decline": _("不予受理"),
            "refer": _("请找另一个部门"),
            "withdraw": _("您撤回了"),
            "conclude": _("已终结"),
        }.get(call.ended_how, _("已终止")), "plain"
    if call.response_id:  # she was answered before
        return _("正在重新办理"), ""
    at_work = {MatterState.WORKING: _("正在办理"), MatterState.ACCEPTED: _("已受理，正在派单")}
    return at_work.get(MatterState(call.matter.state), _("收到了，正在派单")), ""


def _steps(call: Call, brief: Brief | None) -> list[Step]:
    at = _place(call)
    labels = (_("收到"), _("派单"), _("办理"), _("您评价")) if brief is None else (_("申请"), _("收到"), _("在办"), _("您评价"))
    return [Step(label, "done" if n < at else "now" if n == at else "") for n, label in enumerate(labels)]


def _place(call: Call) -> int:
    if call.state in (CallState.CLOSED, CallState.ENDED):
        return len(STEPS)
    if call.state == CallState.ANSWERED:
        return 3
    return 2 if call.matter.state == MatterState.WORKING else 1
