"""Promises reckoned by the Civil Code (articles 200-204), as pure functions. docs/promises.md tells it in plain words.

- `workdays`: the day of receipt does not count (art. 201); the n-th working day after it is the last, and it ends at
  24:00 (art. 203).
- `days`: natural days; a last day that does not work moves to the next working day (art. 203).
- `hours`: natural hours from the moment of receipt, day and night, holidays too (art. 201, second paragraph).

A pause counts in its promise's own unit. In hours its length is added. In days, a day in which the clock stood still
for any part is not counted: the law counts whole days, and a day that was not the bearer's whole is none, just as the
day of receipt is none however early the call came. Days are a set: two pauses on one day take it away once, a pause on
the day of receipt takes nothing, one on a day that would not count takes nothing, one after the due day takes nothing.

`due_at` is exclusive: the 00:00 that ends the last day, local time. A person reads the day it ends: due_at
11-26 00:00 is shown as "11月25日前" and means until the end of that day (`last_day`). An act at `due_at` is late.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, TypeVar

from huying.base import clock
from huying.city.calendar import Calendar

HOURS = "hours"
DAYS = "days"
WORKDAYS = "workdays"
UNITS = (HOURS, DAYS, WORKDAYS)

Pauses = Sequence[tuple[datetime, datetime | None]]

_MICROSECOND = timedelta(microseconds=1)
_DAY_SECONDS = 86_400
T = TypeVar("T", int, datetime)


class Reckoned(NamedTuple):
    """When a promise is due (UTC, exclusive).

    `provisional`: the moment may still move, because a day that was counted lies in an unpublished year or because a
    pause is open (`paused`). `calendar_version` is empty for hours, which need no calendar.
    """

    due_at: datetime
    provisional: bool
    calendar_version: str
    paused: bool = False


def reckon(
    start: datetime, budget: int, unit: str, calendar: Calendar, pauses: Pauses = (), now: datetime | None = None
) -> Reckoned:
    """When a promise of `budget` `unit`s that started at `start` is due.

    `pauses` are (from, to) moments, in any order, overlapping or not; an open one (`to` is None) is reckoned as if it
    ended at `now` (the clock's, when not given) and makes the result provisional. Raises ValueError for a budget
    below 1, an unknown unit or a moment without time zone.
    """
    _check(start, budget, unit)
    paused = any(to is None for _, to in pauses)
    moment = (now or clock.now()) if paused else start
    if unit == HOURS:
        return Reckoned(_due_in_hours(start, budget, _spans(start, pauses, moment)), paused, "", paused)
    receipt = _ordinal(start)
    still = _still_days(receipt, pauses, moment)
    last = _last_workday(receipt, budget, calendar, still) if unit == WORKDAYS else _last_day(receipt, budget, calendar, still)
    published = calendar.covers(date.fromordinal(receipt + 1), date.fromordinal(last))
    return Reckoned(_midnight(last + 1), paused or not published, calendar.version, paused)


def used(start: datetime, end: datetime, unit: str, calendar: Calendar, pauses: Pauses = ()) -> float:
    """How much of a budget is used at `end`: seconds for hours, days and parts of a day for days and workdays.

    A part of a day is its share of 24 hours (13:40 is 0.57), because the day ends at 24:00. At `due_at` it is the
    budget (for `days` also the days by which the last one was moved). 0 before the clock starts. An open pause lasts
    through `end`.
    """
    _check(start, 1, unit)
    if end <= start:
        return 0.0
    if unit == HOURS:
        stood = sum((min(to, end) - since for since, to in _spans(start, pauses, end) if since < end), timedelta())
        return (end - start - stood).total_seconds()
    receipt, today = _ordinal(start), _ordinal(end)
    still = _still_days(receipt, pauses, end)
    whole = _counted(receipt, today - 1, unit, calendar, still)
    return whole + _share_of_day(end) * (_counted(receipt, today, unit, calendar, still) - whole)


def last_day(due_at: datetime) -> date:
    """The day a person reads in "11月25日前": the local day that `due_at` ends, or in which it falls."""
    return (due_at - _MICROSECOND).astimezone(clock.CITY_TIME).date()


def _check(start: datetime, budget: int, unit: str) -> None:
    if unit not in UNITS:
        raise ValueError(f"unit {unit!r} is none of {', '.join(UNITS)}")
    if budget < 1:
        raise ValueError(f"a promise of {budget} {unit} is none: the budget must be at least 1")
    if start.tzinfo is None:
        raise ValueError(f"{start} has no time zone: nobody can say when a promise that starts then is due")


def _due_in_hours(start: datetime, budget: int, spans: list[tuple[datetime, datetime]]) -> datetime:
    # in UTC, because adding to a zoned datetime moves the wall clock and would err by an hour where clocks change
    due = start.astimezone(UTC) + timedelta(hours=budget)
    for since, to in spans:
        if since >= due:
            break
        due += to - since
    return due


def _last_workday(receipt: int, budget: int, calendar: Calendar, still: list[tuple[int, int]]) -> int:
    rank = calendar.rank(receipt) + budget
    for first, last in still:
        if calendar.at(rank) < first:
            break
        rank += calendar.rank(last) - calendar.rank(first - 1)
    return calendar.at(rank)


def _last_day(receipt: int, budget: int, calendar: Calendar, still: list[tuple[int, int]]) -> int:
    day = receipt + budget
    for first, last in still:
        if day < first:
            break
        day += last - first + 1
    # the day it moves to must itself count: a working day in which the clock runs
    return _last_workday(day - 1, 1, calendar, [run for run in still if run[0] >= day])


def _counted(receipt: int, last: int, unit: str, calendar: Calendar, still: list[tuple[int, int]]) -> int:
    """Days of the unit after the receipt day through `last` in which the clock ran."""
    if last <= receipt:
        return 0
    size = calendar.rank if unit == WORKDAYS else int
    stood = sum(size(min(to, last)) - size(since - 1) for since, to in still if since <= last)
    return size(last) - size(receipt) - stood


def _still_days(receipt: int, pauses: Pauses, moment: datetime) -> list[tuple[int, int]]:
    """The days after `receipt` that a pause touches, as runs of ordinals (first, last), in order and apart."""
    if not pauses:
        return []
    runs: list[tuple[int, int]] = []
    for since, to in pauses:
        first = max(_ordinal(since), receipt + 1)
        # a pause that ends at 00:00 leaves that day whole; an open one holds the day of `moment` whatever the hour
        last = _ordinal(max(moment, since)) if to is None else _ordinal(to - _MICROSECOND)
        if last >= first and (to is None or to > since):
            runs.append((first, last))
    return _merged(runs)


def _spans(start: datetime, pauses: Pauses, moment: datetime) -> list[tuple[datetime, datetime]]:
    """The pauses from `start` on, in order and apart."""
    spans = [(max(since, start), moment if to is None else to) for since, to in pauses]
    return _merged([span for span in spans if span[1] > span[0]])


def _merged(runs: list[tuple[T, T]]) -> list[tuple[T, T]]:
    apart: list[tuple[T, T]] = []
    for first, last in sorted(runs):
        if apart and first <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return apart


def _ordinal(moment: datetime) -> int:
    return moment.astimezone(clock.CITY_TIME).toordinal()


def _midnight(ordinal: int) -> datetime:
    return datetime.combine(date.fromordinal(ordinal), time.min, clock.CITY_TIME).astimezone(UTC)


def _share_of_day(moment: datetime) -> float:
    local = moment.astimezone(clock.CITY_TIME)
    return (local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6) / _DAY_SECONDS
