import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story
from huying.people.actors import party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_solved_in_her_word_ends_call_and_matter(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5, "很快")
    assert (story.call.solved, story.call.grade, story.call.state, story.matter.state) == (True, 5, "closed", "closed")


def test_not_solved_opens_the_matter_again_with_a_new_promise(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 2)
    assert (story.matter.state, story.matter.reopened, story.call.state) == ("working", 1, "open")
    again = Task.objects.get(turn__isnull=False)
    assert again.bearer.key == BUREAU and again.for_head and again.giver and again.giver.key == CENTRE
    assert Promise.objects.filter(what="answer", ended_at=None).count() == 1
    assert story.matter.due_at == Promise.objects.get(what="answer", ended_at=None).due_at


def test_after_a_second_answer_she_rates_again(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 1)
    task = Task.objects.get(turn__isnull=False)
    actions.sign(story.head, [task.pk])
    actions.answer(story.head, task.pk, "又换了一盏，现场确认全亮。李局长")
    actions.submit(story.head, task.pk)
    assert "approve" in queries.matter_page(story.centre_head, story.matter.pk).verbs
    actions.approve(story.centre, task.pk)
    actions.rate(story.she, story.call.pk, True, 4)
    assert (story.call.solved, story.matter.state, story.call.reopened) == (True, "closed", 1)


def test_nobody_rates_before_the_answer_or_twice(story: Story) -> None:
    with pytest.raises(Refused):
        actions.rate(story.she, story.call.pk, True, 5)
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    with pytest.raises(Refused):
        actions.rate(story.she, story.call.pk, True, 1)
    assert story.call.grade == 5


def test_solved_must_be_said_and_the_grade_is_one_of_five(story: Story) -> None:
    story.until("answered")
    with pytest.raises(BadInput) as fault:
        actions.rate(story.she, story.call.pk, None, 6)
    assert set(fault.value.errors) == {"solved", "grade"}


def test_the_grade_may_be_left_out(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, None)
    assert story.call.solved and story.call.grade is None


def test_another_caller_finds_nothing(story: Story, caller: MakeCaller) -> None:
    story.until("answered")
    with pytest.raises(NotThere):
        actions.rate(party_actor(caller()), story.call.pk, True, 5)


def test_an_officer_cannot_rate_for_her(story: Story) -> None:
    story.until("answered")
    with pytest.raises(Refused):
        actions.rate(story.handler, story.call.pk, True, 5)


def test_number_and_secret_are_enough_to_rate(story: Story) -> None:
    story.until("answered")
    holder = queries.find_call(f" {story.opened.number[:4]}-{story.opened.number[4:]} ", story.opened.secret.upper())
    assert holder is not None
    actions.rate(holder, story.call.pk, True, 4)
    assert story.call.grade == 4


def test_a_wrong_secret_or_number_opens_nothing(story: Story) -> None:
    assert queries.find_call(story.opened.number, "wrong") is None
    assert queries.find_call("000000000000", story.opened.secret) is None
    assert queries.find_call("", "") is None
