import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise
from huying.kernel.tests.conftest import BUREAU, Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)

GROUND = "《信访工作条例》第三十一条：已经由法院受理。"
WAY = "请向区人民法院立案庭咨询，带上身份证。"


@pytest.mark.parametrize(("verb", "state"), [(actions.decline, "declined"), (actions.refer, "referred")])
def test_the_caller_reads_the_ground_and_the_way_on(story: Story, verb: object, state: str) -> None:
    verb(story.dispatcher, story.matter.pk, GROUND, WAY)  # type: ignore[operator]
    assert (story.matter.state, story.call.state) == (state, "ended")
    assert story.matter.ended_at == story.call.closed_at
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert last.name == f"matter.{state}" and last.note == f"{GROUND}\n{WAY}"


def test_the_promise_stops_without_being_kept(story: Story) -> None:
    actions.decline(story.dispatcher, story.matter.pk, GROUND, WAY)
    row = Promise.objects.get(call=story.call)
    assert row.ended_at and not row.met_at
    assert story.matter.due_at is None and queries.queue_count(story.dispatcher) == 0


@pytest.mark.parametrize(("ground", "way", "field"), [("", WAY, "ground"), (GROUND, "  ", "way")])
def test_neither_ground_nor_way_on_may_be_missing(story: Story, ground: str, way: str, field: str) -> None:
    with pytest.raises(BadInput) as fault:
        actions.refer(story.dispatcher, story.matter.pk, ground, way)
    assert list(fault.value.errors) == [field] and story.matter.state == "received"


def test_what_was_accepted_can_be_referred_and_no_longer_declined(story: Story) -> None:
    actions.accept(story.dispatcher, story.matter.pk)
    with pytest.raises(Refused):
        actions.decline(story.dispatcher, story.matter.pk, GROUND, WAY)
    assert actions.refer(story.dispatcher, story.matter.pk, GROUND, WAY).state == "referred"


def test_what_somebody_bears_is_neither_declined_nor_referred(story: Story) -> None:
    story.until("dispatched")
    for verb in (actions.decline, actions.refer):
        with pytest.raises(Refused):
            verb(story.dispatcher, story.matter.pk, GROUND, WAY)


def test_a_bureau_cannot_decline_for_the_city(story: Story, actor: MakeActor) -> None:
    with pytest.raises(NotThere):
        actions.decline(actor("head", story.city.department(BUREAU)), story.matter.pk, GROUND, WAY)
