"""Sign-in without script: phone and code for people, user name and password for officers, errors at their fields."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.channels.parts import signin
from huying.channels.parts.tests import signin_pages
from huying.city.models import Area, Department, Level
from huying.people import officers, parties
from huying.people.models import Account, Officer, SignInCode

pytestmark = [pytest.mark.django_db, pytest.mark.urls("huying.channels.parts.tests.signin_pages")]
PASSWORD = "a-long-enough-pass"
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def _pages(settings: Settings) -> None:
    loaders = [("django.template.loaders.locmem.Loader", signin_pages.TEMPLATES)]
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}]
    settings.DEMO, settings.TEXTS = True, "huying.adapters.demo_texts.DemoTexts"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # scrypt is slow on purpose


@pytest.fixture
def zhou() -> Officer:
    area = Area.objects.create(key="500103", name="渝中区", level=Level.DISTRICT)
    bureau = Department.objects.create(key="b", name="住建委", short="住建委", type="housing", level="district", area=area)
    return officers.appoint("zhou", "周科长", PASSWORD, [(bureau, "handler")])


def ask(client: Client, phone: str = PHONE, **more: str) -> str:
    """Ask for a code; the code that was sent."""
    answer = client.post("/signin/", {"phone": phone, **more})
    assert answer.status_code == 302, answer.content.decode()
    return client.get("/demo/codes/").content.decode().split(";")[0].split()[1]


def test_a_phone_and_its_code_sign_in(client: Client) -> None:
    code = ask(client, "+86 138 0013 8000")
    assert "138****8000" in client.get("/signin/code/").content.decode()
    answer = client.post("/signin/code/", {"code": f" {code[:3]} {code[3:]} "})
    assert answer.headers["Location"] == "/mine/"
    party = parties.party_of_phone(PHONE, create=False)
    assert party is not None
    assert client.get("/mine/").content.decode() == f"calls of party:{party.token}"


def test_signing_in_again_is_the_same_person(client: Client) -> None:
    client.post("/signin/code/", {"code": ask(client)})
    first = client.get("/").content
    client.post("/signout/")
    clock.set_offset(timedelta(minutes=2))
    client.post("/signin/code/", {"code": ask(client)})
    assert client.get("/").content == first


def test_she_comes_to_the_page_she_wanted(client: Client) -> None:
    assert client.get("/mine/?page=2").headers["Location"] == "/signin/?next=%2Fmine%2F%3Fpage%3D2"
    code = ask(client, next="/mine/?page=2")
    assert client.post("/signin/code/", {"code": code, "next": "/mine/?page=2"}).headers["Location"] == "/mine/?page=2"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", "/\\example.com"])
def test_nobody_is_led_to_another_site(client: Client, elsewhere: str) -> None:
    code = ask(client, next=elsewhere)
    assert client.post("/signin/code/", {"code": code, "next": elsewhere}).headers["Location"] == "/mine/"


@pytest.mark.parametrize(("typed", "error"), [("", "请填写手机号"), ("12345", "11 位数字"), ("1" * 40, "24")])
def test_a_wrong_phone_is_told_at_its_field_and_kept(client: Client, typed: str, error: str) -> None:
    answer = client.post("/signin/", {"phone": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert error in page
    assert not typed or f'value="{typed}"' in page


@pytest.mark.parametrize(("typed", "error"), [("", "六位数字"), ("123", "六位数字"), ("abcdef", "六位数字")])
def test_what_is_no_code_costs_no_try(client: Client, typed: str, error: str) -> None:
    ask(client)
    answer = client.post("/signin/code/", {"code": typed, "x": "1"})
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert SignInCode.objects.get().tries == 0


def test_a_wrong_code_says_how_many_tries_are_left(client: Client) -> None:
    code = ask(client)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert "还可以试 4 次" in client.post("/signin/code/", {"code": wrong}).content.decode()
    for _ in range(4):
        answer = client.post("/signin/code/", {"code": wrong})
    assert "已经失效" in answer.content.decode()
    assert "已经失效" in client.post("/signin/code/", {"code": code}).content.decode()
    assert client.get("/").content == b"visitor"


def test_a_code_asked_for_elsewhere_cannot_be_tried_here(client: Client) -> None:
    code = ask(Client())
    assert client.post("/signin/code/", {"code": code}).headers["Location"] == "/signin/"
    assert SignInCode.objects.get().tries == 0


def test_asking_too_often_says_how_long_to_wait(client: Client) -> None:
    ask(client)
    answer = client.post("/signin/", {"phone": PHONE})
    assert answer.status_code == 422
    assert "秒后再试" in answer.content.decode()


def test_another_code_can_be_asked_for_on_the_page_of_the_code(client: Client) -> None:
    ask(client)
    early = client.post("/signin/code/", {"again": "1"})
    assert early.status_code == 422
    assert "秒后再试" in early.content.decode()
    assert "请填写" not in early.content.decode()
    clock.set_offset(timedelta(seconds=61))
    assert client.post("/signin/code/", {"again": "1"}).status_code == 302
    assert SignInCode.objects.count() == 2


def test_the_session_holds_no_readable_phone(client: Client) -> None:
    ask(client)
    assert PHONE not in str(dict(client.session))


def test_without_a_way_to_send_texts_she_is_told_at_the_field(client: Client, settings: Settings) -> None:
    settings.TEXTS = ""
    answer = client.post("/signin/", {"phone": PHONE})
    assert answer.status_code == 422
    assert "现在不能发短信验证码" in answer.content.decode()


def test_the_page_of_codes_is_not_there_in_a_real_city(client: Client, settings: Settings) -> None:
    ask(client)
    assert "codes are shown" in client.get("/signin/code/").content.decode()
    settings.DEMO = False
    assert client.get("/demo/codes/").status_code == 404
    assert "codes are shown" not in client.get("/signin/code/").content.decode()


def test_an_officer_never_signs_in_by_text_message(client: Client, zhou: Officer) -> None:
    party = parties.party_of_phone(PHONE)
    assert party is not None
    party.account = zhou.account
    party.save()
    answer = client.post("/signin/code/", {"code": ask(client)})
    assert "请用用户名和密码登录" in answer.content.decode()
    assert client.get("/").content == b"visitor"


def test_user_name_and_password_lead_to_the_second_factor_and_no_further(client: Client, zhou: Officer) -> None:
    assert client.get("/desk/").headers["Location"] == "/signin/officer/?next=%2Fdesk%2F"
    answer = client.post("/signin/officer/", {"username": "zhou", "password": PASSWORD, "next": "/desk/"})
    assert answer.headers["Location"] == "/signin/officer/second/?next=%2Fdesk%2F"
    assert client.get("/desk/").status_code == 302
    assert client.get("/").content == b"visitor"


def test_a_wrong_password_is_told_at_its_field_and_the_name_is_kept(client: Client, zhou: Officer) -> None:
    answer = client.post("/signin/officer/", {"username": "zhou", "password": "wrong"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="zhou"' in page
    assert "用户名或密码不对" in page
    assert "wrong" not in page  # a password is never sent back


def test_too_many_wrong_passwords_say_when_to_try_again(client: Client, zhou: Officer) -> None:
    for _ in range(5):
        client.post("/signin/officer/", {"username": "zhou", "password": "wrong"})
    answer = client.post("/signin/officer/", {"username": "zhou", "password": PASSWORD})
    assert "请 15 分钟后再试" in answer.content.decode()
    assert client.get("/").content == b"visitor"


def test_a_caller_is_not_let_to_the_desk_nor_an_officer_to_a_callers_page(client: Client, zhou: Officer) -> None:
    client.post("/signin/code/", {"code": ask(client)})
    assert client.get("/desk/").status_code == 302
    client.force_login(zhou.account)
    assert client.get("/mine/").status_code == 302


def test_an_account_without_officer_or_party_is_a_visitor(client: Client) -> None:
    client.force_login(Account.objects.create_user("root", None))
    assert client.get("/").content == b"visitor"
    assert client.get("/desk/").status_code == 302


def test_a_guarded_page_that_was_posted_to_is_not_come_back_to(client: Client) -> None:
    assert client.post("/desk/").headers["Location"] == "/signin/officer/"


def test_signing_in_begins_a_fresh_session(client: Client) -> None:
    code = ask(client)
    before = client.session.session_key
    client.post("/signin/code/", {"code": code})
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_lets_go_of_held_calls(client: Client, zhou: Officer) -> None:
    client.force_login(zhou.account)
    assert client.get("/signout/").status_code == 405
    client.cookies["held"] = "something"
    answer = client.post("/signout/")
    assert answer.cookies["held"].value == ""
    assert client.get("/").content == b"visitor"


@pytest.mark.parametrize("page", ["/signin/", "/signin/officer/"])
def test_pages_of_sign_in_are_never_kept_by_a_browser(client: Client, page: str) -> None:
    assert "no-store" in client.get(page).headers["Cache-Control"]


def test_forms_carry_their_proof_against_forgery(settings: Settings) -> None:
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
    client = Client(enforce_csrf_checks=True)
    for page in ("/signin/", "/signin/officer/", "/signout/"):
        assert client.post(page, {"phone": PHONE}).status_code == 403


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "expected"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("", "", 0, "unknown"),
        ("10.0.0.1", "nonsense", 1, "unknown"),
    ],
)
def test_where_a_request_came_from(settings: Settings, peer: str, forwarded: str, proxies: int, expected: str) -> None:
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert signin.address_of(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)) == expected
