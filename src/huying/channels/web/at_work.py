"""Who waits for whom, in the caller's words: whose turn it is, by which day; and who used the time."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.base import clock
from huying.channels.parts import words
from huying.city import queries as city
from huying.hub import late as hub_late
from huying.hub import rates as hub
from huying.kernel.models import TaskRole, TaskState
from huying.kernel.queries import AtWork, CallView


@dataclass(frozen=True, slots=True)
class Line:
    """A unit and what it is at; `late` colours it."""

    unit: str
    what: str
    late: bool


@dataclass(frozen=True, slots=True)
class Spent:
    """Time that one unit used at one stage."""

    unit: str
    what: str
    used: str


def lines(view: CallView) -> list[Line]:
    """The lead first. Nothing where the matter lies with one unit alone: the head of the page names it."""
    rows = view.at_work
    if len(rows) < 2 and not any(row.state == TaskState.SENT_BACK for row in rows):
        return []
    return [Line(row.holder.name, _what(row), row.late) for row in rows]


def spent(view: CallView) -> list[Spent]:
    """Who used the time since she called, a quarrel charged to who caused it."""
    since, now = view.call.opened_at, clock.now()
    hops = [hop for hop in hub.held([view.matter.pk]).get(view.matter.pk, []) if (hop.ended_at or now) > since]
    for hop in hops:
        hop.began_at = max(hop.began_at, since)
    return [Spent(_unit(s.bearer), _stage(s.stage), words.span(s.seconds)) for s in hub_late.shares(hops, now)]


def _what(row: AtWork) -> str:
    said = _doing(row)
    if row.due_at is None or row.state in (TaskState.SUBMITTED, TaskState.DONE):
        return said
    by = words.by_day(row.due_at)
    return _("%(what)s，%(day)s，已经晚了") % {"what": said, "day": by} if row.late else f"{said}，{by}"


def _doing(row: AtWork) -> str:
    if row.state == TaskState.SENT_BACK:
        return _("裁定归谁管")
    if row.role == TaskRole.ASSIST:
        done = row.state in (TaskState.SUBMITTED, TaskState.DONE)
        return _("协办，意见交了") if done else _("协办，还没有接手") if row.state == TaskState.GIVEN else _("协办，正在办")
    return {
        TaskState.GIVEN: _("主办，还没有接手"),
        TaskState.SUBMITTED: _("正在审核答复"),
        TaskState.RETURNED: _("主办，正在重办"),
    }.get(TaskState(row.state), _("主办，正在办"))


def _unit(key: str) -> str:
    found = city.department_by_key(key) if key else None
    return found.name if found else "12345"


def _stage(name: str) -> str:
    return {
        "dispatch": _("派单"),
        "sign": _("等接手"),
        "overdue": _("过了期限还没接手"),
        "work": _("办理"),
        "paused": _("停表"),
        "assist": _("协办晚了"),
        "review": _("审核"),
        "rework": _("重办"),
        "adjudicate": _("裁定"),
        "dispute": _("争归谁管"),
    }.get(name, name)
