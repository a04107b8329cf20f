"""第二验证 as officers meet it: enrolled after the first password, asked at each sign-in and before what is grave."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.city import HUYING, PASSWORD, City, environment
from tests.journeys.people import People, authenticator, prove, sign_in_officer
from tests.journeys.states import fill_in_the_look, opened_row
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
ZHOU = "zhou.handler"
AUTHENTICATOR = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def officers(another_demo: City, browser: Browser) -> Iterator[People]:
    """A demo under a name, because browsers make no passkeys for an address."""
    named = replace(another_demo, url=another_demo.url.replace("127.0.0.1", "localhost"))
    people = People(browser, named)
    yield people
    people.leave()
    assert people.complaints == []


def test_he_enrols_an_authenticator_and_a_recovery_code_stands_in_once(officers: People) -> None:
    reset(officers.city, ZHOU)
    zhou = officers.phone()
    password(zhou, ZHOU)
    zhou.wait_for_url("**/signin/officer/enrol/**")
    zhou.goto("/desk/")
    expect(zhou.get_by_role("heading", name="工作人员登录")).to_be_visible()  # the password alone opens nothing
    zhou.goto("/signin/officer/enrol/")
    expect(zhou.locator(".enrol svg")).to_be_visible()
    secret = re.sub(r"\s", "", zhou.locator(".secret").inner_text())
    zhou.get_by_label("验证器上现在的六位数字").fill("000000")
    zhou.get_by_role("button", name="登记验证器").click()
    expect(zhou.get_by_role("alert").first).to_contain_text("验证码不对")
    zhou.get_by_label("验证器上现在的六位数字").fill(pyotp.TOTP(secret).now())
    zhou.get_by_role("button", name="登记验证器").click()
    expect(zhou.locator(".recovery li")).to_have_count(10)
    codes = zhou.locator(".recovery li").all_inner_texts()
    clean(faults_of(zhou))
    assert len(set(codes)) == 10
    zhou.get_by_role("link", name="抄好了，继续").click()
    zhou.wait_for_url("**/desk/")

    another = officers.desktop()
    recovers(another, codes[0])
    another.wait_for_url("**/desk/")
    third = officers.desktop()
    recovers(third, codes[0])
    expect(third.get_by_role("alert").first).to_contain_text("已经用过")


def test_he_enrols_a_passkey_and_signs_in_with_it(officers: People) -> None:
    reset(officers.city, ZHOU)
    zhou = officers.desktop()
    with_authenticator(zhou)
    password(zhou, ZHOU)
    zhou.get_by_role("button", name="登记通行密钥").click()
    expect(zhou.locator(".recovery li")).to_have_count(10)
    zhou.get_by_role("link", name="抄好了，继续").click()
    zhou.wait_for_url("**/desk/")
    zhou.get_by_role("button", name="退出").click()
    password(zhou, ZHOU)
    clean(faults_of(zhou))
    zhou.get_by_role("button", name="用通行密钥").click()
    zhou.wait_for_url("**/desk/")
    zhou.goto("/desk/me/sessions/")
    expect(zhou.get_by_text("通行密钥", exact=True)).to_be_visible()


def test_another_key_than_the_one_enrolled_does_not_open(officers: People) -> None:
    reset(officers.city, ZHOU)
    zhou = officers.desktop()
    with_authenticator(zhou)
    password(zhou, ZHOU)
    zhou.get_by_role("button", name="登记通行密钥").click()
    expect(zhou.locator(".recovery li")).to_have_count(10)
    stranger = officers.desktop()
    with_authenticator(stranger)
    password(stranger, ZHOU)
    stranger.get_by_role("button", name="用通行密钥").click()
    expect(stranger.locator("[data-passkey-fault]")).to_contain_text("没有通过")
    stranger.goto("/desk/")
    expect(stranger.get_by_role("heading", name="工作人员登录")).to_be_visible()


def test_a_look_on_the_next_day_asks_again_and_goes_on(officers: People) -> None:
    zhou = officers.desktop()
    sign_in_officer(zhou, ZHOU)
    zhou.get_by_role("button", name="到下一个工作日").click()
    opened_row("待答复")(zhou)
    fill_in_the_look(zhou)
    expect(zhou.get_by_role("heading", name="再验证一次")).to_be_visible()
    clean(faults_of(zhou))
    zhou.get_by_label("验证器上的六位数字").fill("12 34")
    zhou.get_by_role("button", name="验证，接着办").click()
    expect(zhou.get_by_role("alert").first).to_contain_text("不对或者已经用过")
    prove(zhou, ZHOU)
    expect(zhou.get_by_text("自动合上，已记阅痕")).to_be_visible()


def test_he_ends_the_session_he_left_open_elsewhere(officers: People) -> None:
    left, here = officers.desktop(), officers.phone()
    sign_in_officer(left, ZHOU)
    sign_in_officer(here, ZHOU)
    here.goto("/desk/me/")
    here.get_by_role("link", name="登录与第二验证").click()
    expect(here.locator(".stays").first.locator("li")).to_have_count(2)
    here.get_by_role("button", name="退出 Chrome").click()
    expect(here.locator(".stays").first.locator("li")).to_have_count(1)
    left.goto("/desk/")
    expect(left.get_by_role("heading", name="工作人员登录")).to_be_visible()
    here.goto("/desk/")
    expect(here.get_by_role("heading", name="工作人员登录")).to_have_count(0)


def test_a_code_that_was_read_over_his_shoulder_is_worth_nothing(officers: People) -> None:
    zhou, thief = officers.desktop(), officers.desktop()
    password(zhou, ZHOU)
    code = authenticator(zhou, ZHOU)
    for page in (zhou, thief):
        if page is thief:
            password(page, ZHOU)
        page.get_by_label("验证器上的六位数字").fill(code)
        page.get_by_role("button", name="验证").click()
    expect(thief.get_by_role("alert").first).to_contain_text("已经用过")
    expect(zhou.get_by_role("heading", name="第二验证")).to_have_count(0)


def reset(city: City, login: str) -> None:
    """As an administrator does, beside the running city."""
    command = [*HUYING, "officer", "reset-factor", login]
    more = {"HUYING_DEMO": "1"}
    done = subprocess.run(command, env=environment(city.data, more), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def password(page: Page, login: str) -> None:
    page.goto("/signin/officer/")
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile("/signin/officer/(second|enrol)/"))


def recovers(page: Page, code: str) -> None:
    password(page, ZHOU)
    page.get_by_label("验证器上的六位数字").fill(code.upper())
    page.get_by_role("button", name="验证").click()


def with_authenticator(page: Page) -> None:
    """A passkey device of Chromium's own, as a phone or a laptop has one."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {**AUTHENTICATOR, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
