"""Every minute of a matter is charged to one unit: to who held it, and of a quarrel to who caused it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.events import log
from huying.hub.fold import Book, fold
from huying.hub.models import Held
from huying.kernel import actions, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.intake import NewCall
from huying.kernel.models import Matter, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call, story
from huying.people.actors import Actor
from tests.people import MakeActor
from tests.tries import tries

__all__ = ["story"]
pytestmark = pytest.mark.django_db(transaction=True)
OTHER, HOUSING = "500103.governance-centre", "500106.housing"
GROUND, WHY = "《照明规定》第五条，由产权人管。", "按勘界图看，先修好。"
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
AT_WORK = {"received", "accepted", "working"}
Charged = list[tuple[str, str, float]]


def held(matter: int) -> list[Held]:
    """Who held the matter, from the log alone."""
    book = Book()
    for told in log.everything():
        fold(book, told)
    return book.held.get(matter, [])


def charged(story: Story) -> Charged:
    """Each span as (unit, stage, hours); the open one until now."""
    rows = held(story.matter.pk)
    return [(r.bearer, r.stage, round(((r.ended_at or clock.now()) - r.began_at) / timedelta(hours=1), 2)) for r in rows]


@pytest.fixture
def hours() -> Iterator["Hours"]:
    """The clock of a Monday morning, to be moved on."""
    yield Hours()
    clock.set_offset(timedelta())


class Hours:
    """Goes on from the moment at which it was made."""

    def __init__(self) -> None:
        self.start = datetime.now(UTC)

    def at(self, hour: float) -> None:
        clock.set_offset(self.start + timedelta(hours=hour) - datetime.now(UTC))


def test_a_ground_that_fails_charges_the_quarrel_to_who_sent_it_back(story: Story, hours: Hours) -> None:
    story.until("passed")
    hours.at(2)
    actions.send_back(story.handler, story.task().pk, GROUND)
    hours.at(5)
    actions.adjudicate(story.centre, story.task().pk, WHY)
    hours.at(6)
    assert charged(story)[-3:] == [(BUREAU, "sign", 2), (BUREAU, "dispute", 3), (BUREAU, "sign", 1)]


def test_a_ground_that_holds_charges_the_whole_round_to_who_gave_it_wrongly(story: Story, hours: Hours) -> None:
    story.until("passed")
    hours.at(2)
    actions.send_back(story.handler, story.task().pk, GROUND)
    hours.at(5)
    actions.release(story.centre, story.task().pk, WHY)
    hours.at(6)
    assert charged(story)[-3:] == [(CENTRE, "dispute", 2), (CENTRE, "dispute", 3), (CENTRE, "dispatch", 1)]


def test_beyond_its_promise_to_sign_the_time_is_its_own_however_right_it_was(story: Story, hours: Hours) -> None:
    story.until("passed")
    hours.at(7)  # four were promised
    actions.send_back(story.handler, story.task().pk, GROUND)
    hours.at(8)
    actions.release(story.centre, story.task().pk, WHY)
    assert [(b, s, round(h)) for b, s, h in charged(story)[-4:-1]] == [
        (CENTRE, "dispute", 4),
        (BUREAU, "overdue", 3),
        (CENTRE, "dispute", 1),
    ]


def both_sent_it_back(story: Story, hours: Hours, other: Actor) -> Task:
    """沙坪坝 from 0 to 1, judged until 3; 渝中 until 4, judged until 6."""
    story.until("dispatched")
    hours.at(1)
    first = actions.send_back(story.centre, story.task("top").pk, GROUND)
    hours.at(3)
    second = actions.transfer(story.dispatcher, first.pk, story.city.department(OTHER).pk, "请渝中区看。")
    hours.at(4)
    task = actions.send_back(other, second.pk, GROUND)
    hours.at(6)
    return actions.interim(story.dispatcher, task.pk, story.city.department(OTHER).pk, WHY)


@pytest.mark.parametrize("responsible", [CENTRE, OTHER])
def test_a_quarrel_of_two_districts_is_charged_to_the_one_found_responsible(
    story: Story, hours: Hours, actor: MakeActor, responsible: str
) -> None:
    both_sent_it_back(story, hours, actor("dispatcher", story.city.department(OTHER)))
    hours.at(8)
    actions.settle_boundary(story.dispatcher, story.matter.pk, story.city.department(responsible).pk, "菜市场门口", WHY)
    quarrel = [(b, h) for b, s, h in charged(story) if s == "dispute"]
    assert {b for b, _ in quarrel} == {responsible} and sum(h for _, h in quarrel) >= 5
    assert charged(story)[-1] == (OTHER, "sign", 2)  # who was told works meanwhile: that time is his own


def test_a_quarrel_over_what_is_a_third_units_is_charged_to_who_gave_it_wrongly(
    story: Story, hours: Hours, actor: MakeActor
) -> None:
    both_sent_it_back(story, hours, actor("dispatcher", story.city.department(OTHER)))
    third = story.city.department("city.urban-management").pk
    actions.settle_boundary(story.dispatcher, story.matter.pk, third, "菜市场门口", WHY)
    assert sum(h for b, s, h in charged(story) if s == "dispute" and b == "") == 6


def test_while_a_part_is_late_the_time_is_that_of_who_is_late(story: Story, actor: MakeActor) -> None:
    helper = actor("handler", story.city.department(HOUSING))
    with clock.showing(MONDAY):
        story.until("contacted")
        part = actions.ask_assist(story.handler, story.task().pk, story.city.department(HOUSING).pk, "请查院内线路")
        actions.sign(helper, [part.pk])
    with clock.showing(MONDAY + timedelta(hours=80)):
        timers.sweep_dry()
        actions.answer(helper, part.pk, "院内线路查过了，下周改造。")
        actions.submit(helper, part.pk)
    with clock.showing(MONDAY + timedelta(hours=82)):
        told = [(b, s, h) for b, s, h in charged(story) if h > 0.5][-3:]
    # due at the end of Wednesday: 63 hours after Monday's nine o'clock
    assert [(b, s) for b, s, _ in told] == [(BUREAU, "work"), (HOUSING, "assist"), (BUREAU, "work")]
    assert told[1][2] == 17 and told[2][2] == 2


def test_a_part_sent_back_leaves_the_time_with_the_lead(story: Story, hours: Hours, actor: MakeActor) -> None:
    story.until("signed")
    part = actions.ask_assist(story.handler, story.task().pk, story.city.department(HOUSING).pk, "请查院内线路")
    hours.at(2)
    actions.send_back(actor("handler", story.city.department(HOUSING)), part.pk, GROUND)
    hours.at(3)
    actions.adjudicate(story.centre, part.pk, WHY)
    hours.at(4)
    assert charged(story)[-1] == (BUREAU, "work", 4)


# --- Whatever happens -------------------------------------------------------------------------------------------------

VERBS = (
    *("dispatch", "pass_down", "sign", "send_back", "send_back", "adjudicate", "release", "transfer", "recall", "interim"),
    *("settle_boundary", "ask_assist", "waive", "answer", "submit", "submit", "return", "approve", "approve", "pause"),
    *("resume", "rate", "withdraw", "sweep", "sweep"),
)


@settings(
    max_examples=tries(40), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate]
)
@given(script=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 40), st.integers(0, 9)), min_size=8, max_size=30))
def test_all_charged_time_of_a_matter_is_its_whole_time_without_gap_or_overlap(
    story: Story, actor: MakeActor, script: list[tuple[str, int, int]]
) -> None:
    people = _people(story, actor)
    with transaction.atomic():
        at = MONDAY
        with clock.showing(at):
            story.opened = actions.open_calls(story.she, [_call(story)])[0]
        for verb, later, pick in script:
            at += timedelta(hours=later, minutes=1)
            with clock.showing(at):
                _try(story, people, verb, pick)
        with clock.showing(at + timedelta(hours=1)):
            _whole(story.opened.matter_id)
        transaction.set_rollback(True)


def _people(story: Story, actor: MakeActor) -> list[Actor]:
    if "people" not in story.__dict__:  # made once for all scripts
        posts = [("handler", HOUSING), ("head", HOUSING), ("dispatcher", OTHER), ("head", OTHER)]
        more = [actor(role, story.city.department(key)) for role, key in posts]
        story.__dict__["people"] = [story.dispatcher, story.centre, story.centre_head, story.handler, story.head, *more]
    return list(story.__dict__["people"])


def _call(story: Story) -> NewCall:
    return new_call(caller=story.caller)


def _try(story: Story, people: list[Actor], verb: str, pick: int) -> None:
    """The verb by whoever may, on whatever task there is; refused is fine."""
    if verb == "sweep":
        timers.sweep_dry()
        return
    tasks = list(Task.objects.filter(matter=story.opened.matter_id, is_open=True).order_by("-id")) or [None]
    for who in [*people, story.she]:
        try:
            with transaction.atomic():
                _act(story, who, verb, tasks[pick % len(tasks)], pick)
            return
        except (Refused, NotThere, BadInput):
            continue


def _act(story: Story, who: Actor, verb: str, task: Task | None, pick: int) -> object:
    units = [story.city.department(key).pk for key in (CENTRE, OTHER, BUREAU, HOUSING)]
    unit, matter = units[pick % 4], story.opened.matter_id
    if verb in ("rate", "withdraw"):
        return (
            actions.rate(who, story.call.pk, bool(pick % 3 == 0), None)
            if verb == "rate"
            else actions.withdraw(who, story.call.pk)
        )
    if verb == "dispatch":
        return actions.dispatch(who, matter, unit, "lamp", assists=units[3:] if pick % 2 else ())
    if verb == "settle_boundary":
        return actions.settle_boundary(who, matter, unit, "菜市场门口", WHY)
    if task is None:
        raise NotThere
    known = {
        "pass_down": lambda: actions.pass_down(who, task.pk, unit),
        "sign": lambda: actions.sign(who, [task.pk]),
        "send_back": lambda: actions.send_back(who, task.pk, GROUND),
        "adjudicate": lambda: actions.adjudicate(who, task.pk, WHY),
        "release": lambda: actions.release(who, task.pk, WHY),
        "transfer": lambda: actions.transfer(who, task.pk, unit, WHY),
        "recall": lambda: actions.recall(who, task.pk, WHY),
        "interim": lambda: actions.interim(who, task.pk, unit, WHY),
        "ask_assist": lambda: actions.ask_assist(who, task.pk, unit, "请查院内线路"),
        "waive": lambda: actions.waive(who, task.pk, WHY),
        "answer": lambda: actions.answer(who, task.pk, "今晚换了两盏灯，已经亮了。"),
        "submit": lambda: (actions.answer(who, task.pk, "今晚换了两盏灯，已经亮了。"), actions.submit(who, task.pk)),
        "return": lambda: actions.return_(who, task.pk, "少了日期"),
        "approve": lambda: actions.approve(who, task.pk),
        "pause": lambda: actions.pause(who, task.pk, "outside", WHY),
        "resume": lambda: actions.resume(who, task.pk),
    }
    return known[verb]()


def _whole(matter: int) -> None:
    """The spans lie end to end while the matter is at work, and nowhere else."""
    now, rows = clock.now(), held(matter)
    assert rows, "nobody was ever charged"
    at_work = _at_work(matter, now)
    spent = sum(((row.ended_at or now) - row.began_at for row in rows), timedelta())
    assert spent == sum((end - begin for begin, end in at_work), timedelta())
    begins = {begin for begin, _ in at_work}
    for before, row in zip([None, *rows], rows, strict=False):
        assert row.began_at <= (row.ended_at or now)
        assert row.began_at in begins or (before is not None and row.began_at == before.ended_at)
        assert before is None or (before.ended_at is not None and before.ended_at <= row.began_at)
    assert (rows[-1].ended_at is None) == (Matter.objects.get(pk=matter).state in AT_WORK)


def _at_work(matter: int, now: datetime) -> list[tuple[datetime, datetime]]:
    """The spans in which the matter waited for somebody, by its own facts alone."""
    spans: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for row in log.history([f"matter:{matter}"]):
        if row.name in ("matter.opened", "matter.reopened") and since is None:
            since = row.at
        elif row.name in ("matter.answered", "matter.withdrawn", "matter.settled") and since is not None:
            spans.append((since, row.at))
            since = None
    return [*spans, (since, now)] if since is not None else spans
