"""Random verbs by random actors on several matters, with time passing between them. Whatever they do, the invariants hold.

HUYING_WALKS=200 walks farther than a check does.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from huying.base import clock
from huying.city.models import Setting
from huying.events import log
from huying.events.verify import verify
from huying.kernel import actions, hot, openness, queries, rebuild, rules, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, Cause, Look, Matter, Objection, Task
from huying.kernel.queries.voices import verbs_on_voices
from huying.kernel.tests.conftest import new_call
from huying.people.actors import Actor, holder_actor, officer_actor, party_actor
from huying.people.models import Leave, Party, StandIn
from tests.people import MakeActor, MakeCaller
from tests.privacy import standing
from tests.small_city import SmallCity
from tests.stateful import invariants
from tests.stateful.drawing import PRIVATE, PRIVATE_WORDS, WORDS, Subject, arguments, kind_of, notice, verbs

WALKS, STEPS = int(os.environ.get("HUYING_WALKS", "15")), 50
KINDS = [
    *["who_can_does_what_he_can"] * 7,
    *("a_caller_speaks", "an_officer_sees_to_one_voice", "anybody_does_anything", "somebody_calls", "time_passes"),
    "of_an_incident",
    "of_a_cause",
    "of_a_look",
]
AWAY, LENT = 8, 11  # the bureau's handler is away, and the head of housing stands in for him
ONWARD = ("dispatch", "pass_down", "sign", "answer", "submit", "approve")  # the last is likeliest: so a walk comes far
MOST_CALLS, MOST_KNOWN = 5, 2
ABOUT = ("500106.governance-centre", "500106.urban-management")
TEXTS = ("我们街上的路灯三天不亮了，请来修一修。", f"路灯不亮，{PRIVATE_WORDS}", "楼下烧烤店油烟直往屋里灌，找过两次都不理。")
POSTS = (
    ("city.hotline", ("dispatcher", "head", "callback", "supervisor", "auditor")),
    ("500106.governance-centre", ("dispatcher", "head", "supervisor")),
    ("500106.urban-management", ("handler", "head", "supervisor")),
    ("500106.housing", ("handler", "head")),
    ("500106001.street-office", ("handler", "head")),
    ("500103.governance-centre", ("dispatcher", "supervisor")),
    ("city.urban-management", ("handler", "head", "auditor")),
)
BODIES = ["500106.governance-centre", "500106.urban-management", "500106.housing", "500106001.street-office"]


@dataclass
class World:
    """Who is there, and what all walks together have done: a walk that does nothing proves nothing."""

    officers: list[Actor]
    callers: list[Party]
    departments: list[int]
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def dispatcher(self) -> Actor:
        return self.officers[0]

    @property
    def auditor(self) -> Actor:
        return next(who for who in self.officers if queries.audits(who))


class Walk(RuleBasedStateMachine):
    """One walk: everything it does is rolled back at its end."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.told, self.read, self.later = rebuild.Told(), 0, timedelta()

    def teardown(self) -> None:
        try:
            found = verify()
            assert found.faults == 0, found.named
            assert standing(*PRIVATE) == []
            for actor in self.world.officers:
                invariants.may_equals_visible_to(actor)
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            clock.set_offset(timedelta())

    @initialize(data=st.data())
    def three_calls_are_there(self, data: st.DataObject) -> None:
        for _ in range(3):
            self.somebody_calls(data)

    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def something_happens(self, data: st.DataObject, kind: str) -> None:
        """One rule, so that hypothesis leaves no kind of move out of a whole walk."""
        getattr(self, kind)(data)

    def somebody_calls(self, data: st.DataObject) -> None:
        if Call.objects.count() > MOST_CALLS:
            return
        caller = data.draw(st.sampled_from([*self.world.callers, None]))
        openness = "anonymous" if caller is None else data.draw(st.sampled_from(["named", "confidential"]))
        new = new_call(caller=caller, openness=openness, text=data.draw(st.sampled_from(TEXTS)))
        new.sort = data.draw(st.sampled_from(["help", "complaint", "report", "inquiry"]))
        new.about_key = data.draw(st.sampled_from([None, None, *ABOUT]))
        actor = party_actor(caller) if caller else Actor(name="system", is_system=True)
        actions.open_calls(actor, [new])

    def of_an_incident(self, data: st.DataObject) -> None:
        """One that nobody called about is opened; of one that runs news are told, somebody joins it, it ends."""
        known = list(Matter.objects.filter(incident__isnull=False, incident__ended_at=None).order_by("pk"))
        what = data.draw(st.sampled_from(["tell_news", "follow", "tell_news", "follow", "end_incident", "open_incident"]))
        if not known or (what == "open_incident" and len(known) < MOST_KNOWN):
            officer, bearer = (data.draw(st.sampled_from(of)) for of in (self.world.officers[:3], self.world.departments))
            told = notice(data.draw(st.sampled_from(["500106", "500106001"])), clock.now() + timedelta(hours=3))
            self.try_to(actions.open_incident, officer, bearer, told, key=new_call().key, kind="appeal", sort="help")
        elif what == "follow" and Call.objects.count() <= MOST_CALLS + 3:
            caller = data.draw(st.sampled_from([*self.world.callers, None]))
            actor = party_actor(caller) if caller else Actor(name="system", is_system=True)
            new = new_call(caller=caller, openness="named" if caller else "anonymous")
            self.try_to(actions.follow, actor, new, data.draw(st.sampled_from(known)).pk, while_known=True)
        elif what in verbs():
            self.act(data, self.world.dispatcher, verbs()[what], data.draw(st.sampled_from(known)))

    def of_a_cause(self, data: st.DataObject) -> None:
        """What several tell of is found and stands; somebody closes it with what was changed."""
        if not Cause.objects.exists() and Call.objects.count() <= MOST_CALLS:
            for caller in (*self.world.callers, None):
                actor = party_actor(caller) if caller else Actor(name="system", is_system=True)
                actions.open_calls(actor, [new_call(caller=caller, openness="named" if caller else "anonymous", text=TEXTS[0])])
        hot.refresh()
        standing_now = list(Cause.objects.filter(stands_at__isnull=False).order_by("pk"))
        if standing_now:
            officer = data.draw(st.sampled_from(self.world.officers))
            able = officer if rules.may(officer, "close_cause", standing_now[-1].owner) else self.world.dispatcher
            self.act(data, able, actions.close_cause, standing_now[-1])

    def of_a_look(self, data: st.DataObject) -> None:
        """Somebody opens what there is to be opened; she objects to what was; the auditor answers her."""
        objections = list(Objection.objects.filter(answered_at=None).order_by("pk"))
        looks = list(Look.objects.filter(objection=None).order_by("pk"))
        if objections and data.draw(st.integers(0, 3)):
            row = data.draw(st.sampled_from(objections))
            self.try_to(actions.answer_objection, self.world.auditor, row.call_id, row.look_id, data.draw(st.booleans()), WORDS)
        elif looks and data.draw(st.booleans()):
            look = data.draw(st.sampled_from(looks))
            self.try_to(actions.object_, holder_actor(look.call_id), look.call_id, look.pk, PRIVATE_WORDS)
        elif able := [(who, *what) for who in self.world.officers for what in openable(who)]:
            self.try_to(actions.look, *data.draw(st.sampled_from(able)), "contact", PRIVATE_WORDS)

    def try_to(self, verb: Callable[..., Any], *given: Any, **named: Any) -> None:
        try:
            with transaction.atomic():
                verb(*given, **named)
            self.world.done[verb.__name__] += 1
        except (NotThere, Refused, BadInput):
            self.world.refused[verb.__name__] += 1

    def who_can_does_what_he_can(self, data: st.DataObject) -> None:
        """Somebody near a task, or at the desk, does one of the verbs that rules and table allow him."""
        matter, task = self.somewhere(data)
        near = {task.turn_id, task.turn_id, task.bearer_id, task.giver_id} if task else set()
        able = [actor for actor in self.world.officers if actor.departments() & near]
        actor = data.draw(st.sampled_from(able or self.world.officers[:2]))
        known = verbs()
        names = [name for name in rules.verbs_now(actor, matter, task) if name in known]
        onward = [name for name in ONWARD if name in names]
        onward += onward[-1:] * 4
        if data.draw(st.integers(0, 5)):
            names = onward
        if names:
            name = data.draw(st.sampled_from(names))
            self.act(data, actor, known[name], {"matter": matter, "task": task}[kind_of(known[name])])

    def somewhere(self, data: st.DataObject) -> tuple[Matter, Task | None]:
        """A matter, with one of its open tasks if it has any; one that is worked rather than one that waits."""
        tasks = list(Task.objects.filter(is_open=True, turn__isnull=False).select_related("matter").order_by("pk"))
        if tasks and data.draw(st.integers(0, 4)):
            task = data.draw(st.sampled_from(tasks))
            return task.matter, task
        return data.draw(st.sampled_from(list(Matter.objects.order_by("pk")))), None

    def a_caller_speaks(self, data: st.DataObject) -> None:
        """A caller, or who holds number and secret, does something to her own call."""
        call = data.draw(st.sampled_from(list(Call.objects.select_related("caller").order_by("pk"))))
        hers = call.caller in self.world.callers
        actor = party_actor(call.caller) if hers else holder_actor(call.pk)
        known = {name: verb for name, verb in verbs().items() if kind_of(verb) == "call"}
        mine = sorted(name for name in known if rules.may(actor, name, call))
        if mine:
            self.act(data, actor, known[data.draw(st.sampled_from(mine))], call)

    def an_officer_sees_to_one_voice(self, data: st.DataObject) -> None:
        """The desk calls back, looks into a rating, proposes an end; a panel says its word: each as he may now."""
        matter = data.draw(st.sampled_from(list(Matter.objects.order_by("pk"))))
        calls = list(Call.objects.filter(matter=matter).order_by("pk"))
        able = [(who, verbs_on_voices(who, matter, calls)) for who in self.world.officers]
        choices = [(who, name, pk) for who, found in able for name, on in found.items() for pk in on if name in verbs()]
        if choices:
            actor, name, pk = data.draw(st.sampled_from(choices))
            self.act(data, actor, verbs()[name], next(call for call in calls if call.pk == pk))

    def anybody_does_anything(self, data: st.DataObject) -> None:
        """Whoever, whatever, to whatever: mostly refused, and never harmful."""
        name = data.draw(st.sampled_from(sorted(verbs())))
        verb = verbs()[name]
        rows: list[Subject] = list(invariants.SUBJECTS[kind_of(verb)]._default_manager.order_by("pk"))
        if rows:
            actor = data.draw(st.sampled_from([*self.world.officers, *map(party_actor, self.world.callers)]))
            self.act(data, actor, verb, data.draw(st.sampled_from(rows)))

    def time_passes(self, data: st.DataObject) -> None:
        self.later += timedelta(hours=data.draw(st.sampled_from([1, 5, 30, 24 * 8])))
        clock.set_offset(self.later)
        if data.draw(st.booleans()):
            timers.sweep_dry()

    def act(self, data: st.DataObject, actor: Actor, verb: Callable[..., Any], subject: Subject | None) -> None:
        if subject is None:
            return
        self.try_to(verb, actor, **arguments(verb, subject, data.draw, self.world.departments))

    @invariant()
    def everything_holds(self) -> None:
        fresh = list(islice(log.everything(), self.read, None))
        self.read += len(fresh)
        invariants.no_move_outside_the_table(self.told, fresh)
        invariants.the_log_rebuilds_the_tables()
        invariants.versions_have_no_gap()
        invariants.no_matter_without_a_bearer_a_place_in_the_queue_or_an_end(self.world.dispatcher)
        invariants.open_tasks_are_open_in_every_column()
        invariants.no_promise_is_lost()
        invariants.an_incident_runs_on_a_matter_at_work_and_owes_its_next_news()
        invariants.an_objection_is_owed_its_answer()
        invariants.nobody_opened_what_stays_closed()
        invariants.nobody_bears_what_complains_about_it()
        if calls := list(Call.objects.order_by("pk")):
            invariants.every_voice_can_prove_it(calls[self.read % len(calls)])

    @invariant()
    def one_sees_the_same_in_lists_and_one_by_one(self) -> None:
        people = self.world.officers
        invariants.may_equals_visible_to(people[self.read % len(people)])


def openable(who: Actor) -> list[tuple[int, str]]:
    """Whatever this officer may open, of every call."""
    calls = list(Call.objects.select_related("caller").order_by("pk"))
    may = openness.openable(who, calls)
    fields = [(call.pk, field) for call in calls if call.pk in may for field in openness.fields_of(call)]
    return [(pk, field) for pk, field in fields if openness.sort_of(field) in may[pk]]


def stands_in(away: Actor, there: Actor) -> Actor:
    """One of them walks with the post of another, who is away, beside his own."""
    assert away.officer
    assert there.officer
    (post,) = away.officer.posts.all()
    day = clock.today()
    leave = Leave.objects.create(officer=away.officer, first=day, last=day, entered_by=there.officer, entered_at=clock.now())
    StandIn.objects.create(leave=leave, post=post, officer=there.officer)
    return officer_actor(there.officer)


@pytest.fixture
def world(small_city: SmallCity, actor: MakeActor, caller: MakeCaller) -> World:
    officers = [actor(role, small_city.department(key)) for key, roles in POSTS for role in roles]
    Setting.objects.update_or_create(key=hot.STANDS, defaults={"value": 3})
    officers[LENT] = stands_in(officers[AWAY], officers[LENT])
    return World(officers, [caller(), caller()], [small_city.department(key).pk for key in BODIES])


@pytest.mark.django_db
def test_whatever_anybody_does_nothing_is_lost(world: World) -> None:
    walk = type("AWalk", (Walk,), {"world": world})
    checks = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        verbosity=Verbosity.quiet,
        database=None,
        phases=[Phase.generate],  # a walk that fails is told as it was: shrinking it would take minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(walk, settings=checks)
    wanted = {"dispatch", "pass_down", "sign", "answer", "open_incident", "tell_news", "end_incident", "follow"}
    wanted |= {"look", "object_", "answer_objection", "leave_message", "close_cause"}
    assert wanted <= set(world.done), f"the walks did too little: {world.done}"
