"""When things happen in the week: hours in which a desk or an office works, and how long a step takes."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from huying.base import clock
from huying.city.calendar import Calendar

# at any hour, while the desk is staffed, in office hours of working days, late in the evening
ANY, DESK, OFFICE, EVENING = "any", "desk", "office", "evening"
_SPANS: dict[str, tuple[tuple[time, time], ...]] = {
    ANY: ((time(0), time(23, 59, 59)),),
    DESK: ((time(7, 30), time(22)),),
    EVENING: ((time(21), time(23)),),
    OFFICE: ((time(8, 40), time(12)), (time(14), time(17, 50))),
}
_AGO = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?")
_DAYS = re.compile(r"(\d+)(d|w) (\d\d):(\d\d)")
_DATE = re.compile(r"\{([+-]?\d+)(w?)\}")
_SLEEP_UNTIL, _SLEEP_SHIFT, _AWAKE = 6, timedelta(hours=7), timedelta(hours=2)
_FACTORS = (1.0, 0.5, 0.2, 0.08, 0.02)


class Wait(NamedTuple):
    """How long a step takes, in minutes of the hours named."""

    minutes: float
    hours: str


class Days:
    """The working days around a week: the calendar's, or every day where a long holiday leaves too few to play in."""

    def __init__(self, calendar: Calendar, today: date) -> None:
        self._calendar = calendar
        self._duty = calendar.working_days(today - timedelta(days=8), today) < 4

    def works(self, day: date) -> bool:
        """Whether offices work that day (on duty, in a long holiday)."""
        return self._duty or self._calendar.is_working(day)

    def back(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`."""
        while count:
            day -= timedelta(days=1)
            count -= self.works(day)
        return day

    def ahead(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        while count:
            day += timedelta(days=1)
            count -= self.works(day)
        return day


def span(text: str) -> timedelta:
    """`23h10m`, `9m` as a span. Raises ValueError."""
    found = _AGO.fullmatch(text)
    if not text or not found:
        raise ValueError(f"{text!r} is no span of time such as 2h30m")
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))


def opened_at(when: str, local: datetime, days: Days) -> datetime:
    """`2h30m` before now, `3d 19:40` (days back) or `3w 09:20` (working days back) in the city's time.

    Hardly anybody writes at four in the morning: what was some hours ago was in the evening before then. Raises ValueError.
    """
    found = _DAYS.fullmatch(when)
    if not found:
        ago = span(when)
        asleep = (local - ago).hour < _SLEEP_UNTIL and ago > _AWAKE
        return local - ago - (_SLEEP_SHIFT if asleep else timedelta())
    count, unit, hour, minute = int(found[1]), found[2], int(found[3]), int(found[4])
    day = days.back(clock.day_of(local), count) if unit == "w" else clock.day_of(local) - timedelta(days=count)
    return datetime.combine(day, time(hour, minute), clock.CITY_TIME)


def later(start: datetime, wait: Wait, days: Days) -> datetime:
    """`start` and then so many minutes of those hours."""
    left, day = timedelta(minutes=wait.minutes), clock.day_of(start)
    while True:
        for first, last in _SPANS[wait.hours] if wait.hours != OFFICE or days.works(day) else ():
            begin = max(start, datetime.combine(day, first, clock.CITY_TIME))
            end = datetime.combine(day, last, clock.CITY_TIME)
            if begin < end:
                if left <= end - begin:
                    return begin + left
                left -= end - begin
        day += timedelta(days=1)


def moments(start: datetime, waits: Sequence[Wait], limit: datetime, days: Days) -> list[datetime]:
    """The moment of each step, all before `limit`: in a hurry where there is little time, at any hour where there is none."""
    found = [start]
    for factor in _FACTORS:
        found = [start]
        for wait in waits:
            found.append(later(found[-1], Wait(wait.minutes * factor, wait.hours), days))
        if found[-1] <= limit:
            return found[1:]
    share = max(limit - start, timedelta()) / max(found[-1] - start, timedelta(seconds=1))
    return [start + (at - start) * share for at in found[1:]]


def dated(text: str, at: datetime, days: Days) -> str:
    """The text with its days written out as of `at`: `{-1}` the day before, `{+2w}` the second working day after."""
    today = clock.day_of(at)

    def said(found: re.Match[str]) -> str:
        count = int(found[1])
        day = days.ahead(today, count) if found[2] else today + timedelta(days=count)
        return f"{day.month} 月 {day.day} 日"

    return _DATE.sub(said, text.strip())
