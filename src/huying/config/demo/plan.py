"""At which moment each step of a story happens."""

from datetime import datetime, time, timedelta

from huying.base import clock
from huying.config.demo import steps
from huying.config.demo.cast import Cast
from huying.config.demo.hours import Wait, moments, span

_AFTERNOON = time(14, 20)


def plan(cast: Cast, opened: datetime, limit: datetime, *, hurried: bool) -> list[tuple[datetime, str]]:
    """The steps after the call was recorded, each with its moment, none after `limit` (in the city's time)."""
    names = steps.line(cast.story, cast.via is None)
    waits = steps.waits(cast, names, hurried)
    found = moments(opened, waits, limit, cast.days)
    if "write" in names:
        at = names.index("write")
        if cast.story.answered_in:
            found = _around(cast, opened, waits, at, opened + span(cast.story.answered_in), limit)
        elif not hurried and found[at].time() < _AFTERNOON:
            # offices answer when the day's work is done: then "this morning" in an answer is true
            found = _around(cast, opened, waits, at, _afternoon(found[at], waits[at]), limit)
    return list(zip(found, names, strict=True))


def _around(cast: Cast, opened: datetime, waits: list[Wait], at: int, written: datetime, limit: datetime) -> list[datetime]:
    """Moments where the answer's own is given: what comes before fits before it."""
    written = min(written, limit)
    before = moments(opened, waits[:at], written, cast.days)
    return [*before, written, *moments(written, waits[at + 1 :], limit, cast.days)]


def _afternoon(day: datetime, wait: Wait) -> datetime:
    return datetime.combine(day.date(), _AFTERNOON, clock.CITY_TIME) + timedelta(minutes=wait.minutes % 150)
