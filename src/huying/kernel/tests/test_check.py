from datetime import timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.kernel import actions, queries, timers
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Promise
from huying.kernel.tests.conftest import DESK, Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
FOUND, FOLLOWS = "换灯那天没有人通知她。", "以后修完当天打电话，本周由班长补打。"


def rated(story: Story, solved: bool, grade: int | None) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, solved, grade, "等了三天没人说一声")


def running(story: Story) -> list[Promise]:
    return list(Promise.objects.filter(call=story.call, what="check", ended_at=None))


@pytest.mark.parametrize(
    ("solved", "grade", "looked"), [(True, 2, 1), (True, 1, 1), (False, 2, 1), (True, 3, 0), (False, None, 0)]
)
def test_a_poor_rating_is_promised_a_second_look(story: Story, solved: bool, grade: int | None, looked: int) -> None:
    rated(story, solved, grade)
    assert len(running(story)) == looked


def test_what_was_found_and_what_follows_is_told_to_her(story: Story) -> None:
    rated(story, True, 1)
    assert [row.call_id for row in queries.to_check(story.callback)] == [story.call.pk]
    actions.check(story.callback, story.call.pk, FOUND, FOLLOWS)
    assert running(story) == [] and queries.to_check(story.callback) == []
    assert Promise.objects.get(what="check").met_at
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert last.name == "call.checked" and last.note == f"{FOUND}\n{FOLLOWS}"


def test_it_lies_with_the_desk_and_is_escalated_when_nobody_looks(story: Story) -> None:
    rated(story, True, 1)
    clock.set_offset(timedelta(days=15))
    timers.sweep_dry()
    told = [t.fact for t in log.history([f"matter:{story.matter.pk}"]) if t.name in ("promise.broken", "promise.raised")]
    late = [fact for fact in told if getattr(fact, "what", "") == "check"]
    assert len(late) == 2 and {getattr(fact, "bearer", "") for fact in late} == {DESK}
    seen = [h.name for h in queries.call_page(story.she, story.call.pk).hops]
    assert "promise.broken" in seen and "promise.raised" in seen
    actions.check(story.callback, story.call.pk, FOUND, FOLLOWS)
    assert running(story) == []


def test_it_is_done_once_by_somebody_who_had_no_part(story: Story, actor: MakeActor) -> None:
    rated(story, False, 1)
    for who in (story.head, story.centre_head):
        with pytest.raises(Refused):
            actions.check(who, story.call.pk, FOUND, FOLLOWS)
    actions.check(actor("supervisor", story.city.department(DESK)), story.call.pk, FOUND, FOLLOWS)
    with pytest.raises(Refused) as refused:
        actions.check(story.callback, story.call.pk, FOUND, FOLLOWS)
    assert refused.value.code == "not_asked"


def test_both_are_asked_for(story: Story) -> None:
    rated(story, True, 1)
    with pytest.raises(BadInput) as fault:
        actions.check(story.callback, story.call.pk, "", "好")
    assert set(fault.value.errors) == {"found", "follows"} and len(running(story)) == 1


def test_it_outlives_what_becomes_of_the_matter(story: Story) -> None:
    rated(story, True, 1)
    assert story.matter.state == "closed" and len(running(story)) == 1
