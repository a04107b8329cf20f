import pytest

from huying.events import log
from huying.kernel import actions, queries
from huying.kernel.errors import NotThere, Refused
from huying.kernel.intake import Opened
from huying.kernel.models import Matter, Task
from huying.kernel.tests.conftest import BUREAU, Story
from huying.kernel.tests.voices import another, answer_promise, call_of
from huying.people.actors import holder_actor, party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(story: Story, caller: MakeCaller) -> Opened:
    """A second voice, merged into the story's matter, which is at work."""
    story.until("signed")
    second = another(caller, title="门口的垃圾没人收", text="门口的垃圾桶三天没有人收，臭得开不了窗。")
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk, "看着是一件事")
    return second


def test_a_voice_gets_a_matter_of_its_own_and_its_promise_goes_on(story: Story, two: Opened) -> None:
    promised = answer_promise(two)
    own = actions.split(story.dispatcher, two.call_id, "这是另一件事")
    assert own.pk not in (story.matter.pk, two.matter_id) and call_of(two).matter_id == own.pk
    kept = answer_promise(two)
    assert (kept.pk, kept.due_at, kept.matter_id) == (promised.pk, promised.due_at, own.pk)
    assert own.title == "门口的垃圾没人收" and own.duty_key == "stall"
    own.refresh_from_db()
    assert (own.due_at, own.voices, story.matter.voices) == (promised.due_at, 1, 1)


def test_it_waits_for_a_bearer_and_goes_through_to_its_own_answer(story: Story, two: Opened) -> None:
    own = actions.split(story.dispatcher, two.call_id)
    assert own.state == "accepted"
    assert own.pk in [row.matter_id for row in queries.dispatch_queue(story.dispatcher)]
    task = actions.dispatch(story.dispatcher, own.pk, story.city.department(BUREAU).pk)
    actions.sign(story.handler, [task.pk])
    actions.answer(story.handler, task.pk, "今天下午收走了，以后每天收。")
    actions.submit(story.handler, task.pk)
    actions.approve(story.head, task.pk)
    assert call_of(two).state == "answered" and story.call.state == "open"
    assert Task.objects.filter(matter=story.matter, is_open=True).exists()


def test_the_others_go_on_as_before(story: Story, two: Opened) -> None:
    promised = answer_promise(story.opened).due_at
    actions.split(story.dispatcher, two.call_id)
    assert answer_promise(story.opened).due_at == promised == story.matter.due_at
    story.until("answered")
    assert story.call.state == "answered" and call_of(two).state == "open"


def test_its_history_is_told_on(story: Story, two: Opened) -> None:
    own = actions.split(story.dispatcher, two.call_id, "这是另一件事")
    hers = queries.call_page(party_actor(call_of(two).caller), two.call_id).hops
    assert [h.name for h in hers] == ["call.opened", "call.moved", "call.moved"]
    assert [h.note for h in hers[1:3]] == ["看着是一件事", "这是另一件事"]
    whole = queries.matter_page(story.dispatcher, own.pk).hops
    assert [h.name for h in whole] == ["call.opened", "matter.merged", "matter.split"]
    first = queries.call_page(story.she, story.call.pk).hops
    assert "这是另一件事" not in [h.note for h in first]


def test_she_may_split_off_herself_and_nobody_elses_call(story: Story, two: Opened) -> None:
    with pytest.raises(NotThere):
        actions.split(story.she, two.call_id)
    own = actions.split(holder_actor(two.call_id), two.call_id)
    assert call_of(two).matter_id == own.pk


def test_who_only_works_on_it_may_not_split(story: Story, two: Opened) -> None:
    with pytest.raises(Refused) as refused:
        actions.split(story.handler, two.call_id)
    assert refused.value.code == "not_yours"


def test_the_only_voice_and_an_answered_one_are_not_split(story: Story, two: Opened) -> None:
    actions.split(story.dispatcher, two.call_id)
    with pytest.raises(Refused) as alone:
        actions.split(story.dispatcher, two.call_id)
    assert alone.value.code == "alone"
    story.until("answered")
    with pytest.raises(Refused):
        actions.split(story.she, story.call.pk)


def test_log_and_rows_agree_after_a_split(story: Story, two: Opened) -> None:
    own = actions.split(story.dispatcher, two.call_id)
    for pk in (story.matter.pk, own.pk):
        told = log.history([f"matter:{pk}"])
        assert [t.version for t in told] == list(range(1, Matter.objects.get(pk=pk).version + 1))
    assert len(log.history([f"call:{two.call_id}"])) == call_of(two).version
