"""Officers work with the keyboard alone: here nobody owns a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.city import PASSWORD
from tests.journeys.people import People, authenticator
from tests.journeys.working import open_row, press, told, write

pytestmark = [pytest.mark.browser, pytest.mark.once]
ANSWER = "今天上午到现场处理好了，拍了照，下个月再来看一次。"


def test_a_task_goes_from_sign_in_to_approval_without_a_mouse(people: People) -> None:
    handler = people.desktop()
    signs_in(handler, "zhou.handler")
    finds_help_and_filters(handler)
    title = takes_the_first_new_task(handler)
    contacts_and_answers(handler)
    reviewer = people.desktop()
    signs_in(reviewer, "luo.dispatcher")
    open_row(reviewer, title)
    reviewer.keyboard.press("a")
    write(reviewer, "审核意见", "可以")
    press(reviewer, "Enter")
    told(reviewer, "已通过")


def tab_to(page: Page, label: str) -> None:
    """Tab until the field has the focus."""
    field = page.get_by_label(label)
    for _ in range(30):
        if field.evaluate("field => field === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{label}: cannot be reached with Tab")


def signs_in(page: Page, login: str) -> None:
    page.goto("/signin/officer/")
    tab_to(page, "用户名")
    page.keyboard.type(login)
    tab_to(page, "密码")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/signin/officer/second/**")
    code = authenticator(page, login)
    tab_to(page, "验证器上的六位数字")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")


def finds_help_and_filters(page: Page) -> None:
    press(page, "?")
    expect(page.get_by_role("heading", name="快捷键")).to_be_visible()
    press(page, "g")
    page.keyboard.press("/")
    expect(page.get_by_label("类型")).to_be_focused()
    press(page, "ArrowDown")
    page.wait_for_url(re.compile("sort=inquiry"))
    press(page, "g")


def takes_the_first_new_task(page: Page) -> str:
    """J and K move, X ticks, Enter opens, S signs."""
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    title = page.locator(".new [data-row] b").first.inner_text()
    open_row(page, title)
    press(page, "s")
    told(page, "已签收")
    return title


def contacts_and_answers(page: Page) -> None:
    page.keyboard.press("c")
    expect(page.locator("input[name=how][value=phone]")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    write(page, "说好了什么", "下午到现场看。")
    press(page, "Control+Enter")
    told(page, "已记下")
    page.keyboard.press("r")
    write(page, "答复", "先记一句，下午去现场看了再补")
    page.keyboard.press("Escape")
    press(page, "w")
    told(page, "已存好")
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="答复")).to_have_value("先记一句，下午去现场看了再补")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(ANSWER)
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/desk/(\?.*)?$"))
    told(page, "已报送")


def test_an_answer_that_says_nothing_is_refused_with_the_focus_on_the_fault(people: People) -> None:
    page = people.officer("zhou.handler")
    signed = page.locator("[data-row]").filter(has_text="待答复").first
    page.goto("/desk/")
    open_row(page, signed.locator("b").inner_text())
    page.keyboard.press("r")
    write(page, "答复", "好")
    press(page, "Control+Enter")
    expect(page.locator("#faults")).to_be_focused()
    expect(page.get_by_role("textbox", name="答复")).to_have_value("好")
