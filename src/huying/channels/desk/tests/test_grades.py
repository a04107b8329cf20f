"""The desk's page of grades: what waits is answered there, and who oversees reads how many said what."""

import pytest
from django.test import Client

from huying.features.services import rating
from huying.features.services.models import Rating
from huying.features.services.rating import Opinion
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.people.actors import Actor
from tests.people import signed_in
from tests.small_things import CERTIFICATE, REGISTRATION

__all__ = ["_own_store", "case"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def poor(case: Birth) -> Rating:
    case.open().granted(CERTIFICATE)
    return rating.rate(case.she, case.the.call_id, CERTIFICATE, Opinion(1, ("manner",), "窗口没有人理我"))


def desk(actor: Actor) -> Client:
    assert actor.officer
    return signed_in(actor.officer.account)


def text(client: Client) -> str:
    return client.get("/desk/grades/").content.decode()


def test_her_department_reads_it_speaks_with_her_and_answers(case: Birth, poor: Rating) -> None:
    head = desk(case.officer(CERTIFICATE, "head"))
    assert all(words in text(head) for words in ("窗口没有人理我", "态度不好", "出生医学证明"))
    head.post(f"/desk/grades/{poor.pk}/contacted/")
    again = head.post(f"/desk/grades/{poor.pk}/answer/", {"found": "窗口那天换班", "follows": "改"})
    assert again.status_code == 422 and "窗口那天换班" in again.content.decode()
    head.post(f"/desk/grades/{poor.pk}/answer/", {"found": "窗口那天换班", "follows": "以后换班有人守着"})
    assert "没有等答复的差评" in text(head)
    her = Client()
    her.force_login(case.caller.account)
    page = her.get(f"/case/{case.call.number}/").content.decode()
    assert "窗口那天换班" in page and "以后换班有人守着" in page


def test_another_department_reads_nothing_of_it(case: Birth, poor: Rating) -> None:
    other = desk(case.officer(REGISTRATION, "head"))
    assert "窗口没有人理我" not in text(other) and "出生医学证明" not in text(other)
    assert other.post(f"/desk/grades/{poor.pk}/contacted/").status_code == 404


def test_counts_are_for_who_oversees(case: Birth, poor: Rating) -> None:
    assert "好差评表" in text(desk(case.officer(CERTIFICATE, "head"))) and "太少" in text(
        desk(case.officer(CERTIFICATE, "head"))
    )
    assert "好差评表" not in text(desk(case.officer(CERTIFICATE)))


def test_she_rates_on_the_page_of_her_case(client: Client, case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    client.force_login(case.caller.account)
    address = f"/case/{case.call.number}/"
    assert "评一评：出生医学证明" in client.get(address).content.decode()
    sent = {"do": "rate", "item": CERTIFICATE, "grade": "1", "text": ""}
    page = client.post(address, sent)
    assert page.status_code == 422 and "请勾一勾哪里不好" in page.content.decode()
    assert client.post(address, sent | {"reasons": ["late", "visits"]}).status_code == 302
    page = client.get(address)
    assert "您的评价：" in page.content.decode() and "会先联系您" in page.content.decode()
    assert client.post(address, sent | {"grade": "5"}).status_code == 409
    assert client.post(address, sent | {"item": "nothing", "grade": "4"}).status_code == 404
