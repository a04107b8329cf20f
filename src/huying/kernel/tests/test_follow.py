from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, queries
from huying.kernel.errors import NotThere
from huying.kernel.models import Call, Matter
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.kernel.tests.voices import another, answer_promise, call_of, joining, share
from huying.people import parties
from huying.people.actors import SYSTEM, Actor, holder_actor, party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared(story: Story) -> None:
    share("lamp")


def test_a_second_caller_joins_and_is_promised_an_answer_of_her_own(story: Story, caller: MakeCaller) -> None:
    first = answer_promise(story.opened).due_at
    clock.set_offset(timedelta(days=3))
    second = joining(story, caller)
    assert second.fresh and second.matter_id == story.matter.pk and story.matter.voices == 2
    assert answer_promise(second).due_at > first == story.matter.due_at
    assert Call.objects.filter(pk=second.call_id, appeal__isnull=False).exists()  # the kind wrote its own row
    assert queries.find_call(second.number, second.secret) == holder_actor(second.call_id)


def test_one_answer_reaches_her_too_and_the_word_on_it_is_hers(story: Story, caller: MakeCaller) -> None:
    story.until("signed")
    second = joining(story, caller)
    story.until("answered")
    assert call_of(second).state == "answered" and call_of(second).response == story.response()
    actions.rate(holder_actor(second.call_id), second.call_id, False, 2)
    assert call_of(second).state == "open" and story.call.state == "answered"


def test_the_same_key_is_the_same_call(story: Story) -> None:
    new = new_call()
    one, again = (actions.follow(story.she, new, story.matter.pk) for _ in range(2))
    assert (one.call_id, one.secret, again.fresh) == (again.call_id, again.secret, False)
    assert story.matter.voices == 2


def test_who_has_a_voice_in_it_already_is_given_that_one(story: Story) -> None:
    again = actions.follow(story.she, new_call(caller=story.caller), story.matter.pk)
    assert again.call_id == story.call.pk and not again.fresh and story.matter.voices == 1


def test_whoever_only_types_her_phone_is_not_led_to_her_call(story: Story) -> None:
    for stranger in (Actor(name="visitor"), holder_actor(story.call.pk), SYSTEM):
        joined = actions.follow(stranger, new_call(caller=story.caller), story.matter.pk)
        assert joined.fresh and joined.call_id != story.call.pk and joined.number != story.call.number


def test_a_new_phone_joins_with_a_party_of_its_own(story: Story) -> None:
    joined = actions.follow(story.she, new_call(caller=parties.draft_of_phone("13800001234")), story.matter.pk)
    assert parties.phone_of(call_of(joined).caller) == "13800001234"


def test_her_history_begins_with_her(story: Story, caller: MakeCaller) -> None:
    story.until("signed")
    second = joining(story, caller)
    story.until("contacted")
    hers = queries.call_page(party_actor(call_of(second).caller), second.call_id)
    assert [h.name for h in hers.hops] == ["call.opened", "call.followed", "task.contacted"]
    assert hers.hops[1].bearer.endswith("城市管理局")
    assert [h.detail["voices"] for h in queries.call_page(story.she, story.call.pk).hops if h.name == "matter.joined"] == [2]


def test_what_was_merged_meanwhile_is_followed_to_where_it_went(story: Story, caller: MakeCaller) -> None:
    target = another(caller)
    actions.merge(story.dispatcher, story.matter.pk, target.matter_id)
    assert joining(story, caller).matter_id == target.matter_id


def test_what_has_ended_meanwhile_leaves_her_a_matter_of_her_own(story: Story, caller: MakeCaller) -> None:
    story.until("answered")
    own = joining(story, caller)
    assert own.fresh and own.matter_id != story.matter.pk and story.matter.voices == 1


def test_what_is_not_shared_cannot_be_joined_by_its_number(story: Story, caller: MakeCaller) -> None:
    calls = Call.objects.count()
    Matter.objects.filter(pk=story.matter.pk).update(about=story.city.department(BUREAU))
    with pytest.raises(NotThere):
        joining(story, caller)
    with pytest.raises(NotThere):
        actions.follow(story.she, new_call(), 999_999)
    assert Call.objects.count() == calls


def test_identifiers_are_cut_out_of_what_she_says(story: Story, caller: MakeCaller) -> None:
    second = joining(story, caller, text="我也遇到，我的电话 13900001111，晚上看不见路")
    assert "13900001111" not in call_of(second).text and call_of(second).sealed


def test_the_one_who_joined_may_split_off_and_keeps_her_promise(story: Story, caller: MakeCaller) -> None:
    second = joining(story, caller)
    promised = answer_promise(second).due_at
    actions.split(holder_actor(second.call_id), second.call_id)
    assert answer_promise(second).due_at == promised == call_of(second).matter.due_at
