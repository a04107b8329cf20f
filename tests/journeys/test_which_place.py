"""She names a place that two districts have: she is asked once which, on the same page, and nothing she wrote is lost."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import People
from tests.journeys.telling import choose, send, slip_of
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
UNSURE = "凤凰镇赶场天三轮车把街心堵得水都泼不进，请派人来管一下。"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_place_in_two_districts_is_asked_about_once(people: People, script: bool) -> None:
    page = people.phone(java_script_enabled=script)
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(UNSURE)
    choose(page, "投诉")
    choose(page, "匿名")
    with page.expect_navigation():
        page.get_by_role("button", name="提交").click()
    expect(page.locator("#area-fault")).to_contain_text("“凤凰镇”不止一处")
    expect(page.get_by_label("发生了什么")).to_have_value(UNSURE)
    if script:
        clean(faults_of(page))
    page.get_by_text("沙坪坝区凤凰镇", exact=True).click()
    send(page)
    assert slip_of(page).number
    page.get_by_role("link", name="看进度").click()
    expect(page.get_by_role("main")).to_contain_text("凤凰镇")
