import pytest

from huying.events import log
from huying.kernel import actions
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Openness
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.people import parties
from huying.people.actors import Actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def given(story: Story, **changes: object) -> int:
    opened = actions.open_calls(story.she, [new_call(**changes)])[0]
    actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(BUREAU).pk)
    return opened.call_id


def test_each_look_at_a_number_is_a_fact(story: Story) -> None:
    call = given(story, caller=parties.party_of_phone("13800001111"))
    assert actions.look(story.handler, call) == "13800001111"
    assert log.history([f"call:{call}"])[-1].name == "call.looked"


@pytest.mark.parametrize("openness", [Openness.CONFIDENTIAL, Openness.ANONYMOUS])
def test_who_asked_not_to_be_known_stays_unknown(story: Story, openness: str) -> None:
    call = given(story, caller=parties.party_of_phone("13800001111"), openness=openness)
    with pytest.raises(Refused):
        actions.look(story.handler, call)


def test_a_caller_without_a_number_is_told_as_such(story: Story) -> None:
    with pytest.raises(Refused) as refusal:
        actions.look(story.handler, given(story))
    assert refusal.value.code == "no_phone"


def test_a_bureau_without_the_task_cannot_look(story: Story, actor: MakeActor) -> None:
    call = given(story, caller=parties.party_of_phone("13800001111"))
    stranger: Actor = actor("handler", story.city.department("500103.urban-management"))
    with pytest.raises(NotThere):
        actions.look(stranger, call)
