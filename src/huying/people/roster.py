"""值班表: who is on duty when. Somebody always is: what nobody holds is a gap, and its head is shown it."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huying.base import clock
from huying.city import calendar
from huying.city import queries as city
from huying.city.models import Department
from huying.events.asking import any_row
from huying.people.models import Leave, Post, Shift, StandIn

AHEAD = timedelta(days=14)  # how far a head is shown the gaps
ALWAYS = ("hotline", "governance-centre")  # the types of unit that must have a roster, where the pack does not say
DAY = (time(8, 30), time(18))  # office hours of a working day: outside them it is night
MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody on duty from a moment to a moment. `instead` is who should have been, and is away."""

    start: datetime
    end: datetime
    department_id: int
    officer_id: int
    name: str
    contact: str
    shift_id: int
    one_day: bool
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours in which nobody is on duty."""

    start: datetime
    end: datetime


def turns(department_id: int, start: datetime, end: datetime) -> list[Turn]:
    """Who is on duty between two moments, in order: a shift of one day goes before the weekly one; who is away is not there."""
    if not any_row("SELECT 1 FROM people_shift WHERE roster_id = %s LIMIT 1", [department_id]):
        return []
    days = [clock.day_of(start) + timedelta(days=n) for n in range(-1, (end - start).days + 2)]
    shifts = list(Shift.objects.filter(roster=department_id).select_related("officer").order_by("pk"))
    laid = [(*_span(shift, day), shift) for day in days for shift in shifts if shift.day in (None, day) and _on(shift, day)]
    there = _There(department_id, [shift.officer_id for shift in shifts], days)
    found: list[Turn] = []
    edges = sorted({start, end, *_midnights(days), *(at for a, b, _ in laid for at in (a, b))})
    for a, b in itertools.pairwise(edges):
        if start <= a and b <= end and (turn := _turn(laid, a, b, there)):
            _join(found, turn)
    return found


def gaps(department: Department, start: datetime, end: datetime) -> list[Gap]:
    """The hours without anybody; all of them where a unit that must have a roster has none."""
    found, at = [], start
    for turn in turns(department.pk, start, end):
        if turn.start > at:
            found.append(Gap(at, turn.start))
        at = max(at, turn.end)
    return [*found, Gap(at, end)] if at < end else found


def horizon(now: datetime) -> datetime:
    """Up to when gaps are looked for: the end of the last of the days ahead, so that what was filled stays filled."""
    day = clock.day_of(now + AHEAD)
    return datetime.combine(day, time(), clock.CITY_TIME)


def keeps_one(department: Department) -> bool:
    """Whether somebody must always be on duty there: it has a roster, or must have one."""
    always = city.setting("roster.always", ALWAYS)
    return department.type in always or Shift.objects.filter(roster=department.pk).exists()


def on_duty(department_id: int, at: datetime | None = None) -> Turn | None:
    """Who is on duty in a department at a moment (now), and until when, within a day."""
    moment = at or clock.now()
    return next((turn for turn in turns(department_id, moment, moment + timedelta(days=1)) if turn.start == moment), None)


def named_for(department: Department, at: datetime | None = None) -> Turn | None:
    """Who answers for a department at a moment: on its own duty, else at its district's centre, else at the city's desk."""
    area = city.area_by_id(department.area_id)
    centre = city.department_of("governance-centre", "district", area) if department.level != "city" else None
    for body in (department, centre, city.department_of("hotline", "city", None)):
        if body is not None and (turn := on_duty(body.pk, at)):
            return turn
    return None


def is_night(at: datetime | None = None) -> bool:
    """Whether a moment lies outside the office hours of a working day, which the pack may set (roster.day: [8:30, 18:00])."""
    local = (at or clock.now()).astimezone(clock.CITY_TIME)
    first, last = (time.fromisoformat(text) for text in city.setting("roster.day", [f"{t:%H:%M}" for t in DAY]))
    return not (calendar.current().is_working(clock.day_of(local)) and first <= local.time() < last)


def lists_of(officer_id: int) -> set[int]:
    """The departments in whose rosters he, or whom he stands in for, has a shift."""
    whom = {officer_id, *StandIn.objects.filter(officer=officer_id).values_list("leave__officer", flat=True)}
    return set(Shift.objects.filter(officer__in=whom).values_list("roster", flat=True))


def my_turns(officer_id: int, start: datetime, end: datetime) -> list[Turn]:
    """The turns of one officer in all rosters in which he has any."""
    found = [one for pk in lists_of(officer_id) for one in turns(pk, start, end) if one.officer_id == officer_id]
    return sorted(found, key=lambda turn: turn.start)


def weekly(department_id: int) -> list[Shift]:
    """The weekly pattern, by weekday and hour."""
    rows = Shift.objects.filter(roster=department_id, day=None).select_related("officer")
    return list(rows.order_by("weekday", "begins", "pk"))


def one_days(department_id: int, since: date) -> list[Shift]:
    """The shifts of single days from `since` on."""
    rows = Shift.objects.filter(roster=department_id, day__gte=since).select_related("officer")
    return list(rows.order_by("day", "begins", "pk"))


def hours_of(found: Iterable[Turn]) -> dict[int, float]:
    """How many hours each officer is on duty in these turns."""
    hours: dict[int, float] = {}
    for turn in found:
        hours[turn.officer_id] = hours.get(turn.officer_id, 0.0) + (turn.end - turn.start).total_seconds() / 3600
    return hours


def length(begins: int, ends: int) -> int:
    """Minutes of a shift; one whose end is not after its beginning goes on into the next day."""
    return ends - begins if ends > begins else ends + MINUTES - begins


def _on(shift: Shift, day: date) -> bool:
    return shift.day is not None or shift.weekday == day.weekday()


def _span(shift: Shift, day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), clock.CITY_TIME) + timedelta(minutes=shift.begins)
    return start, start + timedelta(minutes=length(shift.begins, shift.ends))


def _midnights(days: Iterable[date]) -> list[datetime]:
    return [datetime.combine(day, time(), clock.CITY_TIME) for day in days]


class _There:
    """Who of some officers is there on each day of a department, and who stands in for whoever is away."""

    def __init__(self, department_id: int, officers: Iterable[int], days: list[date]) -> None:
        first, last, known = min(days), max(days), set(officers)
        rows = Leave.objects.filter(officer__in=known, cancelled=False, first__lte=last, last__gte=first)
        self._leaves = list(rows.prefetch_related("stand_ins__post", "stand_ins__officer"))
        stand_ins = {s.officer_id for leave in self._leaves for s in leave.stand_ins.all()}
        self._posts: Mapping[int, list[Post]] = {}
        posts: dict[int, list[Post]] = {}
        for post in Post.objects.filter(department=department_id, officer__in=known | stand_ins):
            posts.setdefault(post.officer_id, []).append(post)
        self._posts, self._department = posts, department_id

    def who(self, shift: Shift, day: date) -> tuple[int, str, str] | None:
        """The officer on duty in this shift on that day: id, name, and in whose place."""
        if not self._holds(shift.officer_id, day):
            return None
        leave = next((row for row in self._leaves if row.officer_id == shift.officer_id and row.first <= day <= row.last), None)
        if leave is None:
            return shift.officer_id, shift.officer.name, ""
        rows = [row for row in leave.stand_ins.all() if row.post.department_id == self._department]
        return (rows[0].officer_id, rows[0].officer.name, shift.officer.name) if rows else None

    def _holds(self, officer_id: int, day: date) -> bool:
        return any(
            (p.valid_from is None or p.valid_from <= day) and (p.valid_to is None or day < p.valid_to)
            for p in self._posts.get(officer_id, [])
        )


def _turn(laid: list[tuple[datetime, datetime, Shift]], start: datetime, end: datetime, there: _There) -> Turn | None:
    """Who holds a stretch in which nothing changes: a shift of one day first, then the weekly one; the first who is there."""
    over = [shift for a, b, shift in laid if a <= start and end <= b]
    for shift in sorted(over, key=lambda s: (s.day is None, s.pk)):
        if found := there.who(shift, clock.day_of(start)):
            officer_id, name, instead = found
            one_day = shift.day is not None
            return Turn(start, end, shift.roster_id, officer_id, name, shift.contact, shift.pk, one_day, instead)
    return None


def _join(found: list[Turn], turn: Turn) -> None:
    """Add a turn, as one with the last where it only goes on."""
    last = found[-1] if found else None
    same = last and last.end == turn.start and (last.shift_id, last.officer_id) == (turn.shift_id, turn.officer_id)
    if last and same:
        begin = last.start
        found[-1] = Turn(begin, turn.end, *(getattr(turn, n) for n in Turn.__slots__[2:]))
    else:
        found.append(turn)
