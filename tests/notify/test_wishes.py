"""She chooses how she is told; an address counts when its code came back, and only she can read it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from huying.kernel.tests.conftest import Story
from huying.notify import ways, wishes
from huying.notify.models import Way, Wish
from huying.people import private
from huying.people.models import Party
from huying.people.tests.given import pass_time
from tests.notify.conftest import MAIL, PHONE, by_mail
from tests.notify.servers import MailBox, Provider
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db


def code_in(box: MailBox) -> str:
    found = re.search(r"\d{6}", box.letters[-1]["text"])
    assert found
    return found.group()


@pytest.fixture
def she(told: Story, gateway: Provider, box: MailBox) -> Party:
    return told.caller


def asked(party: Party, mail: str = MAIL) -> None:
    assert wishes.choose(party, Way.MAIL, mail=mail)


def test_without_a_wish_she_is_told_by_text_at_civil_hours(she: Party) -> None:
    held = wishes.of(she)
    assert (held.way, held.quiet_from, held.quiet_to, held.language, held.mail) == ("sms", 21, 8, "zh-hans", "")


def test_an_address_counts_only_when_its_code_came_back(she: Party, box: MailBox) -> None:
    asked(she)
    wish = Wish.objects.get(party=she)
    assert (wish.way, wish.mail_sealed) == (Way.SMS, None)
    assert wishes.confirm(she, code_in(box))
    wish.refresh_from_db()
    assert (wish.way, ways.channel_of(she, wish)) == (Way.MAIL, "mail")
    assert wishes.of(she).mail == "l***@mail.example"


def test_the_address_is_sealed_with_her_key_and_nowhere_in_clear(she: Party, box: MailBox, caller: MakeCaller) -> None:
    asked(she)
    wishes.confirm(she, code_in(box))
    wish = Wish.objects.get(party=she)
    assert wish.mail_sealed is not None
    assert private.unseal(she, wish.mail_sealed) == MAIL
    assert MAIL.encode() not in bytes(wish.mail_sealed)
    with pytest.raises(private.CannotOpen):
        private.unseal(caller(), wish.mail_sealed)


def test_a_wrong_code_confirms_nothing_and_five_end_it(she: Party, box: MailBox) -> None:
    asked(she)
    right = code_in(box)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    assert not any(wishes.confirm(she, wrong) for _ in range(5))
    assert not wishes.confirm(she, right)
    assert wishes.of(she).asked == ""


def test_a_code_ends_after_thirty_minutes_and_works_once(she: Party, box: MailBox) -> None:
    asked(she)
    pass_time(timedelta(minutes=31))
    assert not wishes.confirm(she, code_in(box))
    asked(she, "li@another.example")
    assert wishes.confirm(she, code_in(box))
    assert not wishes.confirm(she, code_in(box))


def test_the_old_address_stays_until_the_new_one_is_confirmed(she: Party, box: MailBox) -> None:
    by_mail(she)
    asked(she, "new@mail.example")
    assert wishes.of(she).mail == "l***@mail.example"
    wishes.confirm(she, code_in(box))
    assert wishes.of(she).mail == "n***@mail.example"


def test_nobody_can_have_letters_sent_to_others_without_end(she: Party, box: MailBox) -> None:
    for n in range(5):
        asked(she, f"other{n}@mail.example")
        pass_time(timedelta(seconds=61))
    with pytest.raises(wishes.BadWish) as bad:
        wishes.choose(she, Way.MAIL, mail="one-more@mail.example")
    assert set(bad.value.errors) == {"mail"}
    assert len(box.letters) == 5


@pytest.mark.parametrize(
    "mail", ["", "li", "li@", "@mail.example", "li@mail", "a b@mail.example", "li@mail.example\nx@y.example", "李@mail.example"]
)
def test_what_is_no_address_is_named(she: Party, box: MailBox, mail: str) -> None:
    with pytest.raises(wishes.BadWish) as bad:
        wishes.choose(she, Way.MAIL, mail=mail)
    assert set(bad.value.errors) == {"mail"}
    assert box.letters == []


def test_a_server_that_is_away_is_told_and_what_was_wished_before_holds(she: Party, box: MailBox) -> None:
    box.stop()
    with pytest.raises(wishes.BadWish):
        wishes.choose(she, Way.MAIL, mail=MAIL)
    assert wishes.of(she).way == "sms"


def test_a_way_that_the_city_does_not_have_cannot_be_chosen(she: Party, settings: Settings) -> None:
    settings.MAIL = ""
    with pytest.raises(wishes.BadWish) as bad:
        wishes.choose(she, Way.MAIL, mail=MAIL)
    assert set(bad.value.errors) == {"way"}


def test_who_left_no_phone_cannot_choose_texts(caller: MakeCaller, gateway: Provider) -> None:
    with pytest.raises(wishes.BadWish):
        wishes.choose(caller(), Way.SMS)


# --- On her page ------------------------------------------------------------------------------------------------------


def test_the_page_keeps_what_she_chose(she: Party, box: MailBox, client: Client) -> None:
    client.force_login(she.account)
    page = client.get("/me/wish/").content.decode()
    assert "发到您登录用的手机号" in page
    given = {"way": "portal", "mail": "", "language": "en", "quiet_from": "22", "quiet_to": "7"}
    assert client.post("/me/wish/", given).status_code == 302
    held = wishes.of(she)
    assert (held.way, held.language, held.quiet_from, held.quiet_to) == ("portal", "en", 22, 7)


def test_a_form_at_fault_comes_back_as_it_was_typed(she: Party, client: Client) -> None:
    client.force_login(she.account)
    given = {"way": "mail", "mail": "li at mail", "language": "zh-hans", "quiet_from": "x", "quiet_to": "7"}
    answer = client.post("/me/wish/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="li at mail"' in page
    assert "这不像一个邮箱地址" in page
    assert "请选几点到几点不打扰" in page


def test_the_code_is_confirmed_on_the_page(she: Party, box: MailBox, client: Client) -> None:
    client.force_login(she.account)
    given = {"way": "mail", "mail": MAIL, "language": "zh-hans", "quiet_from": "21", "quiet_to": "8"}
    client.post("/me/wish/", given)
    assert "六位数字已经发到 l***@mail.example" in client.get("/me/wish/").content.decode()
    assert client.post("/me/wish/", {"code": "000000"}).status_code in (302, 422)
    assert client.post("/me/wish/", {"code": code_in(box)}).status_code == 302
    assert wishes.of(she).way == "mail"
    assert PHONE not in client.get("/me/wish/").content.decode()


def test_a_visitor_is_led_to_sign_in(client: Client) -> None:
    assert client.get("/me/wish/").headers["Location"] == "/signin/?next=%2Fme%2Fwish%2F"
