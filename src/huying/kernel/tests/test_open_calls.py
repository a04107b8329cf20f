import importlib
from datetime import timedelta

import pytest
from django.db import IntegrityError

from huying.base import clock, ids
from huying.city.models import Setting
from huying.events import log
from huying.events.models import Fact
from huying.kernel import actions
from huying.kernel.models import Call, Matter, Openness, Promise, Task
from huying.kernel.tests.conftest import new_call
from huying.people import parties, private
from huying.people.actors import SYSTEM, party_actor
from huying.people.models import Party
from tests.people import MakeCaller
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db(transaction=True)
# the package gives the function of that name; its module is found by its path
module = importlib.import_module("huying.kernel.actions.open_calls")


def test_a_call_opens_a_matter_and_a_promise_to_answer(small_city: SmallCity, caller: MakeCaller) -> None:
    party = caller()
    opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]
    call = Call.objects.get(pk=opened.call_id)
    assert (call.caller, call.matter.state, call.state) == (party, "received", "open")
    promise = Promise.objects.get(matter=call.matter)
    assert (promise.what, promise.budget, promise.unit, promise.task) == ("answer", 10, "workdays", None)
    assert call.matter.due_at == promise.due_at > clock.now()


def test_its_number_has_twelve_digits_with_a_check_digit_and_its_secret_is_not_stored(small_city: SmallCity) -> None:
    opened = actions.open_calls(SYSTEM, [new_call()])[0]
    assert ids.number_is_sound(opened.number) and len(opened.secret) == ids.SECRET_LENGTH
    row = Call.objects.filter(pk=opened.call_id).values()[0]
    assert opened.secret not in {str(v) for v in row.values()}


def test_a_resend_is_the_same_call_with_the_same_secret(small_city: SmallCity) -> None:
    new = new_call()
    first, second = (actions.open_calls(SYSTEM, [new])[0] for _ in range(2))
    assert (second.call_id, second.number, second.secret) == (first.call_id, first.number, first.secret)
    assert first.fresh and not second.fresh
    assert Call.objects.count() == Matter.objects.count() == 1


def test_the_same_key_twice_in_one_batch_is_one_call(small_city: SmallCity) -> None:
    new = new_call()
    one, two = actions.open_calls(SYSTEM, [new, new])
    assert one.call_id == two.call_id and Call.objects.count() == 1


def test_a_call_sent_at_the_same_moment_from_elsewhere_stands(small_city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    new = new_call()
    first = actions.open_calls(SYSTEM, [new])[0]
    looked: list[int] = []

    def blind_once(news: object) -> dict[str, object]:
        looked.append(1)
        return {} if len(looked) == 1 else real(news)  # type: ignore[arg-type,return-value]

    real = module.known_of
    monkeypatch.setattr(module, "known_of", blind_once)
    assert actions.open_calls(SYSTEM, [new])[0].call_id == first.call_id
    assert Call.objects.count() == 1


def test_everything_of_a_batch_stands_or_nothing(small_city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(entries: object) -> None:
        raise IntegrityError("planted")

    monkeypatch.setattr(log, "record", fall)
    with pytest.raises(IntegrityError, match="planted"):
        actions.open_calls(SYSTEM, [new_call(), new_call()])
    assert (
        not Call.objects.exists() and not Matter.objects.exists() and not Party.objects.exists() and not Fact.objects.exists()
    )


def test_identifiers_are_cut_out_and_can_be_opened_with_the_callers_key(small_city: SmallCity) -> None:
    opened = actions.open_calls(SYSTEM, [new_call(text="路灯不亮，我的电话13812345678，快来修。")])[0]
    call = Call.objects.get(pk=opened.call_id)
    assert "13812345678" not in call.text and "〔电话1〕" in call.text
    assert call.sealed and b"13812345678" not in bytes(call.sealed)
    for part in ("13812", "45678"):  # neither whole nor masked; three digits alone a drawn number may hold
        assert not Fact.objects.filter(body__contains=part).exists()


def test_facts_carry_no_words_of_the_caller(small_city: SmallCity) -> None:
    actions.open_calls(SYSTEM, [new_call(title="独特标题", text="独一无二的正文内容")])
    assert all("独" not in fact.body for fact in Fact.objects.all())


def test_state_and_log_have_the_same_version(small_city: SmallCity) -> None:
    Setting.objects.filter(key="dispatch.by_itself").update(value=True)
    opened = actions.open_calls(SYSTEM, [new_call()])[0]
    matter = Matter.objects.get(pk=opened.matter_id)
    assert matter.version == len(log.history([f"matter:{matter.pk}"]))
    assert Call.objects.get(pk=opened.call_id).version == len(log.history([f"call:{opened.call_id}"])) == 1


def test_danger_to_life_is_promised_in_two_hours(small_city: SmallCity) -> None:
    opened = actions.open_calls(SYSTEM, [new_call(title="楼下着火了", text="三楼着火了，有人在里面")])[0]
    matter = Matter.objects.get(pk=opened.matter_id)
    assert matter.urgency == "life"
    assert matter.due_at == matter.opened_at + timedelta(hours=2)


def test_a_call_of_another_day_keeps_its_day(small_city: SmallCity) -> None:
    at = clock.now() - timedelta(days=40)
    opened = actions.open_calls(SYSTEM, [new_call(opened_at=at)])[0]
    call = Call.objects.get(pk=opened.call_id)
    assert call.opened_at == at
    assert log.history([f"call:{call.pk}"])[0].at == at


def test_an_unknown_sort_is_refused(small_city: SmallCity) -> None:
    with pytest.raises(KeyError):
        actions.open_calls(SYSTEM, [new_call(sort="gossip")])
    assert not Call.objects.exists()


def test_callers_of_one_phone_are_one_party(small_city: SmallCity) -> None:
    one = parties.party_of_phone("13800001111")
    two = parties.party_of_phone("+86 138 0000 1111")
    assert one == two


def test_two_first_calls_of_one_phone_in_a_batch_share_a_party(small_city: SmallCity) -> None:
    news = [new_call(caller=parties.draft_of_phone("13800002222")) for _ in range(2)]
    one, two = actions.open_calls(SYSTEM, news)
    assert Call.objects.get(pk=one.call_id).caller == Call.objects.get(pk=two.call_id).caller


def test_a_phone_that_called_a_moment_ago_from_elsewhere_is_found(small_city: SmallCity) -> None:
    drafted = parties.draft_of_phone("13800003333")
    there = parties.party_of_phone("13800003333")
    opened = actions.open_calls(SYSTEM, [new_call(caller=drafted, text="我的电话13800003333，路灯不亮")])[0]
    call = Call.objects.get(pk=opened.call_id)
    assert call.caller == there and call.sealed
    assert "13800003333" in private.unseal(call.caller, call.sealed)


def test_an_anonymous_caller_is_a_party_without_a_name(small_city: SmallCity) -> None:
    opened = actions.open_calls(SYSTEM, [new_call(openness=Openness.ANONYMOUS)])[0]
    party = Call.objects.get(pk=opened.call_id).caller
    assert party.phone_mac is None and party.account is None


def test_a_matter_whose_bearer_is_certain_is_dispatched_by_itself(small_city: SmallCity) -> None:
    Setting.objects.filter(key="dispatch.by_itself").update(value=True)
    Setting.objects.filter(key="dispatch.confidence").update(value=0.0)
    opened = actions.open_calls(SYSTEM, [new_call()])[0]
    task = Task.objects.get(matter_id=opened.matter_id)
    assert task.bearer.key == "500106.governance-centre"
    assert task.matter.state == "working" and opened.bearer_id == task.bearer_id
    assert set(Promise.objects.values_list("what", flat=True)) == {"answer", "sign", "contact"}
    assert task.due_at == min(Promise.objects.values_list("due_at", flat=True))


def test_a_matter_whose_bearer_is_uncertain_waits_for_the_dispatcher(small_city: SmallCity) -> None:
    Setting.objects.filter(key="dispatch.by_itself").update(value=True)
    Setting.objects.filter(key="dispatch.confidence").update(value=1.01)
    opened = actions.open_calls(SYSTEM, [new_call()])[0]
    assert opened.bearer_id is None and not Task.objects.exists()
