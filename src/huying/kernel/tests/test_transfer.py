import pytest

from huying.events import log
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.rebuild import replay
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "路灯在小区里，归住建委管。"
HOUSING = "500106.housing"


def running(task: Task) -> set[str]:
    return set(Promise.objects.filter(task=task, ended_at=None).values_list("what", flat=True))


def states_are_told(story: Story) -> None:
    told = replay(log.history([f"matter:{story.matter.pk}", f"call:{story.call.pk}"]))
    assert {pk: line.state for pk, line in told.tasks.items()} == dict(Task.objects.values_list("pk", "state"))


@pytest.mark.parametrize("step", ["passed", "signed", "submitted"])
def test_what_was_passed_down_is_taken_back(story: Story, step: str) -> None:
    story.until(step)
    top = actions.recall(story.centre, story.task("top").pk, WHY)
    assert (top.state, top.turn.key, story.task().state) == ("signed", CENTRE, "cancelled")  # type: ignore[union-attr]
    assert running(story.task()) == set() and running(top) == {"contact"}
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert (last.name, last.note) == ("task.recalled", WHY)
    states_are_told(story)
    again = actions.pass_down(story.centre, top.pk, story.city.department(HOUSING).pk)
    assert queries.inbox(story.handler) == [] and again.is_open


def test_all_below_ends_with_it(story: Story) -> None:
    story.until("passed")
    street = actions.pass_down(story.head, story.task().pk, story.city.department("500106001.street-office").pk)
    actions.recall(story.centre, story.task("top").pk, WHY)
    street.refresh_from_db()
    assert (street.state, street.is_open) == ("cancelled", False)
    states_are_told(story)


def test_what_was_not_passed_down_is_not_taken_back(story: Story) -> None:
    story.until("signed")
    with pytest.raises(Refused):
        actions.recall(story.head, story.task().pk, WHY)


def test_another_bears_it_without_a_gap(story: Story) -> None:
    story.until("signed")
    new = actions.transfer(story.centre, story.task().pk, story.city.department(HOUSING).pk, WHY)
    assert (new.bearer.key, new.parent_id, new.giver.key) == (HOUSING, story.task("top").pk, CENTRE)  # type: ignore[union-attr]
    assert (story.task().state, running(story.task()), running(new)) == ("cancelled", set(), {"sign", "contact"})
    assert story.task("top").state == "passed" and story.matter.state == "working"
    assert "task.transferred" in [h.name for h in queries.call_page(story.she, story.call.pk).hops]
    states_are_told(story)


def test_what_was_sent_back_goes_straight_to_another(story: Story) -> None:
    story.until("passed")
    task = actions.send_back(story.handler, story.task().pk, "《照明规定》第五条，由产权人管。")
    new = actions.transfer(story.centre, task.pk, story.city.department(HOUSING).pk, WHY)
    assert Promise.objects.get(task=task, what="adjudicate").met_at and new.is_open
    states_are_told(story)


def test_the_desk_gives_it_to_another_district(story: Story) -> None:
    story.until("dispatched")
    other = story.city.department("500103.governance-centre")
    new = actions.transfer(story.dispatcher, story.task("top").pk, other.pk, "在渝中区地界。")
    assert new.parent is None and story.matter.state == "working"


def test_a_reason_and_another_unit_must_be_named(story: Story) -> None:
    story.until("signed")
    with pytest.raises(BadInput):
        actions.transfer(story.centre, story.task().pk, story.city.department(HOUSING).pk, " ")
    with pytest.raises(BadInput):
        actions.transfer(story.centre, story.task().pk, story.city.department(BUREAU).pk, WHY)
    with pytest.raises(BadInput):
        actions.recall(story.centre, story.task("top").pk, "")


def test_the_bearer_does_not_pass_it_sideways(story: Story, actor: MakeActor) -> None:
    story.until("signed")
    housing = story.city.department(HOUSING)
    with pytest.raises(Refused):
        actions.transfer(story.head, story.task().pk, housing.pk, WHY)
    with pytest.raises(NotThere):
        actions.transfer(actor("head", housing), story.task().pk, housing.pk, WHY)
