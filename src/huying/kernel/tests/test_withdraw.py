import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Call, Promise, Task
from huying.kernel.tests.conftest import Story, new_call
from huying.people.actors import party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def joined(story: Story, party: object) -> Call:
    """A second voice, merged into the story's matter."""
    opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]  # type: ignore[arg-type]
    actions.merge(story.dispatcher, opened.matter_id, story.matter.pk)
    return Call.objects.get(pk=opened.call_id)


@pytest.mark.parametrize("step", ["", "dispatched", "passed", "contacted", "submitted"])
def test_the_last_voice_takes_the_matter_with_it(story: Story, step: str) -> None:
    if step:
        story.until(step)
    actions.withdraw(story.she, story.call.pk)
    assert (story.matter.state, story.call.state, story.matter.due_at) == ("withdrawn", "ended", None)
    assert not Task.objects.filter(is_open=True).exists() and not Promise.objects.filter(ended_at=None).exists()
    assert queries.inbox(story.handler) == [] and queries.queue_count(story.dispatcher) == 0


def test_one_voice_leaves_the_others_whole(story: Story, caller: MakeCaller) -> None:
    story.until("passed")
    other = joined(story, caller())
    actions.withdraw(story.she, story.call.pk)
    other.refresh_from_db()
    assert (story.matter.state, story.matter.voices, other.state) == ("working", 1, "open")
    assert story.task().is_open and Promise.objects.filter(call=other, what="answer", ended_at=None).exists()


def test_who_reopened_and_withdraws_leaves_the_others_their_answer(story: Story, caller: MakeCaller) -> None:
    story.until("passed")
    other = joined(story, caller())
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 2)
    actions.withdraw(story.she, story.call.pk)
    assert story.matter.state == "answered"
    actions.rate(party_actor(other.caller), other.pk, True, 5)
    assert story.matter.state == "closed"


def test_what_is_answered_is_not_withdrawn(story: Story) -> None:
    story.until("answered")
    with pytest.raises(Refused):
        actions.withdraw(story.she, story.call.pk)


def test_nobody_else_withdraws_it(story: Story, caller: MakeCaller) -> None:
    for who in (party_actor(caller()), story.handler):
        with pytest.raises(NotThere):
            actions.withdraw(who, story.call.pk)
    with pytest.raises(Refused):
        actions.withdraw(story.dispatcher, story.call.pk)
