"""The timer: what is late breaks, escalates and falls silent, whenever the timer comes by."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from huying.base import clock
from huying.city import loaded
from huying.city import queries as city
from huying.city.models import Day, PackState, Setting
from huying.events import log
from huying.kernel import actions, overdue, queries, timers
from huying.kernel.models import Call, Pause, Promise
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in the city


def told(story: Story, *names: str) -> list[Any]:
    """The facts of these names about her matter and call, oldest first."""
    facts = log.history([f"matter:{story.matter.pk}", f"call:{story.call.pk}"])
    return [row.fact for row in facts if not names or row.name in names]


def later(story: Story, by: timedelta) -> None:
    """The clock goes forward from the moment the call was made."""
    clock.set_offset(story.matter.opened_at + by - datetime.now(UTC))


def test_a_promise_that_is_due_breaks_once(story: Story) -> None:
    story.until("dispatched")
    later(story, timedelta(hours=5))
    timers.sweep_dry()
    timers.sweep_dry()
    broken = told(story, "promise.broken")
    assert [(b.what, b.bearer) for b in broken] == [("sign", CENTRE)]
    row = Promise.objects.get(what="sign")
    assert row.broken_at == row.due_at and broken[0].due == int(row.due_at.timestamp())


def test_a_promise_that_is_not_due_stays_whole(story: Story) -> None:
    story.until("dispatched")
    later(story, timedelta(hours=3))
    assert timers.sweep() == 0


def test_what_stays_undone_is_reminded_supervised_and_raised(story: Story) -> None:
    story.until("passed")
    later(story, timedelta(hours=9))
    timers.sweep_dry()
    steps = told(story, "promise.reminded", "promise.supervised", "promise.raised")
    assert [(type(s).__name__, s.to) for s in steps] == [
        ("PromiseReminded", BUREAU),
        ("PromiseSupervised", CENTRE),
        ("PromiseRaised", DESK),
    ]
    assert [(s.step_at - s.due) // 3600 for s in steps] == [0, 1, 2]
    assert Promise.objects.get(what="sign", ended_at=None).spent_at is not None


def test_steps_wait_as_long_as_the_pack_says(story: Story) -> None:
    Setting.objects.bulk_create([Setting(key="late.remind", value=3), Setting(key="late.supervise", value=1)])
    city.reset()
    story.until("dispatched")
    later(story, timedelta(hours=4, minutes=1))
    timers.sweep_dry()
    assert not told(story, "promise.reminded")
    later(story, timedelta(hours=7, minutes=1))
    timers.sweep_dry()
    # a step never overtakes the one before it
    assert [(s.step_at - s.due) // 3600 for s in told(story, "promise.reminded", "promise.supervised", "promise.raised")] == [
        3,
        3,
        3,
    ]


def test_working_days_escalate_by_working_days(story: Story) -> None:
    row = Promise.objects.get(what="answer")
    later(story, timedelta(days=30))
    timers.sweep_dry()
    (raised,) = [s for s in told(story, "promise.raised") if s.what == "answer"]
    days = [row.due_at.astimezone(clock.CITY_TIME).date() + timedelta(days=n) for n in range(7)]
    second = [day for day in days if day.weekday() < 5][1]
    assert datetime.fromtimestamp(raised.step_at, clock.CITY_TIME).date() == second + timedelta(days=1)


def test_a_promise_kept_late_is_told_as_broken_first(story: Story) -> None:
    story.until("passed")
    later(story, timedelta(hours=4, minutes=30))
    actions.sign(story.handler, [story.task().pk])
    names = [type(f).__name__ for f in told(story)]
    assert names.index("PromiseBroken") < names.index("TaskSigned") < names.index("PromiseMet", names.index("TaskSigned"))
    later(story, timedelta(hours=12))
    timers.sweep_dry()
    assert not [s for s in told(story, "promise.supervised") if s.what == "sign"]


def test_a_clock_that_stands_still_does_not_break(story: Story) -> None:
    story.until("dispatched")
    row = Promise.objects.get(what="sign")
    pause = Pause.objects.create(promise=row, reason="等来电人补充", by="officer:1", from_at=row.started_at)
    later(story, timedelta(hours=6))
    assert not timers.sweep()
    pause.to_at = row.due_at
    pause.save()
    assert timers.sweep()


def _play(story: Story, hours: list[int], sweep: Callable[[], object]) -> list[Any]:
    """The same three days from one moment, with a sweep at these hours: who signs late, answers, and is never rated."""
    at = MONDAY

    def go(to: float) -> None:
        nonlocal at
        for hour in hours:
            moment = MONDAY + timedelta(hours=hour)
            if at < moment <= MONDAY + timedelta(hours=to):
                with clock.showing(moment):
                    sweep()
        at = MONDAY + timedelta(hours=to)

    def act(to: float, last: str) -> None:
        go(to)
        with clock.showing(at):
            story.until(last)

    with clock.showing(MONDAY):
        story.opened = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
        story.done.clear()
        story.until("dispatched")
    act(5.5, "passed")
    act(16, "signed")
    act(40, "contacted")
    act(50, "answered")
    go(24 * 12)
    with clock.showing(at):
        timers.sweep_dry()
    return [_timeless(story, row) for row in told(story)]


def _timeless(story: Story, fact: msgspec.Struct) -> tuple[str, dict[str, Any]]:
    """A fact without the ids of this one run; its moments to the minute, because two runs are not one."""
    body = msgspec.structs.asdict(fact)
    body.pop("content", None)  # a commitment, under a salt of its own each time
    for name in ("call", "matter", "task", "child", "parent", "lead", "response"):
        if body.get(name) is not None:
            body[name] = name
    return type(fact).__name__, {k: v // 60 if k in ("due", "step_at") else v for k, v in body.items()}


def test_a_timer_that_stood_still_tells_the_same_facts_in_the_same_order(story: Story) -> None:
    awake = _play(story, list(range(1, 24 * 12)), timers.sweep_dry)
    stopped = _play(story, [24 * 12], timers.sweep_dry)
    assert awake == stopped
    names = [name for name, _ in awake]
    assert (
        names.count("PromiseBroken") >= 3
        and "PromiseRaised" in names
        and names[-3:]
        == [
            "CallSilent",
            "CallClosed",
            "MatterClosed",
        ]
    ) or "CallSilent" in names


def _play_parts(story: Story, actor: MakeActor, hours: list[int]) -> list[Any]:
    """A lead who asks for a part that comes late, a quarrel that is settled late: with a sweep at these hours."""
    at = MONDAY
    helper = actor("handler", story.city.department("500106.housing"))

    def go(to: int) -> None:
        nonlocal at
        for hour in hours:
            if at < MONDAY + timedelta(hours=hour) <= MONDAY + timedelta(hours=to):
                with clock.showing(MONDAY + timedelta(hours=hour)):
                    timers.sweep_dry()
        at = MONDAY + timedelta(hours=to)

    with clock.showing(MONDAY):
        story.opened = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
        story.done.clear()
        story.until("dispatched")
        task = actions.send_back(story.centre, story.task("top").pk, "《照明规定》第五条，由产权人管。")
    go(30)
    with clock.showing(at):
        story.top = actions.interim(story.dispatcher, task.pk, task.bearer_id, "先办着")
        story.done.append("dispatched")
        story.until("contacted")
        part = actions.ask_assist(story.handler, story.task().pk, helper.posts[0].department_id, "请查院内线路")
    go(24 * 9)
    with clock.showing(at):
        actions.sign(helper, [part.pk])
        actions.answer(helper, part.pk, "院内线路查过了，下周改造。")
        actions.submit(helper, part.pk)
        story.until("answered")
    go(24 * 20)
    with clock.showing(at):
        timers.sweep_dry()
    return [_timeless(story, row) for row in told(story)]


def test_parts_and_quarrels_tell_the_same_facts_whenever_the_timer_comes_by(story: Story, actor: MakeActor) -> None:
    awake = _play_parts(story, actor, list(range(1, 24 * 20)))
    assert awake == _play_parts(story, actor, [24 * 20])
    raised = {fact["what"] for name, fact in awake if name == "PromiseRaised"}
    assert {"sign", "assist", "settle"} <= raised


# each clock: what is done until it runs, whose turn it is then
CLOCKS = {
    "sign": ("passed", BUREAU),
    "contact": ("signed", BUREAU),
    "adjudicate": ("sent back", CENTRE),
    "answer": ("contacted", BUREAU),
    "approve": ("submitted", CENTRE),
    "assist": ("asked", "500106.housing"),
    "settle": ("interim", DESK),
}


def _until(story: Story, point: str) -> None:
    ground = "《照明规定》第五条，由产权人管。"
    if point == "sent back":
        actions.send_back(story.handler, story.until("passed").task().pk, ground)
    elif point == "asked":
        to = story.city.department("500106.housing").pk
        actions.ask_assist(story.handler, story.until("signed").task().pk, to, "请查院内线路")
    elif point == "interim":
        task = actions.send_back(story.centre, story.until("dispatched").task("top").pk, ground)
        actions.interim(story.dispatcher, task.pk, task.bearer_id, "先办着")
    else:
        story.until(point)


@pytest.mark.parametrize("what", CLOCKS)
def test_every_clock_escalates_by_itself_and_she_reads_whose_turn_it_was(story: Story, what: str) -> None:
    point, turn = CLOCKS[what]
    _until(story, point)
    later(story, timedelta(days=25))
    timers.sweep_dry()
    hops = [hop for hop in queries.call_page(story.she, story.call.pk).hops if hop.name.startswith("promise.")]
    steps = [hop for hop in hops if hop.detail.get("what") == what and hop.detail["bearer"] == turn]
    assert [hop.name for hop in steps] == [f"promise.{step}" for step in ("broken", "reminded", "supervised", "raised")]
    assert {hop.bearer for hop in steps} == {story.city.department(turn).name}
    assert [hop.detail.get("to") for hop in steps[1:]] == [turn, DESK if turn in (CENTRE, DESK) else CENTRE, DESK]


def test_a_caller_who_stays_silent_is_closed_as_silent(story: Story) -> None:
    story.until("answered")
    answered = story.call.answered_at
    assert answered
    clock.set_offset(timedelta(days=5))
    assert timers.sweep_dry() == 0
    clock.set_offset(timedelta(days=7))
    timers.sweep_dry()
    last = answered.astimezone(clock.CITY_TIME).date() + timedelta(days=6)
    (silent,) = told(story, "call.silent")
    assert datetime.fromtimestamp(silent.due, clock.CITY_TIME) == datetime(
        last.year, last.month, last.day, tzinfo=clock.CITY_TIME
    )
    assert [c.how for c in told(story, "call.closed")] == ["silent"]
    assert (story.call.state, story.call.solved, story.matter.state) == ("closed", None, "closed")
    assert story.call.closed_at == overdue.silent_at(story.call)


def test_who_speaks_in_time_is_not_silent(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    clock.set_offset(timedelta(days=9))
    timers.sweep_dry()
    assert not told(story, "call.silent") and story.call.solved


def test_provisional_dates_move_when_their_year_is_published(story: Story) -> None:
    row = Promise.objects.get(what="answer")
    actions.open_calls(story.she, [new_call(caller=story.caller)])
    firm = dict(Promise.objects.exclude(pk=row.pk).values_list("pk", "due_at"))
    Promise.objects.filter(pk=row.pk).update(provisional=True, calendar_version="of another day")
    before = row.due_at
    Day.objects.filter(date__gte=clock.today(), date__lte=clock.today() + timedelta(days=6)).update(working=False)
    PackState.objects.update(digest="another")
    loaded.forget()
    assert timers.recompute() == 1
    row.refresh_from_db()
    assert row.due_at > before and not row.provisional and story.matter.due_at == row.due_at
    (moved,) = told(story, "promise.recomputed")
    assert (moved.before, moved.due) == (int(before.timestamp()), int(row.due_at.timestamp()))
    assert {pk: due for pk, due in Promise.objects.values_list("pk", "due_at") if pk in firm} == firm
    assert timers.recompute() == 0


def test_a_promise_in_hours_knows_no_calendar_and_is_left_alone(story: Story) -> None:
    story.until("dispatched")
    Promise.objects.filter(what="sign").update(provisional=True)
    assert timers.recompute() == 0


def test_the_sweep_walks_one_index(story: Story) -> None:
    from django.db import connection  # only this test looks at the plan

    plan = overdue.watched(clock.now())[:100].explain()
    assert "promises_to_watch" in plan or connection.vendor != "sqlite"


def test_small_batches_leave_nothing_out(story: Story) -> None:
    many = [new_call(caller=story.caller) for _ in range(7)]
    actions.open_calls(story.she, many)
    clock.set_offset(timedelta(days=40))
    total = 0
    while done := timers.sweep(limit=2):
        total += done
    assert Call.objects.count() == 8 and total == 8 * 4


def test_the_caller_sees_each_step_at_its_own_moment(story: Story) -> None:
    story.until("passed")
    row = Promise.objects.get(what="sign", ended_at=None)
    later(story, timedelta(hours=30))
    timers.sweep_dry()
    page = queries.call_page(story.she, story.call.pk)
    sign = [hop for hop in page.hops if hop.detail.get("what") == "sign" and hop.name.startswith("promise.")]
    assert [(hop.name, round((hop.at - row.due_at) / timedelta(hours=1))) for hop in sign] == [
        ("promise.broken", 0),
        ("promise.reminded", 0),
        ("promise.supervised", 1),
        ("promise.raised", 2),
    ]
