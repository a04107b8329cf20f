"""The units of a promise, and pauses in them: runs of days for days and workdays, spans of time for hours."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from huying.base import clock

HOURS = "hours"
DAYS = "days"
WORKDAYS = "workdays"
UNITS = (HOURS, DAYS, WORKDAYS)

Pauses = Sequence[tuple[datetime, datetime | None]]
T = TypeVar("T", int, datetime)

_MICROSECOND = timedelta(microseconds=1)


def ordinal(moment: datetime) -> int:
    """The city's own day in which `moment` falls."""
    return moment.astimezone(clock.CITY_TIME).toordinal()


def midnight(day: int) -> datetime:
    """The 00:00 with which that day begins in the city, in UTC."""
    return datetime.combine(date.fromordinal(day), time.min, clock.CITY_TIME).astimezone(UTC)


def last_day(due_at: datetime) -> date:
    """The day a person reads in "11月25日前": the city's day that `due_at` ends, or in which it falls."""
    return date.fromordinal(ordinal(due_at - _MICROSECOND))


def still_days(receipt: int, pauses: Pauses, moment: datetime) -> list[tuple[int, int]]:
    """The days after `receipt` that a pause touches, as runs (first, last), in order and apart.

    A pause that ends at 00:00 leaves that day whole. An open one holds the day of `moment`, whatever the hour.
    """
    runs: list[tuple[int, int]] = []
    for since, to in pauses:
        last = ordinal(max(moment, since)) if to is None else ordinal(to - _MICROSECOND)
        first = max(ordinal(since), receipt + 1)
        if last >= first and (to is None or to > since):
            runs.append((first, last))
    return _apart(runs)


def spans(start: datetime, pauses: Pauses, moment: datetime) -> list[tuple[datetime, datetime]]:
    """The pauses from `start` on, in order and apart; an open one lasts until `moment`."""
    clipped = [(max(since, start), moment if to is None else to) for since, to in pauses]
    return _apart([span for span in clipped if span[1] > span[0]])


def stood(since: datetime, to: datetime, still: Sequence[tuple[datetime, datetime]]) -> float:
    """For how many seconds between two moments the clock stood still."""
    return sum(max(0.0, (min(to, end) - max(since, begin)).total_seconds()) for begin, end in still)


def _apart(runs: list[tuple[T, T]]) -> list[tuple[T, T]]:
    if len(runs) < 2:
        return runs
    apart: list[tuple[T, T]] = []
    for first, last in sorted(runs):
        if apart and first <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return apart
