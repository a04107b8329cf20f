"""Play the week: every story's steps in the order of time, each at its own moment of the clock, through the real verbs."""

import heapq
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huying.base import clock
from huying.city import calendar
from huying.config.demo import officers, plan, steps
from huying.config.demo.cast import Astray, Cast
from huying.config.demo.hours import Days, opened_at
from huying.config.demo.officers import Nobody, Staff
from huying.config.demo.story import People, Story
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Matter
from huying.people import parties
from huying.people.models import Party

log = logging.getLogger(__name__)
LAST = timedelta(minutes=2)  # the newest step lies this long before now


@dataclass(slots=True)
class Week:
    """What was played: how many calls and verbs; `astray` says which stories did not go as written, and why."""

    calls: int = 0
    verbs: int = 0
    astray: list[str] = field(default_factory=list)


@dataclass(order=True, slots=True)
class _Turn:
    """The next step of a story, and those after it. The number keeps the order of those at the same moment."""

    at: datetime
    number: int
    step: str = field(compare=False)
    cast: Cast = field(compare=False)
    rest: list[tuple[datetime, str]] = field(compare=False, default_factory=list)


def play(people: People, stories: Sequence[Story]) -> Week:
    """Make the officers and play the stories. The clock is moved within, and stands where it stood afterwards."""
    week, limit = Week(), clock.local_now() - LAST
    turns = _openings(people, stories)
    while turns:
        turn = heapq.heappop(turns)
        with clock.showing(turn.at):
            _take(turn, limit, week)
        if turn.rest:
            (turn.at, turn.step), *turn.rest = turn.rest
            heapq.heappush(turns, turn)
    return week


def _openings(people: People, stories: Sequence[Story]) -> list[_Turn]:
    """Each story's first turn, as a heap; the officers take up their posts the day before the first."""
    days = Days(calendar.current(), clock.today())
    opened = [opened_at(story.when, clock.local_now(), days) for story in stories]
    with clock.showing(min(opened) - timedelta(days=1)):
        officers.appoint(people.officers)
        callers = {name: caller(name, phone) for name, phone in people.callers.items()}
    staff = Staff()
    turns = [
        _Turn(at, number, "open", Cast(story, staff, days, callers[story.who] if story.who else None))
        for number, (at, story) in enumerate(zip(opened, stories, strict=True))
    ]
    heapq.heapify(turns)
    return turns


def _take(turn: _Turn, limit: datetime, week: Week) -> None:
    """One step. A story that cannot go on as written stays where it is: the week is not lost for it."""
    try:
        if turn.step == "open":
            steps.open_call(turn.cast)
            week.calls += 1
            urgency = Matter.objects.values_list("urgency", flat=True).get(pk=turn.cast.record.matter_id)
            straight, hurried = turn.cast.via is None, urgency != "ordinary"
            turn.rest = plan.plan(turn.cast.story, turn.at, limit, turn.cast.days, straight=straight, hurried=hurried)
        else:
            steps.STEPS[turn.step](turn.cast)
        week.verbs += 1
    except (Astray, Nobody, NotThere, Refused, BadInput) as fault:
        week.astray.append(f"{turn.cast.story.key}, {turn.step}: {fault}")
        log.warning("the demo's story %s stays as it is before %s: %s", turn.cast.story.key, turn.step, fault)
        turn.rest = []


def caller(name: str, phone: str) -> Party:
    """Who calls from that telephone, under that name."""
    party = parties.party_of_phone(phone)
    assert party is not None  # it makes one where there is none
    parties.set_name(party, name)
    return party
