"""She says the same again: it is one more voice of hers in the same matter, and nobody new; a typed number opens nothing."""

import pytest

from huying.kernel import actions, queries, rebuild
from huying.kernel.errors import NotThere
from huying.kernel.models import Call
from huying.kernel.tests.conftest import BUREAU, DESK, Story, new_call
from huying.kernel.tests.voices import call_of, share
from huying.people.actors import Actor, party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)
STILL = "街上的路灯还是不亮，第四天了，老人差点在台阶上摔倒。"
VISITOR = Actor(name="visitor")


def before(actor: Actor, story: Story, text: str = STILL, sort: str = "help") -> list[int]:
    area = story.city.area("500106001")
    return [line.matter_id for line in queries.said_before(actor, text, "", area, "appeal", sort)]


def test_she_is_shown_what_she_waits_for_and_nobody_else_is(story: Story, caller: MakeCaller) -> None:
    (line,) = queries.said_before(story.she, STILL, "", story.city.area("500106001"), "appeal")
    assert (line.matter_id, line.number, line.title) == (story.matter.pk, story.call.number, story.call.title)
    assert before(party_actor(caller()), story) == [] == before(VISITOR, story)


def test_another_thing_an_answered_one_and_what_is_not_to_be_compared_are_not_shown(story: Story) -> None:
    assert before(story.she, story, text="家里的自来水停了一天，一点水都没有") == []
    for more in ({"sort": "report"}, {"about_key": BUREAU}):
        own = actions.open_calls(story.she, [new_call(caller=story.caller, text=STILL, **more)])[0]
        assert own.matter_id not in before(story.she, story)
    story.until("answered")
    assert before(story.she, story) == []


def test_other_words_are_one_more_voice_and_nobody_new(story: Story) -> None:
    again = actions.follow(story.she, new_call(caller=story.caller, text=STILL), story.matter.pk)
    call = call_of(again)
    assert again.fresh and (call.matter_id, call.text, call.excluded) == (story.matter.pk, STILL, "duplicate")
    assert story.matter.voices == 1 and story.call.excluded == ""
    assert [hop.detail["calls"] for hop in queries.call_page(story.she, story.call.pk).hops if hop.name == "matter.joined"] == [
        0
    ]
    assert [hop.name for hop in queries.call_page(story.she, call.pk).hops][:3] == [
        "call.opened",
        "call.followed",
        "call.excluded",
    ]
    assert list(rebuild.differences()) == []


def test_hers_need_not_be_shared_with_others(story: Story, caller: MakeCaller) -> None:
    stranger = caller()
    with pytest.raises(NotThere):
        actions.follow(party_actor(stranger), new_call(caller=stranger), story.matter.pk)
    again = actions.follow(story.she, new_call(caller=story.caller, text=STILL), story.matter.pk)
    assert again.matter_id == story.matter.pk


def test_one_answer_reaches_both_of_her_voices(story: Story) -> None:
    again = actions.follow(story.she, new_call(caller=story.caller, text=STILL), story.matter.pk)
    story.until("answered")
    assert call_of(again).state == "answered" == story.call.state
    assert list(rebuild.differences()) == []


def test_when_the_first_is_withdrawn_the_repeat_is_still_somebody_who_waits(story: Story) -> None:
    actions.follow(story.she, new_call(caller=story.caller, text=STILL), story.matter.pk)
    actions.withdraw(story.she, story.call.pk)
    assert story.matter.voices == 1 and story.matter.state != "withdrawn"
    assert list(rebuild.differences()) == []


def test_what_an_officer_finds_to_be_a_repeat_is_nobody_new(story: Story, caller: MakeCaller, actor: MakeActor) -> None:
    share("lamp")
    other = caller()
    second = actions.follow(party_actor(other), new_call(caller=other), story.matter.pk)
    assert story.matter.voices == 2
    actions.exclude(actor("head", story.city.department(DESK)), second.call_id, "duplicate", "同一户，前天说过。")
    assert story.matter.voices == 1 and list(rebuild.differences()) == []


def test_merged_repeats_of_one_person_are_one_voice_and_two_people_are_two(story: Story, caller: MakeCaller) -> None:
    again = actions.open_calls(story.she, [new_call(caller=story.caller, text=STILL)])[0]
    actions.merge(story.dispatcher, again.matter_id, story.matter.pk)
    assert story.matter.voices == 1
    other = caller()
    third = actions.open_calls(party_actor(other), [new_call(caller=other)])[0]
    actions.merge(story.dispatcher, third.matter_id, story.matter.pk)
    told = [
        (hop.detail["calls"], hop.detail["voices"])
        for hop in queries.call_page(story.she, story.call.pk).hops
        if hop.name == "matter.joined"
    ]
    assert story.matter.voices == 2 and told == [(0, 1), (1, 2)] and list(rebuild.differences()) == []


def test_a_typed_number_leads_to_nobodys_call(story: Story) -> None:
    share("lamp")
    typed = actions.follow(VISITOR, new_call(caller=story.caller), story.matter.pk)
    assert typed.call_id != story.call.pk and typed.number != story.call.number
    shown = queries.find_call(typed.number, typed.secret)
    with pytest.raises(NotThere):
        queries.call_page(shown, story.call.pk)
    assert Call.objects.get(pk=typed.call_id).excluded == "", "nor is he told that the number was there before"


def test_danger_told_again_makes_the_matter_as_urgent(story: Story) -> None:
    assert story.matter.urgency == "ordinary"
    actions.follow(story.she, new_call(caller=story.caller, text=STILL, urgency="life"), story.matter.pk)
    assert story.matter.urgency == "life"
