from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, queries
from huying.kernel.models import Task
from huying.kernel.queries import Filters
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call
from huying.people.actors import SYSTEM
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def give_to_bureau(story: Story, **changes: object) -> Task:
    opened = actions.open_calls(SYSTEM, [new_call(**changes)])[0]
    return actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(BUREAU).pk)


def test_the_inbox_is_ordered_by_what_is_due(story: Story) -> None:
    story.until("passed")
    urgent = give_to_bureau(story, title="墙要倒了", text="墙要倒了，有人在下面，着火了")
    late = give_to_bureau(story)
    Task.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(hours=1))
    rows = queries.inbox(story.handler)
    assert [r.task_id for r in rows] == [late.pk, urgent.pk, story.task().pk]
    assert rows[-1].title == "路灯三天不亮" and rows[-1].bearer == story.task().bearer.short


def test_the_next_page_goes_on_after_the_last_row(story: Story) -> None:
    story.until("passed")
    for _ in range(4):
        give_to_bureau(story)
    first = queries.inbox(story.handler, limit=2)
    assert first[-1].due_at
    rest = queries.inbox(story.handler, limit=10, after=(first[-1].due_at, first[-1].task_id))
    assert len(first) == 2 and len(rest) == 3
    assert not {r.task_id for r in first} & {r.task_id for r in rest}


def test_whose_turn_it_is_has_it_in_the_inbox(story: Story) -> None:
    story.until("dispatched")
    assert [r.task_id for r in queries.inbox(story.centre)] == [story.task("top").pk]
    story.until("passed")
    assert queries.inbox(story.centre) == []
    assert [r.task_id for r in queries.inbox(story.centre, Filters(box="unit"))] == [story.task("top").pk]
    assert [r.task_id for r in queries.inbox(story.handler)] == [story.task().pk]
    story.until("submitted")
    assert queries.inbox(story.handler) == []
    assert [r.task_id for r in queries.inbox(story.centre)] == [story.task().pk]
    story.until("answered")
    assert queries.inbox(story.centre, Filters(box="unit")) == []


def test_filters_narrow_it(story: Story) -> None:
    story.until("signed")
    other = give_to_bureau(story, sort="complaint")
    assert [r.task_id for r in queries.inbox(story.handler, Filters(state="given"))] == [other.pk]
    assert [r.task_id for r in queries.inbox(story.handler, Filters(sort="complaint"))] == [other.pk]
    assert queries.inbox(story.handler, Filters(kind="order")) == []
    soon = Filters(due_before=clock.now() + timedelta(hours=5))
    assert [r.task_id for r in queries.inbox(story.handler, soon)] == [other.pk]
    assert queries.inbox_count(story.handler) == 2


def test_each_post_has_its_boxes(story: Story, actor: MakeActor) -> None:
    story.until("passed")
    assert queries.boxes(story.handler) == ["mine", "hand", "unit"]
    assert queries.boxes(story.dispatcher) == ["mine", "hand", "unit", "city", "answered"]
    assert queries.boxes(story.callback) == ["answered", "city"]
    assert "district" in queries.boxes(story.centre)
    supervisor = actor("supervisor", story.city.department("500103.governance-centre"))
    assert queries.inbox(supervisor, Filters(box="district")) == []
    ours = actor("supervisor", story.city.department(CENTRE))
    assert len(queries.inbox(ours, Filters(box="district"))) == 2
    assert len(queries.inbox(story.dispatcher, Filters(box="city"))) == 2


def test_every_filter_works_in_every_box(story: Story) -> None:
    story.until("contacted")
    (task,) = (r.task_id for r in queries.inbox(story.handler))
    for box in queries.boxes(story.handler):
        for filters in (Filters(box=box, sort="help"), Filters(box=box, state="signed"), Filters(box=box, kind="appeal")):
            assert [r.task_id for r in queries.inbox(story.handler, filters)] == [task], filters
            assert queries.inbox_count(story.handler, filters) == 1
        assert queries.inbox(story.handler, Filters(box=box, state="submitted")) == []


def test_a_box_that_is_not_his_is_empty(story: Story) -> None:
    story.until("passed")
    assert queries.inbox(story.handler, Filters(box="city")) == []
    assert queries.inbox(story.handler, Filters(box="district")) == []
    assert queries.inbox(story.she) == [] and queries.inbox_count(story.she) == 0


def test_an_officer_of_two_bureaus_sees_both(story: Story, actor: MakeActor) -> None:
    story.until("passed")
    opened = actions.open_calls(SYSTEM, [new_call()])[0]
    actions.dispatch(story.dispatcher, opened.matter_id, story.city.department("500106.housing").pk)
    from huying.people.actors import officer_actor
    from huying.people.models import Post

    assert story.handler.officer
    Post.objects.create(officer=story.handler.officer, department=story.city.department("500106.housing"), role="handler")
    assert len(queries.inbox(officer_actor(story.handler.officer))) == 2


def test_the_queue_puts_danger_first_and_then_who_waits_longest(story: Story) -> None:
    second = actions.open_calls(SYSTEM, [new_call()])[0]
    danger = actions.open_calls(SYSTEM, [new_call(text="这里着火了快来人")])[0]
    rows = queries.dispatch_queue(story.dispatcher)
    assert [r.matter_id for r in rows] == [danger.matter_id, story.opened.matter_id, second.matter_id]
    assert queries.queue_count(story.dispatcher) == 3


def test_the_centres_queue_is_what_it_has_to_pass_down(story: Story) -> None:
    story.until("dispatched")
    assert [r.task_id for r in queries.dispatch_queue(story.centre)] == [story.task("top").pk]
    story.until("passed")
    assert queries.dispatch_queue(story.centre) == [] == queries.dispatch_queue(story.handler)


def test_a_page_of_a_matter_offers_what_can_be_done_now(story: Story) -> None:
    page = queries.matter_page(story.dispatcher, story.matter.pk)
    assert {"accept", "dispatch", "merge"} <= set(page.verbs)
    story.until("passed")
    assert "sign" in queries.matter_page(story.handler, story.matter.pk).verbs
    story.until("written")
    now = queries.matter_page(story.handler, story.matter.pk).verbs
    assert {"contact", "answer", "submit"} <= set(now) and "sign" not in now
    story.until("submitted")
    now = queries.matter_page(story.centre, story.matter.pk).verbs
    assert {"approve", "return"} <= set(now) and "answer" not in now
