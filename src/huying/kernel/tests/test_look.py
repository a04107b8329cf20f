"""Who may know who calls: field by field, for a reason, for a time; its owner sees each look, and may object."""

from datetime import timedelta

import msgspec
import pytest

from huying.base import clock
from huying.city.models import Setting
from huying.city.queries import reset
from huying.events import log
from huying.kernel import actions, looks, queries, rebuild, rules
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, Look, Openness, Promise
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call
from huying.people import parties
from huying.people.actors import Actor, holder_actor, party_actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13800001111"
POSTS = [
    *((role, BUREAU) for role in ("handler", "head")),
    *((role, CENTRE) for role in ("head", "dispatcher", "supervisor")),
    *((role, DESK) for role in ("dispatcher", "callback", "supervisor", "auditor")),
    ("handler", "500103.urban-management"),
]
# by openness, who may open something of a call that the bureau bears under its centre
KNOWN = {
    Openness.NAMED: {*POSTS[:4], ("dispatcher", DESK), ("callback", DESK)},
    Openness.CONFIDENTIAL: {("dispatcher", DESK), ("callback", DESK)},
    Openness.ANONYMOUS: set(),
}


def given(story: Story, **changes: object) -> int:
    caller = parties.party_of_phone(PHONE)
    assert caller
    parties.set_name(caller, "王小燕")
    opened = actions.open_calls(story.she, [new_call(**{"caller": caller} | changes)])[0]
    actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(CENTRE).pk)
    task = Call.objects.get(pk=opened.call_id).matter.tasks.get()
    actions.pass_down(story.centre, task.pk, story.city.department(BUREAU).pk)
    return opened.call_id


def shown(actor: Actor, call: int) -> dict[str, str]:
    found = queries.opened(actor, Call.objects.filter(pk=call).select_related("caller"))
    return {name: one.value for name, one in found.get(call, {}).items()}


def she(call: int) -> Actor:
    return party_actor(Call.objects.get(pk=call).caller)


@pytest.mark.parametrize("openness", Openness.values)
@pytest.mark.parametrize(("role", "unit"), POSTS)
def test_how_open_she_is_says_who_may_know_her(story: Story, actor: MakeActor, openness: str, role: str, unit: str) -> None:
    call, who = given(story, openness=openness), actor(role, story.city.department(unit))
    if (role, unit) in KNOWN[Openness(openness)]:
        actions.look(who, call, "phone", "contact")
        assert shown(who, call) == {"phone": PHONE}
    else:
        with pytest.raises((NotThere, Refused)):
            actions.look(who, call, "phone", "contact")
        assert shown(who, call) == {} and not Look.objects.exists()


def test_each_field_opens_by_itself(story: Story) -> None:
    call = given(story, text="我是王小燕，电话 13800001111，楼下路灯不亮，三天了。")
    actions.look(story.handler, call, "name", "verify", "核对是不是本人")
    assert shown(story.handler, call) == {"name": "王小燕"}
    actions.look(story.handler, call, "words", "contact")
    assert PHONE in shown(story.handler, call)["words"] and "phone" not in shown(story.handler, call)


def test_it_closes_by_itself_and_for_others_it_never_was_open(story: Story) -> None:
    call = given(story)
    actions.look(story.handler, call, "phone", "contact")
    assert shown(story.head, call) == {}
    with clock.showing(clock.now() + timedelta(minutes=looks.minutes() - 1)):
        assert shown(story.handler, call) == {"phone": PHONE}
    with clock.showing(clock.now() + timedelta(minutes=looks.minutes() + 1)):
        assert shown(story.handler, call) == {}


def test_each_look_is_a_fact_without_the_words_said_with_it(story: Story) -> None:
    call = given(story)
    row = actions.look(story.handler, call, "phone", "contact", "约她晚上在家")
    told = log.history([f"call:{call}"])[-1]
    assert told.name == "call.looked"
    fact = msgspec.structs.asdict(told.fact)
    assert (fact["field"], fact["reason"], fact["role"], fact["department"]) == ("phone", "contact", "handler", BUREAU)
    assert fact["until"] == int(row.until.timestamp())
    assert "约她" not in str(fact) and row.note == "约她晚上在家"


@pytest.mark.parametrize(
    ("field", "reason", "at"), [("card", "contact", "field"), ("phone", "", "reason"), ("phone", "x", "reason")]
)
def test_without_a_field_or_a_reason_nothing_opens(story: Story, field: str, reason: str, at: str) -> None:
    call = given(story)
    with pytest.raises(BadInput) as fault:
        actions.look(story.handler, call, field, reason)
    assert at in fault.value.errors and not Look.objects.exists()


def test_what_she_did_not_give_is_told_as_such(story: Story) -> None:
    opened = actions.open_calls(story.she, [new_call()])[0]
    with pytest.raises(Refused) as refusal:
        actions.look(story.dispatcher, opened.call_id, "phone", "contact")
    assert refusal.value.code == "no_phone"


def test_she_sees_who_looked_and_why_on_her_call_and_in_one_place(story: Story) -> None:
    call = given(story)
    actions.look(story.handler, call, "phone", "contact")
    [row] = queries.call_page(she(call), call).looks
    assert (row.officer, row.department and row.department.key, row.field, row.reason) == (
        story.handler.officer,
        BUREAU,
        "phone",
        "contact",
    )
    assert [look.pk for look in queries.my_looks(she(call))] == [row.pk]
    assert queries.my_looks(story.she) == []  # another's
    assert [hop.name for hop in queries.call_page(holder_actor(call), call).hops][-1] == "call.looked"


# --- Objection ----------------------------------------------------------------------------------------------------------


def test_she_objects_and_the_auditor_answers_within_a_promise(story: Story, actor: MakeActor) -> None:
    call, auditor = given(story), actor("auditor", story.city.department(DESK))
    row = actions.look(story.handler, call, "phone", "contact")
    actions.object_look(she(call), call, row.pk, "他从来没有给我打过电话")
    assert Promise.objects.filter(call=call, what="explain", ended_at=None).count() == 1
    assert [look.pk for look in queries.to_explain(auditor)] == [row.pk]
    actions.explain_look(auditor, call, row.pk, "improper", "没有通话记录，已经约谈并收回权限。")
    row.refresh_from_db()
    assert (row.found, row.explained_by) == ("improper", auditor.officer) and queries.to_explain(auditor) == []
    assert Promise.objects.get(call=call, what="explain").met_at is not None
    assert [fact.name for fact in log.history([f"call:{call}"])][-2:] == ["call.look_objected", "call.look_explained"]
    assert list(rebuild.differences()) == []


def test_two_objections_are_one_promise_that_is_kept_with_the_last_answer(story: Story, actor: MakeActor) -> None:
    call, auditor = given(story), actor("auditor", story.city.department(DESK))
    rows = [actions.look(who, call, "phone", "contact") for who in (story.handler, story.head)]
    for row in rows:
        actions.object_look(she(call), call, row.pk, "没有人联系我")
    for kept, row in zip((False, True), rows, strict=True):
        actions.explain_look(auditor, call, row.pk, "proper", "查过通话记录，当天打过。")
        assert (Promise.objects.get(call=call, what="explain").met_at is not None) is kept


def test_one_objects_once_and_only_to_a_look_at_oneself(story: Story) -> None:
    call, other = given(story), given(story)
    row = actions.look(story.handler, call, "phone", "contact")
    with pytest.raises(NotThere):
        actions.object_look(she(call), other, row.pk, "没有人联系我")
    with pytest.raises(NotThere):
        actions.object_look(story.she, call, row.pk, "没有人联系我")
    with pytest.raises(BadInput):
        actions.object_look(she(call), call, row.pk, "嗯")
    actions.object_look(she(call), call, row.pk, "没有人联系我")
    with pytest.raises(Refused):
        actions.object_look(she(call), call, row.pk, "没有人联系我")


def test_nobody_answers_for_his_own_look_nor_what_nobody_asked(story: Story, actor: MakeActor) -> None:
    call, auditor = given(story), actor("auditor", story.city.department(DESK))
    row = actions.look(story.handler, call, "phone", "contact")
    with pytest.raises(Refused):
        actions.explain_look(auditor, call, row.pk, "proper", "查过通话记录，当天打过。")
    Look.objects.filter(pk=row.pk).update(officer=auditor.officer, asked=True)
    with pytest.raises(Refused) as refusal:
        actions.explain_look(auditor, call, row.pk, "proper", "查过通话记录，当天打过。")
    assert refusal.value.code == "own_look"
    assert not rules.may(story.handler, "explain_look", Call.objects.get(pk=call))


# --- Unusual ------------------------------------------------------------------------------------------------------------


def test_many_looks_within_an_hour_are_told_to_the_auditor(story: Story, actor: MakeActor) -> None:
    Setting.objects.update_or_create(key="look.many", defaults={"value": 2})
    for name, hour in (("look.from", 0), ("look.to", 24)):
        Setting.objects.update_or_create(key=name, defaults={"value": hour})
    reset()
    auditor = actor("auditor", story.city.department(DESK))
    found = [actions.look(story.handler, given(story), "phone", "contact") for _ in range(3)]
    assert [row.unusual for row in found] == [[], [], ["many"]]
    assert [row.pk for row in queries.to_explain(auditor)] == [found[-1].pk]


@pytest.mark.parametrize(("hour", "strange"), [(6, True), (9, False), (21, False), (22, True)])
def test_a_look_in_the_night_is_told_to_the_auditor(story: Story, hour: int, strange: bool) -> None:
    call = given(story)
    night = (clock.local_now() + timedelta(days=1)).replace(hour=hour, minute=30)
    with clock.showing(night):
        assert ("hours" in actions.look(story.handler, call, "phone", "contact").unusual) is strange
