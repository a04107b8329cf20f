from datetime import timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.kernel import actions, queries, rebuild, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, Objection, Promise
from huying.kernel.tests.conftest import DESK, Story, new_call
from huying.people import parties
from huying.people.actors import Actor, holder_actor, party_actor
from huying.people.models import Officer, Post
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
WORDS, FOUND = "他没给我打过电话，为什么要看我的号码？", "他看了以后没有联系您，已责成说明并诫勉谈话。"


@pytest.fixture
def auditor(story: Story, actor: MakeActor) -> Actor:
    return actor("auditor", story.city.department(DESK))


@pytest.fixture
def looked(story: Story) -> Story:
    """The bureau's handler has looked at her number."""
    party = parties.party_of_phone("13800001111")
    assert party
    story.caller = party
    story.opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]
    story.until("signed")
    actions.look(story.handler, story.call.pk, "phone", "contact", "想问问情况")
    return story


def look_of(story: Story) -> int:
    return queries.looks_at(story.she)[0].look.pk


def running(story: Story) -> list[Promise]:
    return list(Promise.objects.filter(call=story.call, what="objection", ended_at=None))


def test_she_objects_and_the_auditor_answers_her_in_time(looked: Story, auditor: Actor) -> None:
    actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)
    (promise,) = running(looked)
    assert (promise.budget, promise.unit) == (5, "workdays")
    (line,) = queries.objections(auditor)
    assert line.objection and (line.objection.text, line.due_at) == (WORDS, promise.due_at)
    actions.answer_objection(auditor, looked.call.pk, look_of(looked), True, FOUND)
    assert running(looked) == [] and queries.objections(auditor) == []
    (hers,) = queries.looks_at(looked.she)
    assert hers.objection and (hers.objection.answer, hers.objection.upheld) == (FOUND, True)
    assert list(rebuild.differences()) == []


def test_who_holds_number_and_secret_may_object_too(looked: Story) -> None:
    actions.object_(holder_actor(looked.call.pk), looked.call.pk, look_of(looked), WORDS)
    assert len(running(looked)) == 1


def test_nobody_objects_for_another_nor_to_anothers_look(looked: Story, auditor: Actor) -> None:
    other = parties.party_of_phone("13800002222")
    assert other
    with pytest.raises(NotThere):
        actions.object_(party_actor(other), looked.call.pk, look_of(looked), WORDS)
    hers = actions.open_calls(party_actor(other), [new_call(caller=other)])[0]
    with pytest.raises(NotThere):
        actions.object_(party_actor(other), hers.call_id, look_of(looked), WORDS)
    with pytest.raises(Refused):
        actions.object_(looked.handler, looked.call.pk, look_of(looked), WORDS)
    with pytest.raises(Refused):
        actions.answer_objection(looked.head, looked.call.pk, look_of(looked), False, FOUND)


def test_she_objects_to_a_look_once_and_must_say_why(looked: Story) -> None:
    with pytest.raises(BadInput) as fault:
        actions.object_(looked.she, looked.call.pk, look_of(looked), "不")
    assert set(fault.value.errors) == {"objection"}
    actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)
    with pytest.raises(Refused):
        actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)


def test_two_objections_of_one_call_are_owed_by_the_day_of_the_first(looked: Story, auditor: Actor) -> None:
    first = look_of(looked)
    actions.object_(looked.she, looked.call.pk, first, WORDS)
    due = running(looked)[0].due_at
    clock.set_offset(timedelta(days=2))
    actions.look(looked.head, looked.call.pk, "phone", "contact", "又想问问情况")
    second = look_of(looked)
    actions.object_(looked.she, looked.call.pk, second, WORDS)
    assert [row.due_at for row in running(looked)] == [due]
    actions.answer_objection(auditor, looked.call.pk, first, False, FOUND)
    assert len(running(looked)) == 1
    actions.answer_objection(auditor, looked.call.pk, second, False, FOUND)
    assert running(looked) == [] and list(rebuild.differences()) == []


def test_the_officer_she_objects_to_reads_nothing_of_it(looked: Story, auditor: Actor) -> None:
    actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)
    clock.set_offset(timedelta(days=12))
    timers.sweep_dry()
    view = queries.matter_page(looked.handler, looked.matter.pk)
    assert not [p for p in view.promises if p.what == "objection"]
    assert not [h for h in view.hops if "object" in h.name or h.detail.get("what") == "objection"]
    hers = [h.name for h in queries.call_page(looked.she, looked.call.pk).hops]
    assert "call.objected" in hers and "promise.broken" in hers


def test_it_outlives_her_call(looked: Story, auditor: Actor) -> None:
    actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)
    actions.withdraw(looked.she, looked.call.pk)
    assert looked.call.state == "ended" and len(running(looked)) == 1
    actions.answer_objection(auditor, looked.call.pk, look_of(looked), False, FOUND)
    assert running(looked) == [] and list(rebuild.differences()) == []


def test_it_goes_along_when_her_matter_is_merged(looked: Story, auditor: Actor) -> None:
    actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)
    other = parties.party_of_phone("13800002222")
    assert other
    into = actions.open_calls(party_actor(other), [new_call(caller=other)])[0]
    actions.merge(looked.dispatcher, looked.matter.pk, into.matter_id)
    assert running(looked)[0].matter_id == into.matter_id
    actions.answer_objection(auditor, looked.call.pk, look_of(looked), True, FOUND)
    assert running(looked) == [] and list(rebuild.differences()) == []


def test_an_auditor_does_not_judge_his_own_look(looked: Story, auditor: Actor) -> None:
    from huying.people.actors import officer_actor  # the actor as he is after the second post

    assert auditor.officer
    Post.objects.create(officer=auditor.officer, department=looked.city.department(DESK), role="callback")
    both = officer_actor(Officer.objects.get(pk=auditor.officer.pk))
    clock.set_offset(timedelta(hours=1))
    actions.look(both, looked.call.pk, "phone", "contact", "想问问情况")
    mine = look_of(looked)
    actions.object_(looked.she, looked.call.pk, mine, WORDS)
    with pytest.raises(Refused) as refusal:
        actions.answer_objection(both, looked.call.pk, mine, False, FOUND)
    assert refusal.value.code == "not_apart"


def test_the_answer_holds_a_verdict_and_words(looked: Story, auditor: Actor) -> None:
    actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)
    with pytest.raises(BadInput) as fault:
        actions.answer_objection(auditor, looked.call.pk, look_of(looked), None, " ")
    assert set(fault.value.errors) == {"verdict", "words"}
    assert Objection.objects.get().answered_at is None


def test_no_word_of_it_stands_in_the_log(looked: Story, auditor: Actor) -> None:
    actions.object_(looked.she, looked.call.pk, look_of(looked), WORDS)
    actions.answer_objection(auditor, looked.call.pk, look_of(looked), True, FOUND)
    told = log.history([f"call:{looked.call.pk}"])
    assert [row.name for row in told][-2:] == ["call.objected", "call.objection_answered"]
    assert not [row for row in told if "号码" in str(row.fact) or "诫勉" in str(row.fact)]
    assert Call.objects.get(pk=looked.call.pk).version == len(told)
