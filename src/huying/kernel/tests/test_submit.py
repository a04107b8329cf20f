import pytest

from huying.kernel import actions
from huying.kernel.errors import Refused
from huying.kernel.models import Promise
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_submitted_answer_waits_for_the_giver(story: Story) -> None:
    story.until("submitted")
    task = story.task()
    assert (task.state, task.turn.key) == ("submitted", CENTRE)  # type: ignore[union-attr]
    assert Promise.objects.get(task=task, what="approve").ended_at is None


def test_without_a_giver_it_waits_for_the_bureaus_own_head(story: Story) -> None:
    task = actions.dispatch(story.dispatcher, story.opened.matter_id, story.city.department(BUREAU).pk)
    actions.sign(story.handler, [task.pk])
    actions.answer(story.handler, task.pk, "换了两盏灯，已经亮了。周科长")
    actions.submit(story.handler, task.pk)
    task.refresh_from_db()
    assert task.turn.key == BUREAU  # type: ignore[union-attr]
    actions.approve(story.head, task.pk)
    assert story.matter.state == "answered"


def test_nothing_is_submitted_without_an_answer(story: Story) -> None:
    story.until("contacted")
    with pytest.raises(Refused) as refusal:
        actions.submit(story.handler, story.task().pk)
    assert refusal.value.code == "no_answer"
