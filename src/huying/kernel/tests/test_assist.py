import pytest

from huying.kernel import actions
from huying.kernel.models import Response, Task
from huying.kernel.tests.conftest import BUREAU, Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
HOUSING = "500106.housing"


def with_assist(story: Story, actor: MakeActor) -> tuple[Task, Task]:
    """The bureau leads, housing assists and has its own head's approval; the lead's answer waits for review."""
    bureau, housing = story.city.department(BUREAU), story.city.department(HOUSING)
    lead = actions.dispatch(story.dispatcher, story.matter.pk, bureau.pk, "lamp", assists=[housing.pk])
    other = Task.objects.get(matter=story.matter, role="assist")
    for who, task, words in (
        (story.handler, lead, "换了两盏灯，周科长。"),
        (actor("handler", housing), other, "院内电线已经查过。"),
    ):
        actions.sign(who, [task.pk])
        actions.answer(who, task.pk, words * 2)
        actions.submit(who, task.pk)
    return lead, other


def test_an_assisting_response_goes_to_the_lead_and_not_to_the_caller(story: Story, actor: MakeActor) -> None:
    _, other = with_assist(story, actor)
    actions.approve(actor("head", story.city.department(HOUSING)), other.pk)
    other.refresh_from_db()
    assert (other.state, story.call.state, story.matter.state) == ("done", "open", "working")
    assert Response.objects.get(task=other).state == "approved"


def test_the_lead_gives_the_one_answer(story: Story, actor: MakeActor) -> None:
    lead, other = with_assist(story, actor)
    actions.approve(actor("head", story.city.department(HOUSING)), other.pk)
    actions.approve(story.head, lead.pk)
    assert story.call.response == Response.objects.get(task=lead) and story.matter.state == "answered"


def test_an_answer_does_not_wait_for_who_assists(story: Story, actor: MakeActor) -> None:
    lead, other = with_assist(story, actor)
    actions.approve(story.head, lead.pk)
    other.refresh_from_db()
    assert (other.state, Response.objects.get(task=other).state) == ("cancelled", "returned")
    assert story.call.response == Response.objects.get(task=lead)
