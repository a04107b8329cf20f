"""Lead and assist: several units on one matter, one answer, and nobody waits without somebody being late for it."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.kernel import actions, parts, queries, rebuild, rules, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Response, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story
from huying.people.actors import Actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
HOUSING, MARKET, STREET = "500106.housing", "500106.market-regulation", "500106001.street-office"
ASKED = "请查院内线路归谁管、什么时候改造。"
PART = "院内线路已经查过，产权在物业，下周改造。"
GROUND = "《物业管理条例》第五十一条：由专业单位管。"


@pytest.fixture
def helper(story: Story, actor: MakeActor) -> Actor:
    return actor("handler", story.city.department(HOUSING))


def asked(story: Story, unit: str = HOUSING, by: date | None = None) -> Task:
    """The bureau leads, has signed, and asks another unit."""
    story.until("signed")
    return actions.ask_assist(story.handler, story.task().pk, story.city.department(unit).pk, ASKED, by)


def contributed(story: Story, helper: Actor) -> Task:
    part = asked(story)
    actions.sign(helper, [part.pk])
    actions.answer(helper, part.pk, PART)
    return actions.submit(helper, part.pk)


def written(story: Story) -> Task:
    story.until("written")
    return story.task()


def state(task: Task) -> tuple[str, str | None]:
    task.refresh_from_db()
    return task.state, task.turn.key if task.turn else None


def due_of(task: Task) -> Promise:
    return Promise.objects.get(task=task, what="assist", ended_at=None)


def names(story: Story) -> list[str]:
    return [hop.name for hop in queries.call_page(story.she, story.call.pk).hops]


def test_the_lead_asks_another_unit_for_a_part_by_a_day(story: Story) -> None:
    part = asked(story)
    assert (part.role, part.state, part.asked, part.parent_id) == ("assist", "given", ASKED, None)
    assert set(Promise.objects.filter(task=part, ended_at=None).values_list("what", flat=True)) == {"sign", "assist"}
    assert part.giver is not None and part.giver.key == CENTRE  # in whose name the lead works
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert (last.name, last.bearer, last.note) == ("task.assist_asked", "沙坪坝区住房和城乡建设委员会", ASKED)


def test_the_part_is_due_by_the_day_that_was_named(story: Story) -> None:
    story.until("signed")
    days = [clock.today() + timedelta(days=n) for n in range(1, 8)]
    by = [day for day in days if day.weekday() < 5][2]
    row = due_of(asked(story, by=by))
    assert (row.budget, row.unit) == (3, "workdays")
    assert (row.due_at - timedelta(seconds=1)).astimezone(clock.CITY_TIME).date() == by


@pytest.mark.parametrize("days", [-1, 60])
def test_no_part_is_promised_for_yesterday_or_after_the_answer(story: Story, days: int) -> None:
    with pytest.raises(BadInput) as fault:
        asked(story, by=clock.today() + timedelta(days=days))
    assert set(fault.value.errors) == {"by"} and not parts.of(story.matter).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(hours=st.integers(1, 300), by=st.none() | st.integers(0, 14))
def test_a_part_is_never_promised_for_later_than_the_answer(story: Story, hours: int, by: int | None) -> None:
    start = clock.now()
    latest = start + timedelta(hours=hours)
    named = start.astimezone(clock.CITY_TIME).date() + timedelta(days=by) if by is not None else None
    row = Promise(what="assist", budget=2, unit="workdays", started_at=start)
    parts.fit(row, min(latest, parts.midnight(named.toordinal() + 1)) if named else latest)
    assert start < row.due_at <= latest and row.budget >= 1


def test_the_lead_reads_the_part_beside_its_reply_box_and_gives_the_one_answer(story: Story, helper: Actor) -> None:
    part = contributed(story, helper)
    assert state(part) == ("submitted", None)
    (beside,) = queries.matter_page(story.handler, story.matter.pk).parts
    assert beside.response is not None and beside.response.text == PART and "return" in beside.verbs
    actions.submit(story.handler, written(story).pk)
    assert state(part) == ("done", None) and Response.objects.get(task=part).state == "approved"
    actions.approve(story.centre, story.task().pk)
    assert story.call.response == Response.objects.get(task=story.task()) and story.matter.state == "answered"
    (helped,) = queries.call_page(story.she, story.call.pk).helped
    assert (helped.unit.key, helped.asked) == (HOUSING, ASKED)
    assert list(rebuild.differences()) == []


def test_her_answer_holds_no_word_of_the_part(story: Story, helper: Actor) -> None:
    contributed(story, helper)
    actions.submit(story.handler, written(story).pk)
    actions.approve(story.centre, story.task().pk)
    view = queries.call_page(story.she, story.call.pk)
    assert view.answer is not None and PART not in view.answer.text
    assert "task.submitted" in names(story) and PART not in "".join(hop.note for hop in view.hops)


def test_the_lead_does_not_answer_before_the_part_has_come(story: Story) -> None:
    part = asked(story)
    with pytest.raises(Refused) as refusal:
        actions.submit(story.handler, written(story).pk)
    assert refusal.value.code == "waits_for_assist" and "住房和城乡建设委员会" in str(refusal.value)
    assert (story.task().state, state(part)[0]) == ("signed", "given")


def test_the_lead_goes_on_without_it_and_everybody_reads_why(story: Story) -> None:
    part = asked(story)
    with pytest.raises(BadInput):
        actions.waive(story.handler, part.pk, " ")
    actions.waive(story.handler, part.pk, "物业已经直接说清了。")
    assert state(part) == ("cancelled", None)
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert (last.name, last.note) == ("task.waived", "物业已经直接说清了。")
    assert not Promise.objects.filter(task=part, ended_at=None).exists()
    actions.submit(story.handler, written(story).pk)
    assert list(rebuild.differences()) == []


def test_the_lead_returns_a_part_with_what_is_missing(story: Story, helper: Actor) -> None:
    part = contributed(story, helper)
    actions.return_(story.handler, part.pk, "少了改造的日子。")
    assert state(part) == ("returned", HOUSING) and due_of(part).due_at <= story.matter.due_at  # type: ignore[operator]
    assert "task.returned" in names(story)
    actions.answer(helper, part.pk, PART + "十二月三日动工。")
    actions.submit(helper, part.pk)
    actions.submit(story.handler, written(story).pk)
    assert state(part)[0] == "done" and list(rebuild.differences()) == []


def test_neither_the_centre_nor_the_helpers_own_head_reviews_a_part(story: Story, helper: Actor, actor: MakeActor) -> None:
    part = contributed(story, helper)
    own_head = actor("head", story.city.department(HOUSING))
    for who in (story.centre, story.centre_head, own_head, story.head):
        assert not rules.may(who, "approve", part)
    assert rules.may(story.head, "return", part) and not rules.may(own_head, "return", part)
    assert not rules.may(story.centre, "return", part)  # the centre has passed the matter down: it does not lead


def test_who_assists_sees_the_matter_and_a_stranger_does_not(story: Story, helper: Actor, actor: MakeActor) -> None:
    part = asked(story)
    assert queries.matter_page(helper, story.matter.pk).task == part
    with pytest.raises(NotThere):
        actions.waive(actor("head", story.city.department(MARKET)), part.pk, "不等了")
    with pytest.raises(Refused):
        actions.waive(helper, part.pk, "不等了")


def test_a_part_is_sent_back_to_who_stands_over_the_lead(story: Story, helper: Actor) -> None:
    part = asked(story)
    actions.send_back(helper, part.pk, GROUND)
    assert state(part) == ("sent_back", CENTRE)
    assert not rules.may(story.head, "adjudicate", part)  # nobody judges his own request
    actions.adjudicate(story.centre, part.pk, "院内线路改造归它管。")
    assert state(part) == ("given", HOUSING)
    with pytest.raises(Refused):
        actions.send_back(helper, part.pk, GROUND)


def test_a_part_whose_ground_holds_ends_and_the_lead_goes_on(story: Story, helper: Actor) -> None:
    part = asked(story)
    actions.send_back(helper, part.pk, GROUND)
    actions.release(story.centre, part.pk, "确实不归它管。")
    assert state(part) == ("cancelled", None) and story.matter.state == "working"
    actions.submit(story.handler, written(story).pk)
    assert list(rebuild.differences()) == []


def test_the_centre_names_who_assists_as_it_passes_the_matter_down(story: Story) -> None:
    story.until("dispatched")
    named = [story.city.department(key).pk for key in (HOUSING, HOUSING, MARKET, BUREAU)]
    actions.pass_down(story.centre, story.task("top").pk, named[3], "牵头", assists=named, asked=ASKED)
    assert [(row.bearer.key, row.giver.key, row.asked) for row in parts.of(story.matter)] == [  # type: ignore[union-attr]
        (HOUSING, CENTRE, ASKED),
        (MARKET, CENTRE, ASKED),
    ]


def test_what_the_desk_named_is_adjudicated_by_the_desk(story: Story, helper: Actor) -> None:
    bureau = story.city.department(BUREAU).pk
    actions.dispatch(story.dispatcher, story.matter.pk, bureau, "lamp", assists=[story.city.department(HOUSING).pk])
    (part,) = parts.of(story.matter)
    actions.send_back(helper, part.pk, GROUND)
    assert state(part) == ("sent_back", DESK)
    actions.transfer(story.dispatcher, part.pk, story.city.department(MARKET).pk, "归市场监管。")
    assert [(row.bearer.key, row.role) for row in parts.waiting(story.matter)] == [(MARKET, "assist")]


def test_a_part_that_was_passed_down_keeps_its_day_and_climbs_to_the_lead(story: Story, actor: MakeActor) -> None:
    part = asked(story, STREET)
    before = due_of(part)
    office = actor("head", story.city.department(STREET))
    child = actions.pass_down(office, part.pk, story.city.department(MARKET).pk, "请市场所看")
    assert (child.role, due_of(child).due_at, child.asked) == ("assist", before.due_at, ASKED)
    worker = actor("handler", story.city.department(MARKET))
    actions.sign(worker, [child.pk])
    actions.answer(worker, child.pk, PART)
    actions.submit(worker, child.pk)
    actions.approve(office, child.pk)
    assert state(part) == ("submitted", None)
    actions.submit(story.handler, written(story).pk)
    assert state(part)[0] == "done" and Response.objects.get(task=child).state == "approved"
    assert list(rebuild.differences()) == []


def test_nobody_is_asked_twice_and_the_lead_not_by_itself(story: Story) -> None:
    asked(story)
    for unit in (HOUSING, BUREAU, CENTRE):
        with pytest.raises(Refused) as refusal:
            asked(story, unit)
        assert refusal.value.code == "at_work"
    with pytest.raises(BadInput):
        actions.ask_assist(story.handler, story.task().pk, story.city.department(MARKET).pk, "查")


def test_who_assists_leaves_clock_and_caller_to_the_lead(story: Story, helper: Actor, actor: MakeActor) -> None:
    part = asked(story)
    actions.sign(helper, [part.pk])
    head = actor("head", story.city.department(HOUSING))
    acts = (
        lambda: actions.pause(head, part.pk, "outside", "等材料"),
        lambda: actions.supplement(helper, part.pk, "请补编号"),
        lambda: actions.ask_extension(helper, part.pk, 1, "要去外地调货"),
        lambda: actions.ask_assist(helper, part.pk, story.city.department(MARKET).pk, ASKED),
    )
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "lead_only"
    offered = queries.matter_page(head, story.matter.pk).verbs
    assert not {"pause", "supplement", "ask_extension", "ask_assist"} & set(offered)


def test_who_assisted_and_leads_from_here_assists_no_more(story: Story) -> None:
    part = asked(story)
    actions.transfer(story.centre, story.task().pk, story.city.department(HOUSING).pk, "归住建委。")
    assert state(part)[0] == "cancelled" and list(rebuild.differences()) == []
    leading = parts.leading(story.matter)
    assert leading is not None and leading.bearer.key == HOUSING


def test_who_leads_next_finds_what_was_contributed(story: Story, helper: Actor, actor: MakeActor) -> None:
    part = contributed(story, helper)
    new = actions.transfer(story.centre, story.task().pk, story.city.department(MARKET).pk, "归市场监管。")
    lead = actor("head", story.city.department(MARKET))
    actions.sign(lead, [new.pk])
    assert [beside.task for beside in queries.matter_page(lead, story.matter.pk).parts] == [part]
    assert rules.may(lead, "return", part) and not rules.may(story.head, "return", part)


def test_a_withdrawn_call_ends_the_parts(story: Story) -> None:
    part = asked(story)
    actions.withdraw(story.she, story.call.pk)
    assert state(part) == ("cancelled", None) and list(rebuild.differences()) == []


def test_somebody_is_late_for_a_part_that_does_not_come(story: Story, helper: Actor) -> None:
    part = asked(story)
    actions.sign(helper, [part.pk])
    clock.set_offset(timedelta(days=9))
    timers.sweep_dry()
    told = [(hop.name, hop.bearer) for hop in queries.call_page(story.she, story.call.pk).hops if _about_part(hop)]
    assert told == [
        (f"promise.{step}", "沙坪坝区住房和城乡建设委员会") for step in ("broken", "reminded", "supervised", "raised")
    ]
    lead, late = queries.call_page(story.she, story.call.pk).at_work
    assert (lead.role, late.role, late.late) == ("lead", "assist", True)


def _about_part(hop: queries.Hop) -> bool:
    return hop.name.startswith("promise.") and hop.detail.get("what") == "assist"


def test_she_reads_who_waits_for_whom(story: Story, helper: Actor) -> None:
    part = asked(story)
    rows = queries.call_page(story.she, story.call.pk).at_work
    assert [(row.bearer.key, row.role, row.state) for row in rows] == [
        (BUREAU, "lead", "signed"),
        (HOUSING, "assist", "given"),
    ]
    assert queries.call_page(story.she, story.call.pk).bearer == story.city.department(BUREAU)
    actions.send_back(helper, part.pk, GROUND)
    assert queries.call_page(story.she, story.call.pk).at_work[1].holder.key == CENTRE
