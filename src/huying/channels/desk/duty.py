"""值班表: who is on duty now and in the coming fortnight, the gaps, and for the head the ways to fill and change it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from huying.base import clock
from huying.channels.desk import pages
from huying.channels.desk.pages import who
from huying.channels.parts.signin import officer_required
from huying.city import queries as city
from huying.city.models import Department
from huying.people import leave, roster, roster_csv, rostering
from huying.people.actors import Actor
from huying.people.errors import NotYours, Wrong
from huying.people.leave import Span
from huying.people.models import Officer
from huying.people.roster import Turn
from huying.people.rostering import NewShift

SHOWN = timedelta(days=7)
MOST_BYTES = 200_000  # a roster of a whole city's centres is some tens of kilobytes


@dataclass(frozen=True, slots=True)
class GapLine:
    """Hours without anybody, as a form can name them, and who would best take them."""

    gap: roster.Gap
    start: str
    end: str
    best: Officer | None


@require_safe
@officer_required
def duty(request: HttpRequest) -> HttpResponse:
    """The roster of one's unit, or of another that one has a post in or may look after."""
    actor = who(request)
    return _page(request, actor, _unit(request, actor), {}, 200)


@require_POST
@officer_required
def change(request: HttpRequest, unit: int, what: str) -> HttpResponse:
    """Enter, fill, take out or import. A fault shows the page with what was typed."""
    actor = who(request)
    department = city.department_by_id(unit)
    act = _ACTS.get(what)
    # asked first: a fault in the form must not show the roster of a unit to whoever does not keep it
    if department is None or act is None or not rostering.may_keep(actor, department.pk):
        raise Http404
    try:
        said = act(request, actor, department)
    except NotYours:
        raise Http404 from None
    except Wrong as wrong:
        return _page(request, actor, department, wrong.errors, 422)
    messages.success(request, said)
    return redirect(f"{reverse('desk:duty')}?unit={unit}")


def _add(request: HttpRequest, actor: Actor, department: Department) -> str:
    begins, ends = (rostering.minutes(request.POST.get(name, "")) for name in ("begins", "ends"))
    weekday, day = request.POST.get("weekday", ""), _day(request.POST.get("day", ""))
    new = NewShift(
        officer_id=_number(request.POST.get("officer", "")),
        begins=-1 if begins is None else begins,
        ends=-1 if ends is None else ends,
        weekday=int(weekday) if weekday in list("0123456") and day is None else None,
        day=day,
        contact=request.POST.get("contact", "").strip(),
    )
    rostering.add(actor, department, new)
    return _("排好了。")


def _fill(request: HttpRequest, actor: Actor, department: Department) -> str:
    """The hours of a gap to one officer."""
    start, end = _moment(request.POST.get("start", "")), _moment(request.POST.get("end", ""))
    if start is None or end is None or not start < end <= start + roster.AHEAD:
        raise Wrong({"begins": _("这段空班已经变了，请刷新后再补。")})
    rostering.fill(actor, department, _number(request.POST.get("officer", "")), start, end)
    return _("补上了。")


def _remove(request: HttpRequest, actor: Actor, department: Department) -> str:
    rostering.remove(actor, department, _number(request.POST.get("shift", "")))
    return _("取消了这一班。")


def _import(request: HttpRequest, actor: Actor, department: Department) -> str:
    """A CSV file replaces the roster: all of it, or with a fault nothing."""
    given = request.FILES.get("file")
    if given is None or given.size is None or given.size > MOST_BYTES:
        raise Wrong({"file": _("请选一个 CSV 文件，200 KB 以内。")})
    count, faults = roster_csv.take_over(actor, given.name or "roster.csv", given.read(), {department.pk})
    if faults:
        raise Wrong({"file": "\n".join(map(str, faults[:20]))})
    return ngettext("导入了 %(n)s 班，原来的排班换掉了。", "导入了 %(n)s 班，原来的排班换掉了。", count) % {"n": count}


_ACTS = {"add": _add, "fill": _fill, "remove": _remove, "import": _import}


def _unit(request: HttpRequest, actor: Actor) -> Department:
    """The unit asked for where the actor has a post, else the first of his."""
    own = [post.department_id for post in actor.posts]
    asked = _number(request.GET.get("unit", ""))
    found = city.department_by_id(asked if asked in own else own[0]) if own else None
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, actor: Actor, department: Department, errors: dict[str, str], status: int) -> HttpResponse:
    now, keeps = clock.now(), rostering.may_keep(actor, department.pk)
    turns = roster.turns(department.pk, now, roster.horizon(now))
    needed = roster.keeps_one(department)
    colleagues = leave.colleagues([department.pk], clock.today())
    context: dict[str, Any] = {
        "page": "duty",
        "unit": department,
        "units": _units(actor),
        "keeps": keeps,
        "needed": needed,
        "now_on": roster.on_duty(department.pk, now),
        "night": roster.is_night(now),
        "days": _by_day([turn for turn in turns if turn.start < now + SHOWN]),
        "gaps": _gaps(department, turns, colleagues, now) if needed else [],
        "weekly": roster.weekly(department.pk) if keeps else [],
        "singles": roster.one_days(department.pk, clock.today()) if keeps else [],
        "colleagues": colleagues,
        "weekdays": _weekdays(),
        "mine": roster.my_turns(actor.officer.pk, now, now + roster.AHEAD) if actor.officer else [],
        "typed": request.POST,
        "errors": errors,
    }
    return render(request, "desk/duty.html", pages.bar_context(request, actor) | context, status=status)


def _units(actor: Actor) -> list[Department]:
    ids = dict.fromkeys(post.department_id for post in actor.posts)
    return [row for pk in ids if (row := city.department_by_id(pk))]


def _by_day(turns: list[Turn]) -> list[tuple[date, list[Turn]]]:
    days: dict[date, list[Turn]] = {}
    for turn in turns:
        days.setdefault(clock.day_of(turn.start), []).append(turn)
    return list(days.items())


def _gaps(department: Department, turns: list[Turn], colleagues: list[Officer], now: datetime) -> list[GapLine]:
    """Each gap of the coming fortnight with whoever of those there has the fewest hours."""
    hours = roster.hours_of(turns)
    lines = []
    for gap in roster.gaps(department, now, roster.horizon(now)):
        span = Span(*(clock.day_of(at) for at in (gap.start, gap.end)))
        absent = set(leave.away([row.pk for row in colleagues], span).values_list("officer", flat=True))
        there = [row for row in colleagues if row.pk not in absent]
        best = min(there, key=lambda row: (hours.get(row.pk, 0.0), row.pk), default=None)
        lines.append(GapLine(gap, gap.start.isoformat(), gap.end.isoformat(), best))
    return lines


def _weekdays() -> list[str]:
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
