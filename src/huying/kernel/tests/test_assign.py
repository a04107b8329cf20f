"""The head names who works a task: somebody who may, and who is there."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Note
from huying.kernel.queries import Filters
from huying.kernel.tests.conftest import BUREAU, Story
from huying.people import leave
from huying.people.actors import Actor
from huying.people.models import Post
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(story: Story, actor: MakeActor) -> Actor:
    return actor("handler", story.city.department(BUREAU))


def pk(actor: Actor) -> int:
    assert actor.officer
    return actor.officer.pk


@pytest.mark.parametrize("step", ["passed", "signed"])
def test_the_head_gives_it_to_another_of_his_unit(story: Story, other: Actor, step: str) -> None:
    before = story.until(step).task().state
    task = actions.assign(story.head, story.task().pk, pk(other), "请今天到场")
    assert (task.handler, task.state) == (other.officer, before)
    told = [t for t in log.history([f"matter:{story.matter.pk}"]) if t.name == "task.assigned"]
    assert [t.fact.officer for t in told] == [other.name]  # type: ignore[attr-defined]
    note = Note.objects.get(matter=story.matter, version=told[0].version)
    assert not note.to_caller


def test_it_stands_in_the_hands_of_who_was_named(story: Story, other: Actor) -> None:
    story.until("signed")
    hand = Filters(box="hand")
    assert [row.task_id for row in queries.inbox(story.handler, hand)] == [story.task().pk]
    actions.assign(story.head, story.task().pk, pk(other))
    assert queries.inbox(story.handler, hand) == []
    assert [row.handler_id for row in queries.inbox(other, hand)] == [pk(other)]


def test_what_waits_for_a_reviewer_is_in_nobodys_hands(story: Story) -> None:
    story.until("submitted")
    assert queries.inbox(story.handler, Filters(box="hand")) == []


def test_who_was_named_can_answer_and_it_is_reviewed(story: Story, other: Actor) -> None:
    story.until("signed")
    actions.assign(story.head, story.task().pk, pk(other))
    actions.answer(other, story.task().pk, "今晚换了两盏灯，已经亮了，周科长。")
    actions.submit(other, story.task().pk)
    actions.approve(story.centre, story.task().pk)
    assert story.call.state == "answered"


@pytest.mark.parametrize("who", ["centre", "nobody", "dispatcher of the unit"])
def test_only_who_may_answer_it_there_is_named(story: Story, actor: MakeActor, who: str) -> None:
    story.until("signed")
    chosen = {"centre": pk(story.centre), "nobody": 0}.get(who) or pk(actor("dispatcher", story.city.department(BUREAU)))
    with pytest.raises(BadInput) as fault:
        actions.assign(story.head, story.task().pk, 0 if who == "nobody" else chosen)
    assert "officer_id" in fault.value.errors


def test_who_is_away_is_not_named(story: Story, other: Actor) -> None:
    story.until("signed")
    today = clock.today()
    leave.enter(other, pk(other), leave.Span(today, today + timedelta(days=1)), {})
    with pytest.raises(BadInput) as fault:
        actions.assign(story.head, story.task().pk, pk(other))
    assert "请假" in fault.value.errors["officer_id"]


def test_an_officer_of_the_body_complained_about_is_not_named(story: Story, actor: MakeActor) -> None:
    """He works for the bearer as well: still he may not be given what complains about his other unit."""
    story.until("signed")
    both = actor("handler", story.city.department(BUREAU))
    Post.objects.create(officer=both.officer, department=story.city.department("500106.housing"), role="handler")
    matter = story.matter
    matter.about = story.city.department("500106.housing")
    matter.save()
    with pytest.raises(BadInput):
        actions.assign(story.head, story.task().pk, pk(both))


def test_a_second_time_to_the_same_is_said(story: Story) -> None:
    story.until("signed")
    with pytest.raises(BadInput):
        actions.assign(story.head, story.task().pk, pk(story.handler))


def test_once_submitted_it_is_too_late(story: Story, other: Actor) -> None:
    story.until("submitted")
    with pytest.raises(Refused):
        actions.assign(story.head, story.task().pk, pk(other))


def test_a_handler_names_nobody_and_a_stranger_sees_nothing(story: Story, other: Actor, actor: MakeActor) -> None:
    story.until("signed")
    with pytest.raises(Refused):
        actions.assign(story.handler, story.task().pk, pk(other))
    with pytest.raises(NotThere):
        actions.assign(actor("head", story.city.department("500103.water")), story.task().pk, pk(other))


def test_a_caller_reads_nothing_of_it(story: Story, other: Actor) -> None:
    story.until("signed")
    actions.assign(story.head, story.task().pk, pk(other), "请今天到场")
    hops = queries.call_page(story.she, story.opened.call_id).hops
    assert "task.assigned" not in {hop.name for hop in hops} and "请今天到场" not in {hop.note for hop in hops}
    told = queries.matter_page(story.head, story.matter.pk).hops[-1]
    assert told.detail["officer_name"] == other.officer.name  # type: ignore[union-attr]
