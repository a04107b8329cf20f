"""At which moment each step of a story happens."""

from datetime import datetime, time, timedelta

from huying.base import clock
from huying.config.demo import steps
from huying.config.demo.hours import Days, Wait, moments, span
from huying.config.demo.story import Story

_AFTERNOON = time(14, 20)


def plan(
    story: Story, opened: datetime, limit: datetime, days: Days, *, straight: bool, hurried: bool
) -> list[tuple[datetime, str]]:
    """The steps after the call was recorded, each with its moment, none after `limit` (both in the city's time).

    `straight`: no centre stands between the desk and the bearer. `hurried`: danger or a utility, worked at any hour.
    """
    names = steps.line(story, straight)
    waits = steps.waits(story, names, hurried)
    found = moments(opened, waits, limit, days)
    if "write" in names:
        at = names.index("write")
        if story.answered_in:
            found = _around(opened, waits, at, opened + span(story.answered_in), limit, days)
        elif not hurried and found[at].time() < _AFTERNOON:
            # offices answer when the day's work is done: then "this morning" in an answer is true
            found = _around(opened, waits, at, _afternoon(found[at], waits[at]), limit, days)
    return list(zip(found, names, strict=True))


def _around(opened: datetime, waits: list[Wait], at: int, written: datetime, limit: datetime, days: Days) -> list[datetime]:
    """Moments where the answer's own is given: what comes before fits before it."""
    written = min(written, limit)
    before = moments(opened, waits[:at], written, days)
    return [*before, written, *moments(written, waits[at + 1 :], limit, days)]


def _afternoon(day: datetime, wait: Wait) -> datetime:
    return datetime.combine(clock.day_of(day), _AFTERNOON, clock.CITY_TIME) + timedelta(minutes=wait.minutes % 150)
