"""An officer writes 已转相关部门, sees what a caller would miss, takes an answer that helped as a start, mends it, and sends."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import PHONE_SCREEN, People
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
TITLE = "小区外面人行道上的小叶榕长到三楼窗子边"
LIKE = "松石路人行道上的小叶榕"
HOLLOW = "您反映的问题已收悉，已转相关部门处理，请您耐心等待。"
MENDED = "11 月 28 日上午来修枝，三楼窗子边的都修到一米以外，以后每季度看一次。来之前先给您打电话。周科长"


def test_the_officer_mends_an_answer_that_only_passes_on(people: People) -> None:
    page = opened(people.officer("zhou.handler"))
    box = page.get_by_role("textbox", name="答复")
    box.fill(HOLLOW)
    page.get_by_role("button", name="先看一遍").click()
    advice = told(page, "只说了转给谁", "什么时候来修", "“收悉”可以写成“收到了”")
    clean(faults_of(page))
    box.fill("")
    page.get_by_role("link", name="照这个写").click()
    expect(box).to_have_value(re.compile("每季度看一次"))
    box.fill(MENDED)
    expect(advice.get_by_role("heading", name="看过了，没有要提醒的")).to_be_visible()
    clean(faults_of(page))
    page.get_by_role("button", name="答复并报送").click()
    expect(page.get_by_role("status").filter(has_text="已报送")).to_be_visible()


def test_on_a_phone_without_script_the_same_is_shown_once_and_the_second_press_sends(people: People) -> None:
    page = people.officer("ji.handler", java_script_enabled=False, viewport=PHONE_SCREEN)
    page.goto("/desk/?box=unit")
    page.locator("[data-row]").filter(has_text="储值卡").first.click()
    box = page.get_by_role("textbox", name="答复")
    box.fill(HOLLOW)
    page.get_by_role("button", name="先看一遍").click()
    told(page, "只说了转给谁")
    expect(page).to_have_url(re.compile("#advice$"))
    expect(box).to_have_value(HOLLOW)
    box.fill("留言已收悉，感谢您的关心与支持，祝您生活愉快。")
    page.get_by_role("button", name="答复并报送").click()
    told(page, "只有客气话", "再按一次就发出")
    expect(page.get_by_role("link", name="还没有发出")).to_be_visible()
    page.get_by_role("button", name="答复并报送").click()
    expect(page.get_by_role("status").filter(has_text="已报送")).to_be_visible()


def opened(page: Page) -> Page:
    """The matter, once the reader has read the answers that helped."""
    page.goto("/desk/?box=unit")
    page.locator("[data-row]").filter(has_text=TITLE).first.click()
    expect(page.locator("#ct")).to_contain_text(TITLE)
    for _ in range(20):
        if page.locator(".learn").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator(".learn")).to_contain_text(LIKE)
    return page


def told(page: Page, *words: str) -> Locator:
    advice = page.locator("#advice")
    for word in words:
        expect(advice).to_contain_text(word)
    return advice
