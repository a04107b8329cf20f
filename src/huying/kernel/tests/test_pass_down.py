import pytest

from huying.city import queries
from huying.city.models import Duty
from huying.kernel import actions
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_child_task_is_borne_below_and_the_giver_stays_accountable(story: Story) -> None:
    story.until("passed")
    top, child = story.task("top"), story.task("child")
    assert (child.parent_id, child.bearer.key, child.giver.key) == (top.pk, BUREAU, CENTRE)  # type: ignore[union-attr]
    assert (top.state, top.is_open, top.turn) == ("passed", True, None)


def test_passing_down_counts_as_signing_and_starts_the_clocks_below(story: Story) -> None:
    story.until("passed")
    sign = Promise.objects.get(task=story.task("top"), what="sign")
    contact = Promise.objects.get(task=story.task("top"), what="contact")
    assert sign.met_at and contact.ended_at and not contact.met_at
    assert Promise.objects.filter(task=story.task("child"), ended_at=None).count() == 2


def test_it_is_passed_down_once(story: Story) -> None:
    story.until("passed")
    with pytest.raises(Refused):
        actions.pass_down(story.centre, story.task("top").pk, story.city.department(BUREAU).pk)
    assert Task.objects.count() == 2


def test_nobody_passes_to_himself(story: Story) -> None:
    story.until("dispatched")
    with pytest.raises(BadInput):
        actions.pass_down(story.centre, story.task("top").pk, story.city.department(CENTRE).pk)


def test_a_duty_that_must_stay_here_goes_to_its_own_body_alone(story: Story) -> None:
    story.until("dispatched")
    Duty.objects.filter(key="lamp").update(may_pass_down=False)
    queries.reset()
    with pytest.raises(Refused) as refusal:
        actions.pass_down(story.centre, story.task("top").pk, story.city.department("500106.housing").pk)
    assert refusal.value.code == "not_passable"
    assert actions.pass_down(story.centre, story.task("top").pk, story.city.department(BUREAU).pk).bearer.key == BUREAU


def test_a_department_that_was_not_given_it_finds_nothing(story: Story) -> None:
    story.until("dispatched")
    with pytest.raises(NotThere):
        actions.pass_down(story.head, story.task("top").pk, story.city.department(BUREAU).pk)
