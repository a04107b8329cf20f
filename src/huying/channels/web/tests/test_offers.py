"""主动服务 on the portal: she agrees, sees what is ready and why, adds what only she knows, and confirms with one press."""

import pytest
from django.test import Client

from huying.channels.web.offering import masked
from huying.city.catalogue import InForce
from huying.features.services.models import Case, Draft
from huying.features.services.offering import consenting, running
from huying.features.services.offering.models import Offer
from huying.people.actors import party_actor
from huying.people.models import Party
from tests.people import signed_in
from tests.small_offers import EIGHTY, Register, born_before, identity, proven, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(old_age: InForce, she: Party, register: Register) -> str:
    """Hers in the register."""
    born = born_before(80, 20)
    return register.put(identity(born), born)


@pytest.fixture
def page(she: Party) -> Client:
    """She is signed in."""
    return signed_in(she.account)  # type: ignore[arg-type]


@pytest.fixture
def offered(old_age: InForce, she: Party, register: Register) -> str:
    """The address of what is ready for her."""
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    running.whole()
    return f"/me/offers/{Offer.objects.get().token}/"


def test_she_agrees_in_one_form_and_nothing_is_ticked_before(page: Client, she: Party, number: str) -> None:
    first = page.get("/me/offers/").content.decode()
    assert "checked" not in first
    sent = {"kind": ["birth", "residence"], "name": "王秀英", "identity": number.lower(), "do": "agree"}
    answer = page.post("/me/offers/", sent, follow=True).content.decode()
    assert "记下了" in answer
    assert masked(number) in answer and number not in answer
    assert consenting.kinds_of(she) == {"birth", "residence"}


def test_what_does_not_stand_together_is_told_and_what_was_typed_stays(page: Client, she: Party, number: str) -> None:
    answer = page.post("/me/offers/", {"kind": ["birth"], "name": "李秀英", "identity": number, "do": "agree"})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "对不到一起" in body and f'value="{number}"' in body and "checked" in body
    assert not consenting.kinds_of(she)


def test_she_takes_all_of_it_back_with_one_press(page: Client, she: Party, offered: str) -> None:
    page.post("/me/offers/", {"do": "stop", "kind": ["birth"]})
    assert not consenting.kinds_of(she)
    over = page.get(offered).content.decode()
    assert "您撤回了同意" in over and "王秀英" not in over


def test_it_stands_on_her_first_page_and_on_nobody_else_s(page: Client, offered: str) -> None:
    for address in ("/", "/me/", "/me/offers/"):
        assert offered in page.get(address).content.decode()
        assert offered not in Client().get(address, follow=True).content.decode()
    assert "因为您" in page.get("/").content.decode()


def test_one_page_shows_all_that_is_filled_in_and_where_it_is_from(page: Client, offered: str) -> None:
    body = page.get(offered).content.decode()
    for said in (
        "满 80 周岁",
        "王秀英",
        "来自人口库",
        "小龙坎正街 8 号",
        "户口簿",
        "先这样选",
        "收款账号",
        "沙坪坝区小龙坎街道",
    ):
        assert said in body, said
    number = consenting.identity_of(Offer.objects.get().party)
    assert masked(number) in body


def test_confirmed_without_the_account_it_is_named_and_then_it_is_one_case(page: Client, offered: str) -> None:
    sent = {"do": "confirm", "home_address": "新家 18 号 2 楼"}
    answer = page.post(offered, sent)
    assert answer.status_code == 422
    assert "请填写：收款账号。" in answer.content.decode() and "新家 18 号 2 楼" in answer.content.decode()
    sent["bank_account"] = "6222020200112233445"
    for _twice in range(2):
        answer = page.post(offered, sent)
        assert answer.headers["Location"] == f"/case/{Case.objects.get().call.number}/"


def test_no_thanks_and_it_is_gone(page: Client, offered: str) -> None:
    page.post(offered, {"do": "decline"})
    assert "您说不用" in page.get(offered).content.decode()
    assert offered not in page.get("/").content.decode()


def test_to_the_ordinary_form_with_all_that_was_filled_in(page: Client, offered: str) -> None:
    answer = page.post(offered, {"do": "change", "bank_account": "622202020011"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/things/old-age/form/"
    body = answer.content.decode()
    assert "王秀英" in body and "622202020011" in body
    assert Draft.objects.get().thing == "old-age"


def test_a_paper_that_only_she_has_is_asked_for_and_kept(
    page: Client, she: Party, register: Register, old_age: InForce
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # beside its one use

    put_in_force(EIGHTY | {"rule": EIGHTY["rule"] | {"assumed": {"care": "yes"}}})
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    running.whole()
    address = f"/me/offers/{Offer.objects.get().token}/"
    assert "近照" in page.get(address).content.decode()
    photo = SimpleUploadedFile("me.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    wrong = page.post(address, {"do": "confirm", "file-photo": photo})
    assert wrong.status_code == 422 and "me.pdf" in wrong.content.decode()
    page.post(address, {"do": "confirm", "bank_account": "6222020200112233445"})
    assert Case.objects.get().uploads.get().material == "photo"


def test_she_sees_each_look_that_was_taken(page: Client, offered: str) -> None:
    body = page.get("/me/looks/").content.decode()
    assert "主动服务看了您的出生日期、姓名和户籍地址" in body
    assert "看要不要替您办“老年人服务”" in body
    assert "核对了您的身份证号是不是您本人的" in body


def test_where_no_register_is_attached_only_documents_can_be_looked_at(page: Client, number: str, settings: object) -> None:
    settings.PEOPLE_REGISTER = ""  # type: ignore[attr-defined]
    assert "现在还没有能替您备好的事" in page.get("/me/offers/").content.decode()


def test_english(page: Client, offered: str) -> None:
    page.cookies["looks"] = "...en"
    assert "Because you turn 80 on" in page.get(offered).content.decode()
