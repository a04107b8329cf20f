import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Call
from huying.kernel.tests.conftest import DESK, Story, new_call
from huying.people.actors import party_actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_by_a_reason_of_the_pack_and_she_reads_it(story: Story, actor: MakeActor) -> None:
    head = actor("head", story.city.department(DESK))
    with pytest.raises(BadInput) as fault:
        actions.exclude(head, story.call.pk, "inconvenient", "")
    assert set(fault.value.errors) == {"why", "note"}
    actions.exclude(head, story.call.pk, "duplicate", "前天已有同号码同一件。")
    assert story.call.excluded == "duplicate"
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert (last.name, last.note) == ("call.excluded", "前天已有同号码同一件。")
    with pytest.raises(Refused):
        actions.exclude(head, story.call.pk, "duplicate", "再来一次。")


def test_it_is_worked_and_answered_as_before(story: Story, actor: MakeActor) -> None:
    actions.exclude(actor("supervisor", story.city.department(DESK)), story.call.pk, "duplicate", "重复。")
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    assert story.call.solved


def test_who_would_look_better_without_it_may_not(story: Story) -> None:
    story.until("signed")
    for who in (story.head, story.centre_head, story.dispatcher, story.callback):
        with pytest.raises(Refused):
            actions.exclude(who, story.call.pk, "duplicate", "重复。")


def test_two_calls_of_one_person_merged_count_once(story: Story) -> None:
    again = actions.open_calls(party_actor(story.caller), [new_call(caller=story.caller)])[0]
    actions.merge(story.dispatcher, again.matter_id, story.matter.pk)
    assert (story.call.excluded, Call.objects.get(pk=again.call_id).excluded) == ("", "duplicate")
