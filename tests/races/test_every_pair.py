"""Every ordered pair of verbs at one moment, wherever at least one of them is allowed. Whoever is first, all holds.

Verbs are found in `kernel.actions`, so a new one joins by itself. A check races a sample that rotates by the day;
HUYING_PAIRS=all races every pair, HUYING_PAIRS=2026-11-25 the sample of that day.
"""

import os
from collections import Counter
from functools import partial
from random import Random

import pytest

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.events import log
from huying.events.sequence import Sequencer
from huying.events.verify import verify
from huying.kernel import actions, rebuild, timers
from huying.kernel.models import Call, Matter
from huying.kernel.tests.conftest import Story, story
from huying.people.actors import SYSTEM
from tests.people import MakeActor, MakeCaller
from tests.races.acts import act, is_done, names, race
from tests.races.scenes import POINTS, Scene, Stage
from tests.stateful import invariants

__all__ = ["story"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]

SAMPLE = 420  # pairs of a check: under four minutes on two cores
CHOSEN = os.environ.get("HUYING_PAIRS", f"{clock.today()}")
_allowed: dict[tuple[str, str], bool] = {}  # learned once a process: whether a verb is done at a point of the path


@pytest.fixture
def stage(story: Story, actor: MakeActor, caller: MakeCaller) -> Stage:
    made = Stage(story, actor, caller)
    city.reset()
    return made


def partners(verb: str) -> list[str]:
    """The verbs with which this one is raced."""
    every = names()
    if CHOSEN == "all":
        return every
    return Random(f"{CHOSEN} {verb}").sample(every, min(len(every), max(3, SAMPLE // len(every))))


def allowed_at(stage: Stage, verb: str) -> list[str]:
    """The points at which the verb is done when nobody else is there."""
    for point in POINTS:
        if (point, verb) not in _allowed:
            scene = stage.play(point)
            for name in names():
                act_alone, _who = act(name, scene, Random(f"{point} {name}"))
                _allowed[point, name] = is_done(act_alone)
    return [point for point in POINTS if _allowed[point, verb]]


def points_for(stage: Stage, first: str, second: str) -> list[str]:
    """Where both are allowed, else where one is."""
    one, other = set(allowed_at(stage, first)), set(allowed_at(stage, second))
    return sorted(one & other or one | other)


@pytest.mark.parametrize("first", names())
def test_whichever_two_verbs_meet_all_holds(stage: Stage, first: str) -> None:
    met: Counter[str] = Counter()
    for second in partners(first):
        random = Random(f"{CHOSEN} {first} {second}")
        point = random.choice(points_for(stage, first, second) or list(POINTS))
        scene = stage.play(point)
        one, who = act(first, scene, random)
        other, _ = act(second, scene, random, not_by=who)
        outcomes = race(one, other)
        told = f"{first} and {second} at `{point}` (HUYING_PAIRS={CHOSEN}): {[o.word for o in outcomes]}"
        assert not [o for o in outcomes if o.fault], f"{told}: {[o.fault for o in outcomes if o.fault]}"
        met.update(o.word for o in outcomes)
        holds(scene, told)
    Sequencer().run_dry()
    found = verify()
    assert found.faults == 0, found.named
    # that nothing was ever done would prove nothing; what only the system or a panel does may stand alone
    assert met["done"] or not allowed_at(stage, first), met


def holds(scene: Scene, told: str) -> None:
    """What holds after every race."""
    matters = Matter.objects.filter(pk__gte=min(scene.story.opened.matter_id, scene.other))
    for on, rows in (("matter", matters), ("call", Call.objects.filter(matter__in=matters))):
        for pk, version in rows.values_list("pk", "version"):
            versions = [row.version for row in log.history([f"{on}:{pk}"])]
            assert versions == list(range(1, version + 1)), f"{told}: {on}:{pk} is at {version}, its facts are {versions}"
    assert list(rebuild.differences()) == [], told
    try:
        invariants.no_matter_without_a_bearer_a_place_in_the_queue_or_an_end(scene.story.dispatcher)
        invariants.open_tasks_are_open_in_every_column()
        invariants.no_promise_is_lost()
        invariants.nobody_bears_what_complains_about_it()
        invariants.nothing_open_is_borne_by_a_closed_body()
    except AssertionError as fault:
        raise AssertionError(f"{told}: {fault}") from fault


def test_whatever_meets_the_succession_all_holds(stage: Stage) -> None:
    """A bureau is closed while its officers work: each verb races with the batch that carries its task."""
    for number, second in enumerate(names()):
        random = Random(f"{CHOSEN} succession {second}")
        point = random.choice(allowed_at(stage, second) or list(POINTS))
        scene = stage.play(point)
        other, _ = act(second, scene, random)
        bureau = stage.story.city.department("500106.urban-management")
        heir = Department.objects.create(
            **{name: getattr(bureau, name) for name in ("type", "level", "area", "short")},
            key=f"heir-{number}",
            name=f"第 {number} 个接替单位",
        )
        _close(bureau, heir)
        alone = partial(actions.succeed, SYSTEM, scene.story.opened.matter_id)
        outcomes = race(partial(timers.succeed, limit=1000), other, alone)
        told = f"the succession and {second} at `{point}`: {[o.word for o in outcomes]}"
        assert not [o for o in outcomes if o.fault], f"{told}: {[o.fault for o in outcomes if o.fault]}"
        timers.succeed_dry()  # what the batch left out, because the verb held it
        holds(scene, told)
        _open_again(bureau, heir)


def _close(bureau: Department, heir: Department) -> None:
    Department.objects.filter(pk=bureau.pk).update(valid_to=clock.today(), successor=heir)
    city.reset()


def _open_again(bureau: Department, heir: Department) -> None:
    """What went to the heir comes back, so that the stage is as it was."""
    Department.objects.filter(pk=bureau.pk).update(valid_to=None, successor=None)
    Department.objects.filter(pk=heir.pk).update(valid_to=clock.today(), successor=bureau)
    city.reset()
    timers.succeed_dry()
