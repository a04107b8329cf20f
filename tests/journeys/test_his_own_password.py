"""密码 as an officer meets it: handed out, replaced by his own before anything else, changed when somebody may know it."""

import re
import subprocess

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.city import HUYING, City, environment
from tests.journeys.people import People
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
NEW = ("officer", "add", "luo.new", "--name", "罗科长", "--department", "500106.urban-management", "--role", "handler")
OWN, BETTER = "三月的江水很绿 river", "bridges over two rivers"


def by_command(city: City, *words: str) -> str:
    """As an administrator does, beside the running city; what it prints."""
    command = [*HUYING, *words]
    more = {"HUYING_DEMO": "1"}
    done = subprocess.run(command, env=environment(city.data, more), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sign_in(page: Page, password: str) -> None:
    page.goto("/signin/officer/")
    page.get_by_label("用户名").fill("luo.new")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def sets(page: Page, old: str, new: str, again: str, button: str) -> None:
    page.get_by_label("现在的密码").fill(old)
    page.get_by_label("新密码", exact=True).fill(new)
    page.get_by_label("再输一遍新密码").fill(again)
    page.get_by_role("button", name=button).click()


def enrols(page: Page) -> None:
    page.wait_for_url("**/signin/officer/enrol/**")
    secret = re.sub(r"\s", "", page.locator(".secret").inner_text())
    page.get_by_label("验证器上现在的六位数字").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="登记验证器").click()
    page.get_by_role("link", name="抄好了，继续").click()
    page.wait_for_url("**/desk/")


def test_he_sets_his_own_at_the_first_sign_in_and_changes_it_later(another_demo: City, browser: Browser) -> None:
    handed = re.findall(r"password: (\S+)", by_command(another_demo, *NEW))[0]
    people = People(browser, another_demo)
    luo = people.phone()
    sign_in(luo, handed)
    expect(luo.get_by_role("heading", name="设您自己的密码")).to_be_visible()
    clean(faults_of(luo))
    sets(luo, handed, OWN, "别的", "设好，下一步")
    expect(luo.get_by_role("alert").first).to_contain_text("两次输入的新密码不一样")
    clean(faults_of(luo))
    sets(luo, handed, OWN, OWN, "设好，下一步")
    enrols(luo)

    luo.goto("/desk/me/sessions/")
    luo.get_by_role("link", name="改密码").tap()
    sets(luo, OWN, BETTER, BETTER, "改密码")
    expect(luo.get_by_text("密码已经改了")).to_be_visible()
    clean(faults_of(luo))
    elsewhere = people.desktop()
    sign_in(elsewhere, OWN)
    expect(elsewhere.get_by_role("alert").first).to_contain_text("用户名或密码不对")
    sign_in(elsewhere, BETTER)
    expect(elsewhere.get_by_role("heading", name="第二验证")).to_be_visible()
    people.leave()
    assert people.complaints == []
