"""授权代办 in a browser without script: she lets her son, he fills her form, each sees what is theirs."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.channels.web.tests.conftest import html
from huying.features.services import mandates
from huying.features.services.mandates import Scope
from huying.features.services.models import Case, Mandate
from huying.features.services.opening import open_cases
from huying.features.services.tests.conftest import Birth, case
from huying.people import private
from huying.people.actors import Actor, party_actor
from huying.people.models import Party
from huying.people.tests.given import texts
from tests.people import MakeCaller

__all__ = ["case", "texts"]
pytestmark = pytest.mark.django_db(transaction=True)
HER_PHONE, HIS_PHONE = "13900139001", "13900139002"
Sent = list[tuple[str, str]]


def with_phone(party: Party, phone: str) -> Party:
    party.phone_mac, party.phone_sealed = private.phone_mac(phone), private.seal(party, phone)
    party.save()
    return party


@pytest.fixture
def her(case: Birth, settings: Settings) -> Client:
    with_phone(case.caller, HER_PHONE)
    client = Client()
    client.force_login(case.caller.account)
    return client


@pytest.fixture
def son(caller: MakeCaller) -> Actor:
    return party_actor(with_phone(caller(), HIS_PHONE))


@pytest.fixture
def his(son: Actor) -> Client:
    client = Client()
    client.force_login(son.party.account)  # type: ignore[union-attr]
    return client


def asked(**more: str) -> dict[str, str]:
    last = (clock.today() + timedelta(days=30)).isoformat()
    return {"phone": HIS_PHONE, "thing": "", "relation": "family", "last": last, "do": "give", **more}


def begun(case: Birth, son: Actor, scope: Scope) -> Mandate:
    one = mandates.accept(son, mandates.give(case.she, HIS_PHONE, scope).pk)
    case.opened = open_cases(son, [case.new(mandate=one)])[0]
    return one


def month() -> Scope:
    return Scope("", clock.today() + timedelta(days=30))


def test_she_lets_her_son_and_he_agrees(her: Client, his: Client, case: Birth) -> None:
    assert her.post("/me/mandates/", asked()).status_code == 302
    assert "139****9002" in html(her.get("/me/mandates/")) and "等对方同意" in html(her.get("/me/mandates/"))
    page = html(his.get("/me/mandates/"))
    assert "李梅" in page and "同意替对方办" in page
    answer = his.post("/me/mandates/", {"do": "accept", "mandate": Mandate.objects.get().pk})
    assert answer["Location"] == f"/me/mandates/{Mandate.objects.get().pk}/"
    assert "替李梅" in html(his.get(answer["Location"]))


def test_he_asks_for_a_code_and_she_tells_it(his: Client, her: Client, case: Birth, texts: Sent) -> None:
    sent = asked(phone=HER_PHONE, do="ask")
    page = html(his.post("/me/mandates/", sent))
    assert "请家人把同意码告诉您" in page and f'value="{HER_PHONE}"' in page
    wrong = his.post("/me/mandates/", {**sent, "do": "confirm", "code": "000000" if texts[-1][1] != "000000" else "111111"})
    assert wrong.status_code == 422 and "同意码不对" in html(wrong)
    right = his.post("/me/mandates/", {**sent, "do": "confirm", "code": texts[-1][1]})
    assert right["Location"] == f"/me/mandates/{Mandate.objects.get(giver=case.caller).pk}/"


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(her: Client, case: Birth) -> None:
    answer = her.post("/me/mandates/", asked(phone="123", last="2099-01-01"))
    page = html(answer)
    assert answer.status_code == 422 and "11 位数字" in page and "最长一年" in page and 'value="123"' in page


def test_the_questions_and_the_form_go_on_for_her(his: Client, her: Client, case: Birth, son: Actor) -> None:
    one = mandates.accept(son, mandates.give(case.she, HIS_PHONE, month()).pk)
    key = case.thing.row.key
    page = html(his.get(f"/things/{key}/?for={one.pk}"))
    assert "您在替李梅" in page and f'name="for" value="{one.pk}"' in page
    query = urlencode(case.new().decided.answers, doseq=True)
    answer = his.get(f"/things/{key}/form/?{query}&for={one.pk}")
    assert answer["Location"] == f"/things/{key}/form/?for={one.pk}"
    form = html(his.get(answer["Location"]))
    assert "您在替李梅" in form and 'value="李梅"' in form and 'name="remember"' not in form


@pytest.mark.parametrize("stranger", [True, False])
def test_a_mandate_of_another_opens_no_form(her: Client, his: Client, case: Birth, son: Actor, stranger: bool) -> None:
    one = mandates.give(case.she, HIS_PHONE, month())  # he did not agree yet
    client = her if stranger else his
    for address in (f"/things/{case.thing.row.key}/form/?for={one.pk}", f"/things/{case.thing.row.key}/?for={one.pk}"):
        assert client.get(address).status_code == 404
    assert client.get(f"/me/mandates/{one.pk}/").status_code == 404


def test_the_case_says_who_did_it_for_whom(her: Client, his: Client, case: Birth, son: Actor) -> None:
    begun(case, son, month())
    hers, for_her = html(her.get(f"/case/{case.call.number}/")), html(his.get(f"/case/{case.call.number}/"))
    assert "替您办的（本人登录授权）" in hers and "谁看过我的信息" in hers
    assert "您替李梅" in for_her and "谁看过我的信息" not in for_her
    assert case.call.title in html(her.get("/me/mandates/"))


def test_she_takes_it_back_and_he_reads_nothing(her: Client, his: Client, case: Birth, son: Actor) -> None:
    one = begun(case, son, month())
    assert her.post("/me/mandates/", {"do": "end", "mandate": one.pk}).status_code == 302
    assert his.get(f"/case/{case.call.number}/")["Location"].startswith("/find/")
    assert "已经结束" in html(her.get("/me/mandates/")) and Case.objects.get().party == case.caller


def test_a_visitor_is_led_to_sign_in(case: Birth) -> None:
    for address in ("/me/mandates/", "/me/mandates/1/", f"/things/{case.thing.row.key}/form/?for=1"):
        assert Client().get(address)["Location"].startswith("/signin/")
