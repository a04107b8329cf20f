"""What was told before districts changed: calls of a day that is named, some of which the successors finished."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from huying.base import clock
from huying.city import calendar
from huying.city import queries as city
from huying.config.demo import officers, steps
from huying.config.demo.cast import Cast
from huying.config.demo.hours import Days
from huying.config.demo.officers import Staff
from huying.config.demo.story import OfficerLine, Story, read
from huying.kernel import timers
from huying.people.models import Party

Made = Mapping[str, Party]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of a story, and the moment in the city's time at which it was taken."""

    do: str
    at: str


class Past(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in `before.yaml`: who worked in bodies that are closed since, and what was told them.

    The `when` of these stories is a moment, as `2025-11-03 18:10`; `steps` has each one's by its key.
    """

    officers: tuple[OfficerLine, ...]
    calls: tuple[Story, ...]
    steps: dict[str, tuple[Step, ...]]


def play(folder: Path, callers: Made) -> int:
    """Play them in the order of time, each with its bodies of the day; how many calls. Raises BadSetting."""
    told = read(folder / "before.yaml", Past)
    with clock.showing(min(_moment(story.when) for story in told.calls) - timedelta(days=1)):
        officers.appoint(told.officers)
    staff = Staff()
    casts: dict[str, Cast] = {}
    turns = [(_moment(story.when), story, "open") for story in told.calls]
    turns += [(_moment(step.at), story, step.do) for story in told.calls for step in told.steps[story.key]]
    for moment, story, step in sorted(turns, key=lambda turn: turn[0]):
        with clock.showing(moment):
            timers.succeed_dry()  # what the worker does on the day of a change
            if step == "open":
                casts[story.key] = Cast(story, staff, Days(calendar.current(), clock.today()), callers[story.who])
                steps.open_call(casts[story.key])
            else:
                steps.STEPS[step](_as_of_today(casts[story.key]))
    return len(told.calls)


def _as_of_today(cast: Cast) -> Cast:
    """With who took over, where a body was closed since the step before."""
    area = city.area_by_key(cast.story.area)
    cast.bearer = city.body_now(cast.bearer, area) if cast.bearer else None
    cast.via = city.body_now(cast.via, area) if cast.via else None
    return cast


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.CITY_TIME)
