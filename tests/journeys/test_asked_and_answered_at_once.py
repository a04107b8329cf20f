"""咨询: asked on a phone, answered by the hotline at once; when that does not help, a department is given it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.asking_again import send as send_form
from tests.journeys.asking_again import unfold
from tests.journeys.people import People
from tests.journeys.telling import Slip, choose, find, send, slip_of, told_in_order

pytestmark = [pytest.mark.browser, pytest.mark.once]
QUESTION, TITLE = "请问政务大厅的窗口周末开不开门，要不要先预约？", "请问政务大厅的窗口周末开不开门"
ANSWER = "周六上午开门，节假日不开；在“渝快办”上先预约，可以少排队，也可以在家直接办。"


def test_an_inquiry_is_answered_at_once_and_given_to_a_department_when_that_does_not_help(people: People) -> None:
    her = people.phone()
    slip = she_asks(her)
    the_desk_answers_at_once(people.officer("chen.dispatcher"))
    she_reads_it_and_it_does_not_help(her, slip)
    page = people.officer("chen.dispatcher")
    page.goto("/desk/dispatch/")
    page.locator("[data-row]").filter(has_text=TITLE).click()
    expect(page.locator(".call")).to_contain_text("第 1 次重办")
    expect(page.locator("#v-dispatch")).to_be_attached()
    expect(page.locator("#v-decline")).to_have_count(0)  # it was accepted: it is only given to somebody


def she_asks(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(QUESTION)
    choose(page, "咨询")
    choose(page, "匿名")
    send(page)
    return slip_of(page)


def the_desk_answers_at_once(page: Page) -> None:
    page.goto("/desk/dispatch/")
    page.locator("[data-row]").filter(has_text=TITLE).click()
    expect(page.locator("#ct")).to_contain_text(TITLE)
    unfold(page, "answer_at_once")
    page.get_by_label("答复（来电人看得到）").fill(ANSWER)
    send_form(page, "答复，送达来电人")
    expect(page.get_by_role("status")).to_contain_text("已答复来电人")
    expect(page.locator(".rows")).not_to_contain_text(TITLE)


def she_reads_it_and_it_does_not_help(page: Page, slip: Slip) -> None:
    find(page, slip)
    expect(page.locator(".answer")).to_have_text(ANSWER)
    expect(page.locator(".clock .big")).to_have_text(re.compile("就答复了"))
    told_in_order(page, ("收到您的诉求", "12345 陈主管受理", "热线中心答复了您"))
    choose(page, "没解决", "#verdict")
    page.get_by_label("想补充的话").fill("周六去了，门没有开。")
    page.locator("#verdict").get_by_role("button", name="提交").tap()
    expect(page.get_by_role("heading", name="您说没解决，已经重新办理")).to_be_visible()
    told_in_order(page, ("您说没解决", "第 2 次办理：这回派给承办单位"))
    expect(page.locator(".clock .big")).to_contain_text("剩")
