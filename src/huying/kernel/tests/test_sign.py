import pytest

from huying.kernel import actions
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Promise
from huying.kernel.tests.conftest import DESK, Story, new_call
from huying.people.actors import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_signs_becomes_the_handler_and_the_clock_stops(story: Story) -> None:
    story.until("signed")
    task = story.task()
    assert (task.state, task.handler) == ("signed", story.handler.officer)
    promise = Promise.objects.get(task=task, what="sign")
    assert promise.met_at == task.signed_at
    assert task.due_at == Promise.objects.get(task=task, what="contact").due_at


def test_a_second_officer_cannot_sign_the_same_task(story: Story) -> None:
    story.until("signed")
    with pytest.raises(Refused):
        actions.sign(story.head, [story.task().pk])
    assert story.task().handler == story.handler.officer


def test_an_officer_of_another_bureau_finds_nothing(story: Story, actor: object) -> None:
    story.until("passed")
    stranger = actor("handler", story.city.department("500103.urban-management"))  # type: ignore[operator]
    with pytest.raises(NotThere):
        actions.sign(stranger, [story.task().pk])


def test_many_are_signed_at_once_and_each_refusal_is_told(story: Story) -> None:
    story.until("passed")
    second = actions.open_calls(SYSTEM, [new_call()])[0]
    other = actions.dispatch(story.dispatcher, second.matter_id, story.city.department("500106.urban-management").pk)
    signed, refused = actions.sign(story.handler, [story.task().pk, other.pk, 10**9])
    assert {t.pk for t in signed} == {story.task().pk, other.pk}
    assert set(refused) == {10**9}


def test_the_desk_does_not_sign_for_the_bureau(story: Story) -> None:
    story.until("passed")
    assert story.city.department(DESK)
    with pytest.raises(Refused):
        actions.sign(story.dispatcher, [story.task().pk])
