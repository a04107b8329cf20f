"""Promises reckoned by the Civil Code (articles 200-204), as pure functions. docs/promises.md tells it in plain words.

- `workdays`: the day of receipt does not count (art. 201); the n-th working day after it is the last, and it ends at
  24:00 (art. 203).
- `days`: natural days; a last day that does not work moves to the next working day (art. 203).
- `hours`: natural hours from the moment of receipt, by night and on holidays too (art. 201, second paragraph).

A pause counts in its promise's own unit. In hours, its length is added. In days, a day in which the clock stood still
for any part is not counted: the law counts whole days, and a day that was not wholly the bearer's is none, just as the
day of receipt is none however early the call came. Days are a set: two pauses on one day take it away once; a pause on
the day of receipt, on a day that would not count, or after the due day takes nothing away.

`due_at` is exclusive: the 00:00 that ends the last day, local time. A person reads the day that it ends: due_at
11-26 00:00 is shown as "11月25日前" and means until the end of that day (`last_day`). An act at `due_at` is late.
"""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from huying.base import clock
from huying.city.calendar import Calendar
from huying.kernel.bar import DayBlock, blocks
from huying.kernel.pauses import DAYS, HOURS, UNITS, WORKDAYS, Pauses, last_day, midnight, ordinal, spans, still_days, stood

__all__ = [
    "DAYS",
    "HOURS",
    "UNITS",
    "WORKDAYS",
    "DayBlock",
    "Pauses",
    "Reckoned",
    "Remaining",
    "blocks",
    "last_day",
    "reckon",
    "remaining",
    "used",
]

Runs = list[tuple[int, int]]


class Reckoned(NamedTuple):
    """When a promise is due (UTC, exclusive).

    `provisional`: the moment may still move, because a day that was looked at lies in an unpublished year or because
    a pause is open (`paused`). `calendar_version` is empty for hours, which need no calendar.
    """

    due_at: datetime
    provisional: bool
    calendar_version: str
    paused: bool = False


class Remaining(NamedTuple):
    """What people read: 剩 2 个工作日 where `workdays` is not 0, else 剩 3 小时 34 分; 超 2 小时 where `over`.

    Words are made in the channel. `days`, `hours` and `minutes` are one natural span, rounded down, and 0 where
    `workdays` speaks. All 0 is less than a minute.
    """

    over: bool
    workdays: int
    days: int
    hours: int
    minutes: int


def reckon(
    start: datetime, budget: int, unit: str, calendar: Calendar, pauses: Pauses = (), now: datetime | None = None
) -> Reckoned:
    """When a promise of `budget` `unit`s that started at `start` is due.

    `pauses` are (from, to) moments, in any order, overlapping or not; an open one (`to` is None) is reckoned as if it
    ended at `now` (the clock's, when not given) and makes the result provisional. Raises ValueError for a budget
    below 1, an unknown unit or a `start` without time zone.
    """
    _check(start, budget, unit)
    paused = any(to is None for _, to in pauses)
    moment = (now or clock.now()) if paused else start
    if unit == HOURS:
        return Reckoned(_due_in_hours(start, budget, pauses, moment), paused, "", paused)
    receipt = ordinal(start)
    still = still_days(receipt, pauses, moment) if pauses else []
    last = _last_workday(receipt, budget, calendar, still) if unit == WORKDAYS else _last_day(receipt, budget, calendar, still)
    published = calendar.covers(date.fromordinal(receipt + 1), date.fromordinal(last))
    return Reckoned(midnight(last + 1), paused or not published, calendar.version, paused)


def used(start: datetime, end: datetime, unit: str, calendar: Calendar, pauses: Pauses = ()) -> float:
    """How much of a budget is used at `end`: seconds for hours, days and a part of the last one for days and workdays.

    The part is of 24 hours (13:40 is 0.57), because a day ends at 24:00. At `due_at` it is the budget (for `days` also
    the days by which the last one moved). 0 before the clock starts. An open pause lasts until `end`.
    """
    _check(start, 1, unit)
    if end <= start:
        return 0.0
    if unit == HOURS:
        return (end - start).total_seconds() - stood(start, end, spans(start, pauses, end))
    receipt, today = ordinal(start), ordinal(end)
    still = still_days(receipt, pauses, end)
    whole = _counted(receipt, today - 1, unit, calendar, still)
    running = _counted(receipt, today, unit, calendar, still) - whole
    return whole + running * ((end - midnight(today)) / (midnight(today + 1) - midnight(today)))


def remaining(due_at: datetime, now: datetime, calendar: Calendar) -> Remaining:
    """What is left until `due_at`, or by how much it is over, as people read it.

    A day or more ahead: the whole working days before it, not counting what is left of today. Less than a day, or no
    working day between: natural time. Over: natural time always, because that is how long somebody has been waiting.
    """
    over = now >= due_at
    gap = now - due_at if over else due_at - now
    if not over and gap >= timedelta(days=1):
        workdays = calendar.working_days(date.fromordinal(_first_whole(now)), date.fromordinal(ordinal(due_at) - 1))
        if workdays:
            return Remaining(over, workdays, 0, 0, 0)
    hours, seconds = divmod(gap.seconds, 3600)
    return Remaining(over, 0, gap.days, hours, seconds // 60)


def _check(start: datetime, budget: int, unit: str) -> None:
    if unit not in UNITS:
        raise ValueError(f"unit {unit!r} is none of {', '.join(UNITS)}")
    if budget < 1:
        raise ValueError(f"a promise of {budget} {unit} is none: the budget must be at least 1")
    if start.tzinfo is None:
        raise ValueError(f"{start} has no time zone: nobody can say when a promise that starts then is due")


def _due_in_hours(start: datetime, budget: int, pauses: Pauses, moment: datetime) -> datetime:
    # in UTC, because adding to a zoned datetime moves the wall clock and would err by an hour where clocks change
    due = start.astimezone(UTC) + timedelta(hours=budget)
    for since, to in spans(start, pauses, moment):
        if since >= due:
            break
        due += to - since
    return due


def _last_workday(receipt: int, budget: int, calendar: Calendar, still: Runs) -> int:
    rank = calendar.rank(receipt) + budget
    for first, last in still:
        if calendar.at(rank) < first:
            break
        rank += calendar.rank(last) - calendar.rank(first - 1)
    return calendar.at(rank)


def _last_day(receipt: int, budget: int, calendar: Calendar, still: Runs) -> int:
    day = receipt + budget
    for first, last in still:
        if day < first:
            break
        day += last - first + 1
    # the day it moves to must itself count: a working day on which the clock runs
    return _last_workday(day - 1, 1, calendar, [run for run in still if run[0] > day])


def _counted(receipt: int, last: int, unit: str, calendar: Calendar, still: Runs) -> int:
    """Days of the unit after the receipt day through `last` on which the clock ran."""
    if last <= receipt:
        return 0
    rank = calendar.rank if unit == WORKDAYS else int
    paused = sum(rank(min(to, last)) - rank(since - 1) for since, to in still if since <= last)
    return rank(last) - rank(receipt) - paused


def _first_whole(moment: datetime) -> int:
    """The first day that is still wholly ahead at `moment`."""
    today = ordinal(moment)
    return today if midnight(today) == moment else today + 1
