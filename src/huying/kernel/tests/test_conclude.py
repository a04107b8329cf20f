from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, queries, rebuild, rules
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Conclusion, Promise, Task
from huying.kernel.tests.conftest import BUREAU, DESK, Story
from huying.kernel.tests.voices import call_of, joining, share
from huying.kernel.tests.words import REASONS, answered_again, members, not_solved, panel, proposed
from huying.people.actors import holder_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_after_the_packs_reopenings_enough_others_agree_and_it_ends_with_the_ways_on(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    row = proposed(story, actor)
    actions.plead(story.she, story.call.pk, "我家门口还是黑的")
    first, second = members(story, actor)
    actions.decide_conclusion(first, story.call.pk, True, "产权确实在小区")
    assert story.call.state == "open"
    actions.decide_conclusion(second, story.call.pk, True, "该办的都办了")
    row.refresh_from_db()
    assert (story.call.state, story.call.ended_how, story.matter.state, row.outcome) == (
        "ended",
        "conclude",
        "concluded",
        "agreed",
    )
    assert not Task.objects.filter(is_open=True).exists()
    assert not Promise.objects.filter(what="answer", ended_at=None).exists()
    page = queries.call_page(story.she, story.call.pk)
    assert [way["name"] for way in page.conclusions[0].remedies] == ["行政复议", "信访复查"]
    told = [h.name for h in page.hops][-5:]
    assert told == ["call.conclusion_proposed", "call.pleaded", *["call.conclusion_decided"] * 2, "call.ended"]
    assert list(rebuild.differences()) == []


def test_not_before_she_asked_again_often_enough(story: Story, actor: MakeActor) -> None:
    not_solved(story, 1)
    with pytest.raises(Refused):
        proposed(story, actor)
    answered_again(story)
    actions.rate(story.she, story.call.pk, False, None)
    assert proposed(story, actor).needed == 3


def test_nobody_decides_before_she_spoke_or_had_her_days(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    proposed(story, actor)
    first, second = members(story, actor)
    assert "decide_conclusion" not in queries.matter_page(first, story.matter.pk).verbs
    with pytest.raises(Refused) as early:
        actions.decide_conclusion(first, story.call.pk, True, "同意")
    assert early.value.code == "too_early"
    clock.set_offset(timedelta(days=3, minutes=1))
    assert "decide_conclusion" in queries.matter_page(first, story.matter.pk).verbs
    for who in (first, second):
        actions.decide_conclusion(who, story.call.pk, True, "同意")
    assert story.call.state == "ended"


def test_one_objection_too_many_and_it_goes_on_until_she_asks_again(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    proposed(story, actor)
    actions.plead(story.she, story.call.pk, "还是黑的")
    actions.decide_conclusion(members(story, actor)[0], story.call.pk, False, "还可以拉临时线")
    assert Conclusion.objects.get().outcome == "refused" and story.call.state == "open"
    with pytest.raises(Refused):
        proposed(story, actor)
    answered_again(story)
    actions.rate(story.she, story.call.pk, False, None)
    assert proposed(story, actor)


def test_the_panel_is_of_others_and_of_enough(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    head = actor("head", story.city.department(DESK))
    for keys in (
        ("500106.housing",),
        ("500106.housing", BUREAU),
        ("500106.housing", "500106.housing"),
        ("500106.housing", DESK),
    ):
        with pytest.raises(BadInput) as fault:
            actions.propose_conclusion(head, story.call.pk, REASONS, ["行政复议"], [d.pk for d in panel(story, *keys)])
        assert set(fault.value.errors) == {"panel"}
    with pytest.raises(BadInput) as fault:
        actions.propose_conclusion(head, story.call.pk, "不办了", ["找人"], [])
    assert set(fault.value.errors) == {"reasons", "chosen"} and not Conclusion.objects.exists()


def test_each_department_speaks_once_and_nobody_who_was_not_asked(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    proposed(story, actor)
    actions.plead(story.she, story.call.pk, "还是黑的")
    first = members(story, actor)[0]
    actions.decide_conclusion(first, story.call.pk, True, "同意")
    with pytest.raises(Refused) as twice:
        actions.decide_conclusion(actor("head", panel(story)[0]), story.call.pk, True, "再同意")
    assert twice.value.code == "spoken"
    for who in (actor("head", story.city.department("city.water")), actor("handler", panel(story)[1])):
        with pytest.raises(NotThere):
            actions.decide_conclusion(who, story.call.pk, True, "同意")
    with pytest.raises(Refused):
        actions.decide_conclusion(story.head, story.call.pk, True, "同意")


def test_the_panel_sees_the_matter_while_it_weighs_and_finds_it_among_its_work(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    member = members(story, actor)[1]
    assert not rules.may(member, "see", story.matter) and queries.conclusions(member) == []
    proposed(story, actor)
    assert [seat.conclusion.call_id for seat in queries.conclusions(member)] == [story.call.pk]
    assert queries.matter_page(member, story.matter.pk).conclusions[0].reasons == REASONS
    assert queries.matter_page(member, story.matter.pk).verbs == []


def test_her_word_that_it_is_solved_ends_the_weighing(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    proposed(story, actor)
    answered_again(story)
    actions.rate(story.she, story.call.pk, True, 4)
    assert Conclusion.objects.get().outcome == "lapsed" and story.call.ended_how == "rated"
    with pytest.raises(Refused):
        actions.plead(story.she, story.call.pk, "不用了")


def test_she_speaks_once_and_only_when_asked(story: Story, actor: MakeActor, caller: MakeCaller) -> None:
    not_solved(story, 2)
    with pytest.raises(Refused):
        actions.plead(story.she, story.call.pk, "还是黑的")
    proposed(story, actor)
    actions.plead(story.she, story.call.pk, "我是王秀英，电话13800001234，还是黑的")
    assert "13800001234" not in Conclusion.objects.get().her_word
    with pytest.raises(Refused):
        actions.plead(story.she, story.call.pk, "再说一句")


def test_one_voice_is_concluded_and_the_others_are_left_whole(story: Story, actor: MakeActor, caller: MakeCaller) -> None:
    share("lamp")
    story.until("signed")
    waiting = joining(story, caller)
    not_solved(story, 1)
    actions.rate(holder_actor(waiting.call_id), waiting.call_id, True, 5)
    answered_again(story)
    actions.rate(story.she, story.call.pk, False, None)
    proposed(story, actor)
    actions.plead(story.she, story.call.pk, "还是黑的")
    for who in members(story, actor):
        actions.decide_conclusion(who, story.call.pk, True, "同意")
    assert (story.call.state, call_of(waiting).state, story.matter.state) == ("ended", "closed", "closed")
    assert call_of(waiting).solved and call_of(waiting).response_id and list(rebuild.differences()) == []
