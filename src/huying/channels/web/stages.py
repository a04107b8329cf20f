"""Where an item of a case stands, in the applicant's words: who, what, by which day."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huying.base import clock
from huying.channels.parts import words
from huying.channels.parts.branches import WAITS_FOR
from huying.channels.web.guidance import both
from huying.features.services.queries import BranchView
from huying.features.services.stages import Stage


def words_of(view: BranchView) -> tuple[str, str]:
    """A sentence, and the class that colours it: done, wait (for her), urgent (late), plain."""
    said, css = _SAY[view.stage](view), _CSS.get(view.stage, "")
    if view.stage == Stage.VISITING and view.booked:
        css = "later"  # she has nothing to do until then
    if view.late and view.branch.ended_at is None:
        return _("%(said)s，超期了") % {"said": said}, "late"
    return said, css


def _who(view: BranchView) -> dict[str, str]:
    by = words.by_day(view.by) if view.by else ""
    return {"unit": view.branch.bearer.short, "by": by, "items": _("、").join(both(item.name) for item in view.waits_for)}


def _waiting(view: BranchView) -> str:
    return _("等“%(items)s”办好再开始，%(by)s办好") % _who(view)


def _given(view: BranchView) -> str:
    return _("到了%(unit)s，%(by)s办好") % _who(view)


def _working(view: BranchView) -> str:
    return _("%(unit)s在办，%(by)s办好") % _who(view)


def _asking(view: BranchView) -> str:
    return _("%(unit)s请您补材料，补好接着办") % _who(view)


def _visiting(view: BranchView) -> str:
    """By when it is done if she comes as booked; else how long it takes once she was there."""
    if view.booked:
        return _("等您到%(unit)s窗口，来了以后%(by)s办好") % _who(view)
    if not view.branch.days:
        return _("等您到%(unit)s窗口，来了当场办结") % _who(view)
    told = {**_who(view), "days": view.branch.days}
    return ngettext("等您到%(unit)s窗口，来了以后 %(days)s 个工作日内办好", "等您到%(unit)s窗口，来了以后 %(days)s 个工作日内办好",
                    view.branch.days) % told  # fmt: skip


def _paused(view: BranchView) -> str:
    waits = {**_who(view), "what": _(WAITS_FOR.get(view.pause.reason, "")) if view.pause else ""}
    if view.pause is None or view.pause.expected is None:
        return _("%(unit)s在等%(what)s，这段时间不算") % waits
    if view.pause.expected < clock.today():
        gone = {**waits, "day": words.day(view.pause.expected)}
        return _("%(unit)s在等%(what)s，原定 %(day)s 接着办，还没有等到，这段时间不算") % gone
    return _("%(unit)s在等%(what)s，预计 %(day)s 接着办，这段时间不算") % {**waits, "day": words.day(view.pause.expected)}


def _ruling(view: BranchView) -> str:
    return _("在核实这件归哪个部门办，时间照算，%(by)s办好") % _who(view)


def _checking(view: BranchView) -> str:
    return _("%(unit)s办好了，负责人在看，%(by)s给您结果") % _who(view)


def _ended(view: BranchView) -> str:
    at = words.day(view.branch.ended_at) if view.branch.ended_at else ""
    if view.stage == Stage.GRANTED:
        return _("%(day)s办成了") % {"day": at}
    return _("%(day)s，%(unit)s没有同意") % {"day": at, "unit": view.branch.bearer.short}


def _fallen(view: BranchView) -> str:
    because = both(view.because.name) if view.because else ""
    return _("办不了了，因为“%(item)s”没有办成") % {"item": because}


def _dropped(view: BranchView) -> str:
    return _("您撤回了，不再办")


_SAY: dict[Stage, Callable[[BranchView], str]] = {
    Stage.WAITING: _waiting,
    Stage.GIVEN: _given,
    Stage.WORKING: _working,
    Stage.ASKING: _asking,
    Stage.VISITING: _visiting,
    Stage.PAUSED: _paused,
    Stage.RULING: _ruling,
    Stage.CHECKING: _checking,
    Stage.GRANTED: _ended,
    Stage.REFUSED: _ended,
    Stage.FALLEN: _fallen,
    Stage.DROPPED: _dropped,
}
_CSS = {
    Stage.GRANTED: "done",
    Stage.ASKING: "wait",
    Stage.VISITING: "wait",
    Stage.PAUSED: "later",
    Stage.REFUSED: "no",
    Stage.FALLEN: "no",
    Stage.DROPPED: "no",
    Stage.WAITING: "later",
}
