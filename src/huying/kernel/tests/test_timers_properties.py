"""A timer that sleeps and wakes at any moments, in batches of any size, tells the same facts, in order, as one awake.

HUYING_TIMERS=200 tries more lives of a call than a check does.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.events import log
from huying.kernel import actions, rebuild, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Task
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.people.actors import Actor
from tests.changed_city import close_body
from tests.people import MakeActor
from tests.tries import tries

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = int(os.environ.get("HUYING_TIMERS", tries(10)))
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in the city
END = 24 * 45  # hours: by then every promise has gone through all its steps, and who was silent is closed
HEIR = "500106.housing"
GROUND = "《照明规定》第五条，由产权人管。"
Acts = list[tuple[int, str]]
Team = dict[str, Actor]

ACTS: dict[str, Callable[[Story, Team, int], object]] = {
    "accept": lambda s, t, pk: actions.accept(s.dispatcher, s.opened.matter_id),
    "dispatch": lambda s, t, pk: actions.dispatch(
        s.dispatcher, s.opened.matter_id, s.city.department("500106.governance-centre").pk
    ),
    "pass_down": lambda s, t, pk: actions.pass_down(s.centre, pk, s.city.department(t["body"].name).pk),
    "sign": lambda s, t, pk: actions.sign(t["handler"], [pk]),
    "contact": lambda s, t, pk: actions.contact(t["handler"], pk, "phone", "说好今晚来修"),
    "pause": lambda s, t, pk: actions.pause(t["head"], pk, "outside", "等灯杆"),
    "resume": lambda s, t, pk: actions.resume(t["handler"], pk),
    "ask_extension": lambda s, t, pk: actions.ask_extension(t["handler"], pk, 2, "灯杆要从外地调货"),
    "decide_extension": lambda s, t, pk: actions.decide_extension(s.centre, pk, True),
    "send_back": lambda s, t, pk: actions.send_back(t["handler"], pk, GROUND),
    "adjudicate": lambda s, t, pk: actions.adjudicate(s.centre, pk, "在路上，归城管"),
    "answer": lambda s, t, pk: actions.answer(t["handler"], pk, "今晚换了两盏灯，已经亮了，周科长。"),
    "submit": lambda s, t, pk: actions.submit(t["handler"], pk),
    "return": lambda s, t, pk: actions.return_(s.centre, pk, "少照片"),
    "approve": lambda s, t, pk: actions.approve(s.centre, pk),
    "rate": lambda s, t, pk: actions.rate(s.she, s.opened.call_id, False, 1),
}
ONWARD = ("dispatch", "pass_down", "sign", "contact", "answer", "submit", "approve")


@st.composite
def lives(draw: st.DrawFn) -> Acts:
    """What happens to a call, hour by hour: mostly onward, now and then something else."""
    hour, found = 0, []
    for name in ONWARD:
        for each in (draw(st.sampled_from([None, None, *ACTS])), name):
            if each is not None:
                hour += draw(st.integers(0, 60))
                found.append((hour, each))
    return found


def live(
    story: Story, teams: list[Team], acts: Acts, sweeps: list[int], limit: int, closes: int
) -> tuple[list[str], list[Any]]:
    """One life from the same Monday on, swept at those hours; what became of each act, and what was told."""
    with clock.showing(MONDAY):
        story.opened = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
    words = []
    for hour, name in sorted([*acts, *((hour, "sweep") for hour in sweeps), (END, "sweep")], key=lambda pair: pair[0]):
        with clock.showing(MONDAY + timedelta(hours=hour)):
            if name == "sweep":
                while timers.sweep(limit) + timers.succeed(limit):
                    pass
            else:
                words.append(f"{name}: {_try(story, teams[hour >= closes], name)}")
    return words, [_timeless(row) for row in log.history([f"matter:{story.opened.matter_id}", f"call:{story.opened.call_id}"])]


def _try(story: Story, team: Team, name: str) -> str:
    task = Task.objects.filter(matter=story.opened.matter_id, is_open=True).order_by("-pk").first()
    try:
        ACTS[name](story, team, task.pk if task else 0)
    except (Refused, NotThere, BadInput) as refusal:
        return str(refusal)
    return "done"


def _timeless(row: log.Told) -> tuple[str, dict[str, Any]]:
    """A fact without the ids of this one life."""
    body = msgspec.structs.asdict(row.fact)
    body.pop("content", None)  # a commitment, under a salt of its own each time
    for name in ("call", "matter", "task", "child", "parent", "lead", "response"):
        if body.get(name) is not None:
            body[name] = name
    # every life takes a moment of its own; what counts in whole seconds since 1970 may so differ by one
    body = {name: value // 60 if isinstance(value, int) and value > 10**9 else value for name, value in body.items()}
    return row.name, body


@pytest.fixture
def teams(story: Story, actor: MakeActor) -> Iterator[list[Team]]:
    """Who works at the bureau, and who does after it was closed; `body` names it."""
    heirs = {role: actor(role, story.city.department(HEIR)) for role in ("handler", "head")}
    yield [
        {"handler": story.handler, "head": story.head, "body": Actor(name=BUREAU)},
        {**heirs, "body": Actor(name=HEIR)},
    ]
    clock.set_offset(timedelta())


@given(
    acts=lives(),
    sweeps=st.lists(st.integers(0, END), max_size=6),
    limit=st.integers(1, 3),
    day=st.sampled_from([None, 1, 2, 5]),
)
@settings(
    max_examples=TRIES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whenever_the_timer_comes_by_the_facts_are_the_same(
    story: Story, teams: list[Team], acts: Acts, sweeps: list[int], limit: int, day: int | None
) -> None:
    closes = END + 1 if day is None else 24 * day - 9  # midnight, in hours after nine on Monday
    if day is not None:
        close_body(story.city, BUREAU, (MONDAY + timedelta(days=day)).date(), HEIR)
    awake = live(story, teams, acts, list(range(0, END, 3)), 100, closes)
    asleep = live(story, teams, acts, sweeps, limit, closes)
    stopped = live(story, teams, acts, [], 100, closes)
    for other in (asleep, stopped):
        assert awake[0] == other[0]
        assert not [pair for pair in zip_longest(awake[1], other[1]) if pair[0] != pair[1]][:2]
    assert list(rebuild.differences()) == []
