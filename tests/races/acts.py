"""Two acts at one moment, and what a verb is given when nobody thought about it."""

import inspect
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from django.db import connection, transaction
from hypothesis.control import BuildContext
from hypothesis.internal.conjecture.data import ConjectureData

from huying.kernel import actions, rules
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Cause
from huying.kernel.tests.conftest import new_call
from huying.people.actors import Actor, party_actor
from huying.people.models import Party
from tests.races.scenes import Scene
from tests.stateful.drawing import arguments, kind_of, verbs

SECONDS = 30  # after which two that wait for each other are called a deadlock
Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act: done, or the name of the refusal; another exception stands in `fault`."""

    word: str
    fault: BaseException | None = None


def outcome_of(act: Act) -> Outcome:
    """Do it."""
    try:
        act()
    except Refused as refusal:
        return Outcome(refusal.code)
    except NotThere:
        return Outcome("not_there")
    except BadInput:
        return Outcome("bad_input")
    except BaseException as fault:
        return Outcome("fault", fault)
    return Outcome("done")


def race(*acts: Act) -> list[Outcome]:
    """Start all acts at one moment, each with a connection of its own; what became of each, in their order."""
    start = threading.Barrier(len(acts))
    found: dict[int, Outcome] = {}

    def run(number: int, act: Act) -> None:
        connection.ensure_connection()
        start.wait(SECONDS)
        found[number] = outcome_of(act)
        connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return [found.get(number, Outcome("waits", TimeoutError("it never came back"))) for number in range(len(acts))]


def is_done(act: Act) -> bool:
    """Whether the act alone would be done; nothing of it stays."""
    with transaction.atomic():
        outcome = outcome_of(act)
        transaction.set_rollback(True)
    return outcome.word == "done"


# --- Verbs ------------------------------------------------------------------------------------------------------------


def names() -> list[str]:
    """Every verb there is today, with those that take a new call."""
    return sorted([*verbs(), *_NEW])


def act(name: str, scene: Scene, random: Random, not_by: Actor | None = None) -> tuple[Act, Actor | None]:
    """The verb on what it can be done to in this scene, by somebody who may (but not by the one named, if another may)."""
    if name in _NEW:
        return _NEW[name](scene, random), None
    verb = verbs()[name]
    for subject in scene.subjects(kind_of(verb)):
        asked = subject.owner if isinstance(subject, Cause) else subject  # of a cause its owner is asked
        able = [actor for actor in scene.actors() if rules.may(actor, name, asked)]
        if able:
            others = [actor for actor in able if not_by is None or actor.name != not_by.name]
            actor = random.choice(others or able)
            return partial(verb, actor, **_given(verb, subject, scene, random)), actor
    subject = scene.subjects(kind_of(verb))
    return (partial(verb, scene.story.dispatcher, **_given(verb, subject[0], scene, random)) if subject else _nothing), None


def _nothing() -> None:
    raise NotThere


def _given(verb: Callable[..., Any], subject: Any, scene: Scene, random: Random) -> dict[str, Any]:
    departments = [scene.story.city.department(key).pk for key in ("500106.housing", "500106001.street-office", "500106.water")]
    data = ConjectureData(random=random)
    # the walk's strategies, drawn outside a walk: it is the one way to know every argument in one place
    with BuildContext(data, wrapped_test=verb):
        found = arguments(verb, subject, data.draw, departments)
    if "into_id" in inspect.signature(verb).parameters:
        found["into_id"] = random.choice([scene.story.opened.matter_id, scene.other])
    return found


def _opens(scene: Scene, random: Random) -> Act:
    party = scene.story.caller
    return partial(actions.open_calls, party_actor(party), [new_call(caller=party)])


def _follows(scene: Scene, random: Random) -> Act:
    party = Party.objects.order_by("-pk")[0]
    return partial(actions.follow, party_actor(party), new_call(caller=party), scene.story.opened.matter_id)


_NEW: dict[str, Callable[[Scene, Random], Act]] = {"open_calls": _opens, "follow": _follows}
