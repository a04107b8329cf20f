from datetime import timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.kernel import actions, openness, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, Look, Openness
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call
from huying.people import parties
from huying.people.actors import Actor, holder_actor, party_actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, WHY = "13800001111", "约今晚上门修灯的时间"
TOLD = "我们街上的路灯三天不亮了，请打我女儿的电话13912345678。"


def given(story: Story, **changes: object) -> int:
    """A call at the bureau."""
    opened = actions.open_calls(story.she, [new_call(**{"caller": parties.party_of_phone(PHONE), **changes})])[0]
    actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(BUREAU).pk)
    return opened.call_id


def look(who: Actor, call: int, field: str = "phone") -> str:
    return actions.look(who, call, field, "contact", WHY).value


def shown(who: Actor, call: int) -> dict[str, str]:
    """What stands open before this officer now."""
    rows = queries.fields_open(who, [Call.objects.select_related("caller").get(pk=call)]).get(call, [])
    return {row.field: row.value for row in rows}


def test_each_look_at_a_number_is_a_fact_with_its_reason_and_its_end(story: Story) -> None:
    call = given(story)
    opened = actions.look(story.handler, call, "phone", "contact", WHY)
    told = log.history([f"call:{call}"])[-1]
    assert (opened.value, told.name) == (PHONE, "call.looked")
    wanted = (BUREAU, "handler", "contact", int(opened.until.timestamp()))
    assert (told.fact.department, told.fact.role, told.fact.reason, told.fact.until) == wanted  # type: ignore[attr-defined]
    assert PHONE not in str(told.fact) and WHY not in str(told.fact)


def test_it_opens_one_field_and_closes_by_itself(story: Story) -> None:
    call = given(story, text=TOLD)
    assert shown(story.handler, call) == {"phone": "", "〔电话1〕": ""}
    assert look(story.handler, call, "〔电话1〕") == "13912345678"
    assert shown(story.handler, call) == {"phone": "", "〔电话1〕": "13912345678"}
    assert shown(story.head, call) == {"phone": "", "〔电话1〕": ""}, "open for who looked alone"
    clock.set_offset(timedelta(minutes=15))
    assert shown(story.handler, call) == {"phone": "", "〔电话1〕": ""}


def test_what_is_open_is_not_looked_at_twice(story: Story) -> None:
    call = given(story)
    for _ in range(3):
        look(story.handler, call)
    assert Look.objects.count() == 1
    clock.set_offset(timedelta(minutes=16))
    look(story.handler, call)
    assert Look.objects.count() == 2


def test_a_name_opens_like_a_number(story: Story) -> None:
    call = given(story)
    with pytest.raises(Refused) as refusal:
        look(story.handler, call, "name")
    assert refusal.value.code == "nothing_there"
    party = parties.party_of_phone(PHONE)
    assert party
    parties.set_name(party, "李晓明")
    assert look(story.handler, call, "name") == "李晓明"


def test_without_a_reason_of_the_pack_and_words_nothing_opens(story: Story) -> None:
    call = given(story)
    with pytest.raises(BadInput) as fault:
        actions.look(story.handler, call, "phone", "curious", " ")
    assert set(fault.value.errors) == {"reason", "words"}
    assert not Look.objects.exists() and shown(story.handler, call) == {"phone": ""}


def test_its_words_hold_no_number_either(story: Story) -> None:
    call = given(story)
    actions.look(story.handler, call, "phone", "contact", f"打{PHONE}问她")
    assert PHONE not in queries.looks_at(party_actor(Call.objects.get(pk=call).caller))[0].words


def test_a_caller_without_a_number_is_told_as_such(story: Story) -> None:
    with pytest.raises(Refused) as refusal:
        look(story.handler, given(story, caller=story.caller))
    assert refusal.value.code == "no_phone"


def test_a_bureau_without_the_task_cannot_look(story: Story, actor: MakeActor) -> None:
    call = given(story)
    with pytest.raises(NotThere):
        look(actor("handler", story.city.department("500103.urban-management")), call)


def test_who_had_the_task_taken_from_him_cannot_look_any_more(story: Story) -> None:
    call = given(story)
    task = Call.objects.get(pk=call).matter.tasks.get()
    actions.transfer(story.dispatcher, task.pk, story.city.department(CENTRE).pk, "换一家")
    with pytest.raises(Refused):
        look(story.handler, call)
    assert shown(story.handler, call) == {}


def test_she_sees_who_why_and_when_and_nobody_else_does(story: Story) -> None:
    call = given(story)
    look(story.handler, call)
    party = parties.party_of_phone(PHONE)
    assert party
    for she in (party_actor(party), holder_actor(call)):
        (line,) = queries.looks_at(she)
        assert story.handler.officer and line.look.officer == story.handler.officer
        assert (line.look.department.key, line.look.role) == (BUREAU, "handler")
        assert (line.reason, line.words, line.is_open) == ("要和来电人联系", WHY, True)
        assert [row.look.pk for row in queries.call_page(she, call).looks] == [line.look.pk]
    assert queries.looks_at(story.she) == [] and queries.looks_at(holder_actor(call + 1)) == []


# --- How openly she called --------------------------------------------------------------------------------------------

WHERE = {"bearer": BUREAU, "sister bureau": "500106.housing", "desk": DESK}
POSTS = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor")
BEARER = {(post, "bearer") for post in ("handler", "head", "dispatcher")}
AT_DESK = {("dispatcher", "desk"), ("callback", "desk")}
OPEN_TO = {
    Openness.NAMED: BEARER | AT_DESK,
    Openness.CONFIDENTIAL: AT_DESK,
    Openness.ANONYMOUS: set(),
}


@pytest.mark.parametrize("openness_of_her", Openness.values)
def test_who_may_open_what_by_how_openly_she_called(story: Story, actor: MakeActor, openness_of_her: str) -> None:
    call = given(story, openness=openness_of_her, text=TOLD)
    party = Call.objects.get(pk=call).caller
    parties.set_name(party, "李晓明")
    row = Call.objects.select_related("caller").get(pk=call)
    for field in ("phone", "name", "〔电话1〕"):
        able = set()
        for place, key in WHERE.items():
            for post in POSTS:
                who = actor(post, story.city.department(key))
                opens = field in {one.field for one in queries.fields_open(who, [row]).get(call, [])}
                try:
                    look(who, call, field)
                except (Refused, NotThere):
                    assert not opens, "offered and then refused"
                else:
                    assert opens, "not offered and yet opened"
                    able.add((post, place))
        assert able == OPEN_TO[Openness(openness_of_her)], field


def test_the_table_has_no_row_for_the_anonymous_nor_for_the_bearer_of_the_confidential() -> None:
    assert {who for who, _ in openness.OPENS} == {Openness.NAMED, Openness.CONFIDENTIAL}
    assert {relation for who, relation in openness.OPENS if who == Openness.CONFIDENTIAL} == {"desk"}


def test_the_bearer_is_told_how_to_reach_her_instead(story: Story) -> None:
    with pytest.raises(Refused) as refusal:
        look(story.handler, given(story, openness=Openness.CONFIDENTIAL))
    assert refusal.value.code == "closed_identity" and "留言" in refusal.value.message
