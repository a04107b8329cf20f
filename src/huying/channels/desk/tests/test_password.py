"""改密码 at the desk, and one's own password at the first sign-in."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from huying.channels.desk.tests.conftest import PASSWORD, account, story
from huying.people import handing, stays
from huying.people.models import Account
from huying.people.tests.given import pass_time
from tests.people import signed_in

__all__ = ["account", "story"]
pytestmark = pytest.mark.django_db
OLD, NEW, PAGE = PASSWORD, "rivers and bridges", "/desk/me/password/"


def sends(client: Client, old: str = OLD, new: str = NEW, again: str = NEW, page: str = PAGE) -> tuple[int, str]:
    answer = client.post(page, {"old": old, "new": new, "again": again})
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def sign_in(client: Client, account: Account, password: str) -> str:
    answer = client.post("/signin/officer/", {"username": account.username, "password": password})
    return answer.headers.get("Location") or answer.content.decode()


def test_he_stays_where_he_changes_it_and_is_out_everywhere_else(account: Account) -> None:
    here, left = signed_in(account), signed_in(account)
    stays.begin(account, here.session.session_key or "", "Firefox", "203.0.113.7")
    stays.begin(account, left.session.session_key or "", "Chrome", "203.0.113.8")
    assert sends(here) == (302, "/desk/me/sessions/")
    assert here.get("/desk/").status_code == 200 and left.get("/desk/").status_code == 302
    assert [row.device for row in stays.current(account)] == ["Firefox"]


def test_each_fault_stands_at_its_field(account: Account) -> None:
    client = signed_in(account)
    for given, words in (
        ({"old": "wrong"}, "现在的密码不对"),
        ({"new": "short", "again": "short"}, "新密码太短"),
        ({"again": "other"}, "两次输入的新密码不一样"),
        ({"old": ""}, "请填写现在的密码"),
    ):
        status, page = sends(client, **given)
        assert (status, words in page) == (422, True), words
        assert NEW not in page and OLD not in page


def test_it_asks_for_the_factor_again_first(account: Account, settings: Settings) -> None:
    client = signed_in(account)
    pass_time(timedelta(minutes=settings.STEP_UP_MINUTES + 1))
    assert "再验证一次" in client.get(PAGE).content.decode()
    assert sends(client) == (302, PAGE), "what was typed is put into no page"
    account.refresh_from_db()
    assert account.check_password(OLD)


def test_a_handed_out_password_opens_only_the_page_for_ones_own(account: Account, client: Client) -> None:
    word = handing.new_handed()
    handing.hand_out(account, word)
    assert sign_in(client, account, word) == "/signin/officer/second/"
    for page in ("/signin/officer/second/", "/signin/officer/enrol/"):
        assert client.get(page).headers["Location"] == "/signin/officer/password/"
        assert client.post(page, {"second_code": "123456"}).headers["Location"] == "/signin/officer/password/"
    assert client.get("/desk/").headers["Location"].startswith("/signin/officer/")
    assert "设您自己的密码" in client.get("/signin/officer/password/").content.decode()
    assert sends(client, old=word, page="/signin/officer/password/") == (302, "/signin/officer/second/")
    assert client.get("/signin/officer/second/").headers["Location"] == "/signin/officer/enrol/"


def test_after_three_days_it_opens_nothing_and_says_so(account: Account, client: Client) -> None:
    word = handing.new_handed()
    handing.hand_out(account, word)
    pass_time(handing.LASTS + timedelta(minutes=1))
    assert "已经过期" in sign_in(client, account, word)


def test_whoever_has_his_own_is_led_past_that_page(account: Account, client: Client) -> None:
    assert client.get("/signin/officer/password/").headers["Location"] == "/signin/officer/"
    sign_in(client, account, OLD)
    assert client.get("/signin/officer/password/").headers["Location"] == "/signin/officer/second/"
