"""Nothing at the desk opens with a password alone; what is grave asks again and keeps what was filled in."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.channels.desk.tests.conftest import PASSWORD, Desk, account, at_desk, story, url
from huying.kernel import actions
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call
from huying.people import factors, limits
from huying.people.models import Account, Factor, Stay
from huying.people.tests.given import pass_time
from tests.people import signed_in

__all__ = ["account", "at_desk", "story"]
pytestmark = pytest.mark.django_db
HERE = "203.0.113.7"


@pytest.fixture
def phone(account: Account) -> pyotp.TOTP:
    """His authenticator, enrolled a while ago."""
    phone = pyotp.TOTP(factors.new_secret())
    factors.enrol_totp(account, phone.secret, phone.at(clock.now()), HERE)
    pass_time(timedelta(minutes=2))
    return phone


def password(client: Client, account: Account) -> str:
    """Where the right password leads."""
    return client.post("/signin/officer/", {"username": account.username, "password": PASSWORD}).headers["Location"]


def prove(client: Client, code: str, to: str = "/signin/officer/second/", **more: object) -> object:
    return client.post(to, {"second_code": code, **more})


PAGES = ["/desk/", "/desk/me/", "/desk/me/sessions/", "/desk/dispatch/", "/desk/late/", "/desk/history/", "/desk/start/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("enrolled", [True, False])
def test_a_password_alone_opens_no_page(client: Client, account: Account, page: str, enrolled: bool) -> None:
    if enrolled:
        factors.sealed(Factor(account=account, kind="totp"), factors.new_secret()).save()
    password(client, account)
    answer = client.get(page)
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/signin/officer/")


def test_a_session_without_a_proof_is_nobody_s(client: Client, account: Account, story: Story) -> None:
    client.force_login(account)
    assert client.get("/desk/").status_code == 302
    assert client.post(url(story, "answer"), {"text": "x"}).headers["Location"].startswith("/signin/officer/")
    assert client.get("/signin/officer/enrol/").status_code == 302


def test_who_has_none_comes_to_enrolment_and_is_in_when_his_code_fits(client: Client, account: Account) -> None:
    assert password(client, account) == "/signin/officer/second/"
    assert client.get("/signin/officer/second/").headers["Location"] == "/signin/officer/enrol/"
    page = client.get("/signin/officer/enrol/").content.decode()
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
    assert len(secret) == 32 and "<svg" in page
    assert "otpauth" not in str(dict(client.session)) and secret not in str(dict(client.session))
    wrong = client.post("/signin/officer/enrol/", {"second_code": "000000"})
    assert wrong.status_code == 422 and "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", wrong.content.decode())) == secret
    done = client.post("/signin/officer/enrol/", {"second_code": pyotp.TOTP(secret).at(clock.now())})
    assert len(re.findall(r">[2-9a-z]{5}-[2-9a-z]{5}<", done.content.decode())) == 10
    assert "no-store" in done.headers["Cache-Control"]
    assert client.get("/desk/").status_code == 200


def test_who_has_one_cannot_enrol_with_the_password_alone(client: Client, account: Account, phone: pyotp.TOTP) -> None:
    password(client, account)
    assert client.get("/signin/officer/enrol/").headers["Location"] == "/signin/officer/second/"
    client.post("/signin/officer/enrol/", {"second_code": "123456"})
    assert Factor.objects.count() == 1 and client.get("/desk/").status_code == 302


def test_a_code_opens_the_desk_once(client: Client, account: Account, phone: pyotp.TOTP) -> None:
    code = phone.at(clock.now())
    password(client, account)
    assert prove(client, code).headers["Location"] == "/desk/start/"
    assert client.get("/desk/").status_code == 200
    other = Client()
    password(other, account)
    assert "已经用过" in prove(other, code).content.decode()
    assert other.get("/desk/").status_code == 302


def test_too_many_codes_say_when_to_try_again(client: Client, account: Account, phone: pyotp.TOTP) -> None:
    password(client, account)
    for _ in range(factors.PER_ACCOUNT.most):
        assert prove(client, "000000").status_code == 422
    answer = prove(Client(), phone.at(clock.now()))
    assert answer.headers["Location"] == "/signin/officer/"
    assert "请 15 分钟后再试" in prove(client, phone.at(clock.now())).content.decode()


def test_the_password_is_worth_nothing_after_a_while_or_when_it_was_changed(
    client: Client, account: Account, phone: pyotp.TOTP
) -> None:
    password(client, account)
    pass_time(timedelta(minutes=16))
    assert prove(client, phone.at(clock.now())).headers["Location"] == "/signin/officer/"
    password(client, account)
    account.set_password("another-long-one")
    account.save()
    assert prove(client, phone.at(clock.now())).headers["Location"] == "/signin/officer/"


def test_a_password_typed_at_a_colleague_s_desk_signs_the_colleague_out(client: Client, account: Account, story: Story) -> None:
    assert story.head.officer
    signed_in(story.head.officer.account, client)
    password(client, account)
    assert client.get("/desk/").status_code == 302


def test_a_fresh_proof_looks_without_being_asked(at_desk: Desk, story: Story) -> None:
    answer = at_desk(story.dispatcher).post(f"/desk/look/{story.opened.call_id}/", sent(story))
    assert "再验证一次" not in answer.content.decode()


def test_an_old_proof_is_asked_for_again_and_the_look_goes_on(
    at_desk: Desk, account: Account, phone: pyotp.TOTP, story: Story
) -> None:
    client, look = worked(at_desk, story)
    asked = client.post(look, sent(story))
    page = asked.content.decode()
    assert asked.status_code == 422 and "再验证一次" in page
    assert f'name="matter" value="{story.opened.matter_id}"' in page and "no-store" in asked.headers["Cache-Control"]
    again = prove(client, "000000", look, second_asked="post", **sent(story))
    assert again.status_code == 422 and f'value="{story.opened.matter_id}"' in again.content.decode()
    done = prove(client, phone.at(clock.now()), look, second_asked="post", **sent(story))
    assert done.status_code in (200, 302) and "再验证一次" not in done.content.decode()
    assert "再验证一次" not in client.post(look, sent(story)).content.decode()


def test_nothing_was_looked_at_before_the_proof(
    at_desk: Desk, account: Account, phone: pyotp.TOTP, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, look = worked(at_desk, story)
    monkeypatch.setattr(actions, "look", lambda *_: pytest.fail("looked"))
    client.post(look, sent(story))
    prove(client, "000000", look, second_asked="post", **sent(story))
    client.post(look, sent(story) | {"second_asked": "post", "second_passkey": "{}"})


def sent(story: Story) -> dict[str, object]:
    """The look's form, filled in."""
    return {"matter": story.opened.matter_id, "field": "phone", "reason": "contact", "words": "约上门的时间"}


def worked(at_desk: Desk, story: Story) -> tuple[Client, str]:
    """The handler's client, whose proof is old, and the address of a look at the call he works."""
    top = actions.dispatch(story.dispatcher, story.opened.matter_id, story.city.department(CENTRE).pk)
    task = actions.pass_down(story.centre, top.pk, story.city.department(BUREAU).pk)
    actions.sign(story.handler, [task.pk])
    client = at_desk(story.handler)
    pass_time(timedelta(minutes=15))
    return client, f"/desk/look/{story.opened.call_id}/"


def test_only_a_merge_of_many_callers_asks_again(at_desk: Desk, story: Story) -> None:
    client = at_desk(story.dispatcher)
    other = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
    pass_time(timedelta(minutes=15))
    single = client.post(url(story, "merge"), {"into": other.number, "note": "同一盏灯"})
    assert single.status_code == 302  # one caller
    both = client.post(f"/desk/m/{other.matter_id}/merge/", {"into": "1", "note": "都并过去"}).content.decode()
    assert "再验证一次" in both and 'value="都并过去"' in both


def test_signing_does_not_ask_again(at_desk: Desk, story: Story) -> None:
    client = at_desk(story.handler)
    pass_time(timedelta(hours=3))
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/sign/").status_code == 302


def test_the_minutes_are_a_setting(at_desk: Desk, story: Story, settings: Settings) -> None:
    settings.STEP_UP_MINUTES = 60
    client, look = worked(at_desk, story)
    assert "再验证一次" not in client.post(look, sent(story)).content.decode()


def test_enrolling_another_factor_asks_again_first(at_desk: Desk, account: Account, phone: pyotp.TOTP, story: Story) -> None:
    client = at_desk(story.handler)
    pass_time(timedelta(minutes=15))
    enrol = "/signin/officer/enrol/?next=/desk/me/sessions/"
    assert "再验证一次" in client.get(enrol).content.decode()
    assert prove(client, phone.at(clock.now()), enrol, second_asked="get").headers["Location"] == enrol
    page = client.get(enrol).content.decode()
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
    done = client.post(enrol, {"second_code": pyotp.TOTP(secret).at(clock.now())})
    assert 'href="/desk/me/sessions/"' in done.content.decode()
    assert factors.unseal(Factor.objects.get(account=account)) == secret


def test_the_last_factor_cannot_be_given_up(at_desk: Desk, account: Account, phone: pyotp.TOTP, story: Story) -> None:
    row = Factor.objects.get(account=account)
    for sent in (str(row.pk), "", "x", "9" * 40, "-1"):
        assert at_desk(story.handler).post("/desk/me/sessions/factor/", {"factor": sent}).status_code == 404


def test_sessions_are_listed_and_ended_by_their_owner_alone(
    client: Client, account: Account, phone: pyotp.TOTP, story: Story, at_desk: Desk
) -> None:
    password(client, account)
    prove(client, phone.at(clock.now()))
    here = at_desk(story.handler)
    stay = Stay.objects.get()
    assert "退出其他所有登录" not in here.get("/desk/me/sessions/").content.decode()
    assert at_desk(story.head).post("/desk/me/sessions/", {"stay": stay.pk}).status_code == 302
    assert client.get("/desk/").status_code == 200
    here.post("/desk/me/sessions/", {"stay": stay.pk})
    assert client.get("/desk/").status_code == 302 and not Session.objects.filter(pk=stay.session_key).exists()


def test_a_reset_signs_him_out_everywhere(client: Client, account: Account, phone: pyotp.TOTP) -> None:
    password(client, account)
    prove(client, phone.at(clock.now()))
    factors.reset(account)
    assert client.get("/desk/").status_code == 302
    assert password(client, account) == "/signin/officer/second/"
    assert client.get("/signin/officer/second/").headers["Location"] == "/signin/officer/enrol/"


def test_the_step_up_shares_its_tries_with_sign_in(at_desk: Desk, account: Account, phone: pyotp.TOTP, story: Story) -> None:
    client, look = worked(at_desk, story)
    for _ in range(factors.PER_ACCOUNT.most):
        prove(client, "000000", look, second_asked="post")
    with pytest.raises(limits.TooMany):
        factors.check(account, phone.at(clock.now()), "203.0.113.9")


def test_last_seen_is_kept_once_in_a_few_minutes(client: Client, account: Account, phone: pyotp.TOTP) -> None:
    password(client, account)
    prove(client, phone.at(clock.now()))
    first = Stay.objects.get().seen_at
    client.get("/desk/")
    assert Stay.objects.get().seen_at == first
    pass_time(timedelta(minutes=6))
    client.get("/desk/")
    assert Stay.objects.get().seen_at > first
