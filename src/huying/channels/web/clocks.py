"""The clock that the caller can see: what was promised, what is left or was used, by which day."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huying.base import clock
from huying.channels.parts import words
from huying.city import calendar
from huying.kernel import promise
from huying.kernel.models import Promise
from huying.kernel.pauses import Pauses


@dataclass(frozen=True, slots=True)
class Clock:
    """Three lines: the promise, the big one, the small one; `css` colours the big one when it is late."""

    promised: str
    big: str
    small: str
    css: str
    provisional: bool


def of(row: Promise, pauses: Pauses = (), standing: str = "") -> Clock:
    """The clock of an answer's promise, which may stand still."""
    promised = _("承诺 %(budget)s内答复") % {"budget": words.budget(row.budget, row.unit)}
    big, small, css = _met(row, pauses) if row.met_at else _stood(standing) if standing else _running(row)
    return Clock(promised, big, small, css, row.provisional and not row.ended_at)


def _stood(why: str) -> tuple[str, str, str]:
    waits = {
        "outside": _("承办单位在等外部条件，等到了接着计时。"),
        "supplement": _("等您补充，您回复以后接着计时。"),
    }.get(why, _("承办单位在等您，联系上以后接着计时。"))
    return _("停表中"), waits, "wait-t"


def _running(row: Promise) -> tuple[str, str, str]:
    left = words.left(row.due_at)
    by = words.by_day(row.due_at)
    if clock.now() >= row.due_at:
        return left.words, _("本该在%(by)s答复您，现在已经晚了。") % {"by": by}, left.css
    return left.words, _("%(by)s答复您") % {"by": by}, left.css


def _met(row: Promise, pauses: Pauses) -> tuple[str, str, str]:
    assert row.met_at is not None
    if row.met_at > row.due_at:
        big = _("%(used)s才答复") % {"used": _used(row, pauses)}
        late = words.span((row.met_at - row.due_at).total_seconds())
        return big, _("比%(by)s的期限晚了 %(late)s") % {"by": words.by_day(row.due_at), "late": late}, "urgent-t"
    big = _("%(used)s就答复了") % {"used": _used(row, pauses)}
    return big, _("按时，期限是%(by)s") % {"by": words.by_day(row.due_at)}, ""


def _used(row: Promise, pauses: Pauses) -> str:
    assert row.met_at is not None
    used = promise.used(row.started_at, row.met_at, row.unit, calendar.current(), pauses)
    if row.unit == promise.HOURS:
        return words.span(used)
    return half_days(used)


def half_days(days: float) -> str:
    """Days as people say them: 半天, 3 天, 3 天半."""
    halves = max(1, round(days * 2))
    whole, half = divmod(halves, 2)
    if not whole:
        return _("半天")
    said = ngettext("%(n)s 天", "%(n)s 天", whole) % {"n": whole}
    return _("%(days)s半") % {"days": said} if half else said
