"""A lamp on the line between two districts: both send it back, somebody works at once, and the place is settled for good."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, dispatch, parts, queries, rebuild, rules, timers
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Boundary, Promise, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call
from huying.people.actors import Actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = "500103.governance-centre"
PLACE = "渝碚路菜市场门口"
GROUND = "《城市照明管理规定》第五条：灯杆在那边，不归本区。"
WHY, RULING = "天黑看不见，先修好再说。", "按两区勘界图，灯杆在沙坪坝一侧。"


@pytest.fixture
def other(story: Story, actor: MakeActor) -> Actor:
    return actor("dispatcher", story.city.department(OTHER))


def pk(story: Story, key: str) -> int:
    return story.city.department(key).pk


def both_sent_it_back(story: Story, other: Actor) -> Task:
    """沙坪坝 sends it back, the desk gives it to 渝中, 渝中 sends it back."""
    story.until("dispatched")
    first = actions.send_back(story.centre, story.task("top").pk, GROUND)
    second = actions.transfer(story.dispatcher, first.pk, pk(story, OTHER), "请渝中区看。")
    return actions.send_back(other, second.pk, GROUND)


def test_whoever_is_told_works_now_and_sends_nothing_back(story: Story, other: Actor) -> None:
    task = actions.interim(story.dispatcher, both_sent_it_back(story, other).pk, pk(story, OTHER), WHY)
    assert (task.state, task.turn.key, task.adjudicated) == ("given", OTHER, True)  # type: ignore[union-attr]
    with pytest.raises(Refused):
        actions.send_back(other, task.pk, GROUND)
    row = Boundary.objects.get(matter=story.matter)
    assert (row.interim, row.bearer, {row.area.key, row.other.key}) == (  # type: ignore[union-attr]
        story.city.department(OTHER),
        None,
        {"500106", "500103"},
    )
    assert Promise.objects.filter(matter=story.matter, what="settle", ended_at=None).count() == 1
    assert list(rebuild.differences()) == []


def test_another_may_be_told_to_work_meanwhile(story: Story, other: Actor) -> None:
    task = actions.interim(story.dispatcher, both_sent_it_back(story, other).pk, pk(story, "city.urban-management"), WHY)
    assert task.bearer.key == "city.urban-management" and task.adjudicated
    leading = parts.leading(story.matter)
    assert leading is not None and leading.pk == task.pk and list(rebuild.differences()) == []


def test_who_sent_it_back_once_does_not_send_it_back_again(story: Story, other: Actor) -> None:
    task = both_sent_it_back(story, other)
    again = actions.transfer(story.dispatcher, task.pk, pk(story, CENTRE), RULING)
    with pytest.raises(Refused) as refusal:
        actions.send_back(story.centre, again.pk, GROUND)
    assert refusal.value.code == "adjudicated"


def test_she_reads_every_hop_of_the_quarrel(story: Story, other: Actor) -> None:
    actions.interim(story.dispatcher, both_sent_it_back(story, other).pk, pk(story, OTHER), WHY)
    actions.settle_boundary(story.dispatcher, story.matter.pk, pk(story, CENTRE), PLACE, RULING)
    told = [(hop.name, hop.note) for hop in queries.call_page(story.she, story.call.pk).hops[3:]]
    assert told == [
        ("task.sent_back", GROUND),
        ("task.transferred", "请渝中区看。"),
        ("task.given", ""),
        ("task.sent_back", GROUND),
        ("task.interim", WHY),
        ("matter.boundary_settled", RULING),
    ]


def test_what_was_settled_is_suggested_for_the_same_place_and_duty(story: Story, other: Actor) -> None:
    text = f"{PLACE}的路灯不亮，晚上看不见路。"
    area = story.city.area("500103001")
    before = dispatch.suggest(text, area)[0]
    assert before.via_name == "渝中区社会治理中心" and before.settled is None
    both_sent_it_back(story, other)
    actions.settle_boundary(story.dispatcher, story.matter.pk, pk(story, CENTRE), PLACE, RULING)
    after = dispatch.suggest(text, area)[0]
    assert (after.duty_key, after.via_id, after.bearer_id) == ("lamp", pk(story, CENTRE), pk(story, BUREAU))
    assert after.settled is not None and (after.settled.place, after.settled.ground) == (PLACE, RULING)
    elsewhere = dispatch.suggest("七星岗的路灯不亮，晚上看不见路。", area)[0]
    assert elsewhere.settled is None and elsewhere.via_name == "渝中区社会治理中心"
    another = dispatch.suggest(f"{PLACE}夜市烧烤摆摊占道。", area)[0]
    assert another.settled is None


def test_a_place_of_the_same_name_in_a_third_district_is_not_that_place(story: Story, other: Actor) -> None:
    both_sent_it_back(story, other)
    row = actions.settle_boundary(story.dispatcher, story.matter.pk, pk(story, CENTRE), PLACE, RULING)
    Boundary.objects.filter(pk=row.pk).update(area=story.city.area("500106"), other=None)
    assert dispatch.suggest(f"{PLACE}的路灯不亮。", story.city.area("500103001"))[0].settled is None


def test_a_settled_bureau_is_reached_through_its_centre(story: Story, other: Actor) -> None:
    both_sent_it_back(story, other)
    actions.settle_boundary(story.dispatcher, story.matter.pk, pk(story, BUREAU), PLACE, RULING)
    found = dispatch.suggest(f"{PLACE}的路灯不亮。", story.city.area("500103001"))[0]
    assert (found.bearer_id, found.via_id) == (pk(story, BUREAU), pk(story, CENTRE))


def test_the_work_at_hand_goes_on_and_it_may_be_settled_after_the_answer(story: Story, other: Actor, actor: MakeActor) -> None:
    task = actions.interim(story.dispatcher, both_sent_it_back(story, other).pk, pk(story, OTHER), WHY)
    answered(story, task, actor)
    assert story.matter.state == "answered"
    assert queries.ledger(story.dispatcher)[0][0].interim == story.city.department(OTHER)
    actions.settle_boundary(story.dispatcher, story.matter.pk, pk(story, CENTRE), PLACE, RULING)
    assert Promise.objects.get(matter=story.matter, what="settle").met_at is not None
    waiting, settled = queries.ledger(story.dispatcher)
    assert waiting == [] and [(row.place, row.bearer) for row in settled] == [(PLACE, story.city.department(CENTRE))]


def answered(story: Story, task: Task, actor: MakeActor) -> None:
    """渝中's centre works it itself."""
    head, worker = (actor(role, story.city.department(OTHER)) for role in ("head", "handler"))
    actions.sign(worker, [task.pk])
    actions.answer(worker, task.pk, "今晚换了两盏灯，已经亮了。")
    actions.submit(worker, task.pk)
    actions.approve(head, task.pk)


def test_the_desk_is_late_for_what_it_does_not_settle(story: Story, other: Actor) -> None:
    actions.interim(story.dispatcher, both_sent_it_back(story, other).pk, pk(story, OTHER), WHY)
    clock.set_offset(timedelta(days=16))
    timers.sweep_dry()
    hops = [hop for hop in queries.call_page(story.she, story.call.pk).hops if hop.detail.get("what") == "settle"]
    assert [hop.name for hop in hops] == [f"promise.{step}" for step in ("broken", "reminded", "supervised", "raised")]
    assert {hop.detail["bearer"] for hop in hops} == {DESK}


def test_place_ground_and_a_quarrel_are_needed(story: Story, other: Actor) -> None:
    with pytest.raises(Refused):
        actions.settle_boundary(story.dispatcher, story.until("dispatched").matter.pk, pk(story, CENTRE), PLACE, RULING)
    task = both_sent_it_back(story, other)
    with pytest.raises(BadInput) as fault:
        actions.settle_boundary(story.dispatcher, story.matter.pk, pk(story, CENTRE), " 。", "")
    assert set(fault.value.errors) == {"place", "ground"}
    with pytest.raises(BadInput):
        actions.interim(story.dispatcher, task.pk, pk(story, OTHER), " ")


def test_the_districts_own_centre_settles_between_its_units_but_never_its_own_line(story: Story, other: Actor) -> None:
    story.until("passed")
    actions.send_back(story.handler, story.task().pk, GROUND)
    assert rules.may(story.centre, "settle_boundary", story.matter)
    actions.settle_boundary(story.centre, story.matter.pk, pk(story, BUREAU), PLACE, RULING)
    assert Boundary.objects.get().other is None
    with pytest.raises(Refused) as refusal:
        actions.settle_boundary(story.centre, story.matter.pk, pk(story, "500103.urban-management"), PLACE, RULING)
    assert refusal.value.code == "not_within"
    assert not rules.may(other, "settle_boundary", story.matter)


def test_nobody_settles_for_now_what_he_sent_back_himself(story: Story, other: Actor, actor: MakeActor) -> None:
    task = both_sent_it_back(story, other)
    Task.objects.filter(pk=task.pk).update(handler=story.dispatcher.officer)
    with pytest.raises(Refused):
        actions.interim(story.dispatcher, task.pk, pk(story, OTHER), WHY)
    assert actions.interim(actor("head", story.city.department(DESK)), task.pk, pk(story, OTHER), WHY).state == "given"


def test_a_merged_matter_takes_its_open_quarrel_along(story: Story, other: Actor) -> None:
    actions.interim(story.dispatcher, both_sent_it_back(story, other).pk, pk(story, OTHER), WHY)
    target = actions.open_calls(story.she, [new_call(caller=story.caller)])[0].matter_id
    actions.merge(story.dispatcher, story.matter.pk, target)
    assert Boundary.objects.get().matter_id == target
    assert Promise.objects.get(what="settle", ended_at=None).matter_id == target
