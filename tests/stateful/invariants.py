"""What holds after every move, whoever made it."""

from collections.abc import Iterable

from django.db.models import Count, F, Q

from huying.city import queries as city
from huying.events import log, signing
from huying.events.receipt_check import Wanted, check
from huying.kernel import moves, queries, rebuild, rules
from huying.kernel.models import Call, CallState, Cause, Incident, Look, Matter, MatterState, Promise, Task
from huying.people.actors import Actor, holder_actor

MODELS = {"task": Task, "matter": Matter, "call": Call}
SUBJECTS = MODELS | {"cause": Cause}  # what verbs are done to
QUEUED = (MatterState.RECEIVED, MatterState.ACCEPTED)
STEPS = {on: {(s, m.target or s) for m in moves.MOVES if m.on == on for s in m.sources} for on in ("matter", "task")}
FIRST = {"matter": MatterState.RECEIVED, "task": "given"}


def no_move_outside_the_table(told: rebuild.Told, facts: Iterable[log.Told]) -> None:
    """Apply the facts one by one: each changes states only as a row of the table says."""
    for row in facts:
        before = _states(told)
        rebuild.apply(told, row.name, row.fact)
        for subject, state in _states(told).items():
            old = before.get(subject)
            step = (old, state)
            fine = state == FIRST[subject[0]] if old is None else old == state or step in STEPS[subject[0]]
            assert fine, f"{row.name} took {subject} from {old} to {state}, which is no row of the table"


def _states(told: rebuild.Told) -> dict[tuple[str, int], str]:
    states = {("matter", pk): state for pk, state in told.matters.items()}
    return states | {("task", pk): line.state for pk, line in told.tasks.items()}


def the_log_rebuilds_the_tables() -> None:
    found = list(rebuild.differences())
    assert not found, found


def versions_have_no_gap() -> None:
    """The last version of every subject is its count of facts, in the log and in its table."""
    for on, model in (("matter", Matter), ("call", Call)):
        for pk, version in model._default_manager.values_list("pk", "version"):
            told = [row.version for row in log.history([f"{on}:{pk}"])]
            assert told == list(range(1, version + 1)), f"{on}:{pk} is at {version}, its facts are {told}"


def no_matter_without_a_bearer_a_place_in_the_queue_or_an_end(dispatcher: Actor) -> None:
    waiting = {row.matter_id for row in queries.dispatch_queue(dispatcher, 500) if row.task_id is None}
    for matter in Matter.objects.all():
        borne = list(Task.objects.filter(matter=matter, is_open=True))
        if matter.state in QUEUED:
            assert matter.pk in waiting and not borne, f"{matter} waits for nobody"
        elif matter.state == MatterState.WORKING:
            assert any(task.turn_id for task in borne), f"{matter} is worked by nobody"
        else:
            assert not borne, f"{matter} is {matter.state} and still borne by {[t.bearer.key for t in borne]}"
            assert matter.ended_at is not None, f"{matter} is {matter.state} without an end"


def open_tasks_are_open_in_every_column() -> None:
    ended = Q(state__in=["done", "cancelled"])
    wrong = Task.objects.filter(Q(ended, is_open=True) | Q(~ended, is_open=False) | Q(is_open=False, turn__isnull=False))
    assert list(wrong) == []


def no_promise_is_lost() -> None:
    """A running promise belongs to something alive, and every voice that waits has exactly one promise of an answer."""
    running = Promise.objects.filter(ended_at__isnull=True).exclude(what__in=["check", "objection", "settle"])
    assert list(running.filter(task__is_open=False)) == [], "a clock runs on a task that has ended"
    assert list(running.exclude(matter__state__in=moves.OPEN_MATTER)) == [], "a clock runs on a matter that has ended"
    assert list(running.exclude(call=None).exclude(call__matter=F("matter"))) == [], "a promise stayed behind its voice"
    clocks = Count("promises", filter=Q(promises__what="answer", promises__ended_at__isnull=True))
    wrong = Call.objects.annotate(clocks=clocks).exclude(Q(state=CallState.OPEN, clocks=1) | ~Q(state=CallState.OPEN))
    assert list(wrong.values_list("pk", "clocks")) == [], "a voice waits without a promise, or with two"
    assert not Call.objects.exclude(state=CallState.OPEN).annotate(clocks=clocks).filter(clocks__gt=0).exists()


def an_objection_is_owed_its_answer() -> None:
    """As long as one waits, exactly one promise of the auditor's answer runs for its call; none where none waits."""
    owed = Count("promises", filter=Q(promises__what="objection", promises__ended_at__isnull=True), distinct=True)
    waits = Count("objections", filter=Q(objections__answered_at__isnull=True), distinct=True)
    rows = Call.objects.annotate(owed=owed, waits=waits).values_list("pk", "owed", "waits")
    wrong = [(pk, owed, waits) for pk, owed, waits in rows if owed != min(waits, 1)]
    assert wrong == [], f"objections without their promise, or promises without an objection: {wrong}"


def nobody_opened_what_stays_closed() -> None:
    """No look at an anonymous call, none of the bearer's at a confidential one."""
    looks = Look.objects.exclude(call__openness="named").exclude(department__type="hotline", call__openness="confidential")
    assert list(looks) == []


def an_incident_runs_on_a_matter_at_work_and_owes_its_next_news() -> None:
    """And only an incident, or what was one, has a matter without a voice."""
    owed = Count("matter__promises", filter=Q(matter__promises__what="news", matter__promises__ended_at__isnull=True))
    for row in Incident.objects.annotate(owed=owed).select_related("matter"):
        runs = row.ended_at is None
        assert row.owed == (1 if runs else 0), f"{row} owes news {row.owed} times"
        assert not runs or row.matter.state in moves.OPEN_MATTER, f"{row} runs on a matter that is {row.matter.state}"
        assert not runs or row.matter.about_id is None, f"{row} tells everybody of what complains about a body"
    without = Matter.objects.filter(voices=0, state__in=moves.OPEN_MATTER)
    assert not without.exclude(incident__isnull=False, incident__ended_at__isnull=True).exists(), "a matter without a voice"


def may_equals_visible_to(actor: Actor) -> None:
    for on, model in MODELS.items():
        scope = rules.visible_to(actor, on)
        listed = set() if scope is None else set(model._default_manager.filter(scope).values_list("pk", flat=True))
        one_by_one = {row.pk for row in model._default_manager.all() if rules.may(actor, "see", row)}
        assert listed == one_by_one, f"{actor.name} sees {on} {listed} in the list and {one_by_one} one by one"


def nobody_bears_what_complains_about_it() -> None:
    for task in Task.objects.filter(is_open=True, matter__about__isnull=False).select_related("matter"):
        near = {task.bearer_id, task.turn_id} - {None}
        assert task.matter.about_id not in city.bodies_behind(near), f"{task} lies with the body it complains about"


def nothing_open_is_borne_by_a_closed_body() -> None:
    """Whatever was closed by today has been followed, and every open task has a day."""
    closed = [body.pk for body in city.closed()]
    near = Q(bearer__in=closed) | Q(turn__in=closed) | Q(giver__in=closed) | Q(due_at=None)
    assert list(Task.objects.filter(near, is_open=True)) == []


def every_voice_can_prove_it(call: Call) -> None:
    """Whatever became of its matter: the receipt still holds her promise, her words and only her own facts."""
    receipt = queries.receipt(holder_actor(call.pk), call.pk)
    findings = check(receipt.document, Wanted(signing.public_keys(), now=receipt.received_at))
    broken = [finding for finding in findings if not finding.kept and finding.what != "answer"]
    assert broken == [], f"{call}: {broken}"
    assert receipt.words == "kept"
