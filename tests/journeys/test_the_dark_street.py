"""The main journey: a dark street, told on a phone, goes through every hand and comes back to her for her word."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People, sign_in
from tests.journeys.telling import (
    DARK_STREET,
    DARK_TITLE,
    Slip,
    choose,
    pick_photos,
    picture,
    place,
    send,
    slip_of,
    told_in_order,
)
from tests.journeys.working import choose_by_arrows, go_to_row, open_row, press, told, write

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = "13900000088"
ANSWER = "松牌路这一段共 6 盏灯，线缆被施工挖断，今天全部接好，逐盏看过，都亮了。"
HOPS = (
    "收到您的诉求",
    "陈主管受理",
    "派给两江新区社会治理中心",
    "两江新区社会治理中心交给两江新区城市管理局办",
    "学生要走，请先看这一段。",
    "周科长接手",
    "给您打了电话",
    "今天下午去查线路",
    "办好了，答复送审",
    "两江新区城市管理局答复了您",
)
PUBLIC_CALL, PUBLIC_ANSWER = "街上的灯黑了四天，孩子看不清台阶。", "6 盏灯的线缆被挖断，已经接好，逐盏看过都亮了。"


def test_a_dark_street_is_told_on_a_phone_answered_by_its_bureau_and_rated_by_her(people: People) -> None:
    her = people.phone()
    slip = she_reports_the_dark_street(her)
    the_dispatcher_agrees(people.officer("chen.dispatcher"))
    the_district_centre_passes_it_down(people.officer("luo.dispatcher"))
    bureau = people.officer("zhou.handler")
    the_bureau_signs_in_a_batch(bureau)
    the_bureau_contacts_her_and_answers(bureau)
    the_centre_approves(people.officer("luo.dispatcher"))
    later = people.phone()
    she_signs_in_and_reads_the_answer(later, slip)
    she_says_it_is_solved(later)
    the_desk_publishes(people.officer("he.callback"))
    it_stands_on_the_board(people.phone())


def she_reports_the_dark_street(page: Page) -> Slip:
    page.goto("/")
    page.get_by_role("link", name="拍照反映").tap()
    page.wait_for_url("**/appeal/")
    page.get_by_label("发生了什么").fill(DARK_STREET)
    choose(page, "求助")
    place(page, "两江新区", "龙山街道")
    page.get_by_label("具体位置").fill("松牌路中段")
    expect(pick_photos(page, picture())).to_have_count(1)
    choose(page, "实名")
    page.get_by_label("手机号").fill("139 0000 0088")
    page.get_by_label("隐去个人信息").check()
    send(page)
    slip = slip_of(page)
    assert re.search(r"前答复您。", slip.lead)
    page.get_by_role("link", name="看进度").tap()
    page.wait_for_url(f"**/call/{slip.number}/")
    expect(page.locator(".clock h2")).to_have_text(re.compile("承诺 .+内答复"))
    expect(page.locator(".talk .pics img")).to_have_count(1)
    return slip


def the_dispatcher_agrees(page: Page) -> None:
    page.goto("/desk/dispatch/")
    open_row(page, DARK_TITLE)
    first = page.locator(".sug li").first
    expect(first).to_contain_text("两江新区城市管理局")
    expect(first).to_contain_text("经两江新区社会治理中心交办")
    expect(first).to_contain_text("职责“路灯不亮”")
    press(page, "1")
    told(page, "已派出")
    expect(page.locator(".rows")).not_to_contain_text(DARK_TITLE)


def the_district_centre_passes_it_down(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, DARK_TITLE)
    page.keyboard.press("p")
    expect(page.get_by_label("交给谁")).to_be_focused()
    choose_by_arrows(page, "两江新区城市管理局")
    page.keyboard.press("Tab")
    write(page, "交代一句", "学生要走，请先看这一段。")
    press(page, "Enter")
    told(page, "已交办")


def the_bureau_signs_in_a_batch(page: Page) -> None:
    page.goto("/desk/")
    another = page.locator(".new [data-row] b").filter(has_not_text=DARK_TITLE).first.inner_text()
    go_to_row(page, another)
    page.keyboard.press("x")
    go_to_row(page, DARK_TITLE)
    page.keyboard.press("x")
    press(page, "s")
    told(page, "签收了 2 件")


def the_bureau_contacts_her_and_answers(page: Page) -> None:
    open_row(page, DARK_TITLE)
    page.keyboard.press("c")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    write(page, "说好了什么", "今天下午去查线路，修好以后再打电话。")
    press(page, "Control+Enter")
    told(page, "已记下")
    page.keyboard.press("r")
    write(page, "答复", ANSWER)
    page.locator("#photos").set_input_files([picture("修好了.jpg", "#c9b27a")])
    page.locator("#answer").focus()
    press(page, "Control+Enter")
    told(page, "已报送")


def the_centre_approves(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, DARK_TITLE)
    expect(page.locator(".call")).to_contain_text(ANSWER)
    page.keyboard.press("a")
    write(page, "审核意见", "写得清楚")
    press(page, "Enter")
    told(page, "已通过")


def she_signs_in_and_reads_the_answer(page: Page, slip: Slip) -> None:
    sign_in(page, PHONE)
    expect(page.get_by_role("main")).to_contain_text("有答复了，等您一句话")
    page.get_by_role("link", name=DARK_TITLE).tap()
    page.wait_for_url(f"**/call/{slip.number}/")
    expect(page.locator(".answer")).to_have_text(ANSWER)
    expect(page.locator(".talk .yes .pics img")).to_have_count(1)
    expect(page.locator(".clock .big")).to_contain_text("就答复了")
    expect(page.locator(".clock")).to_contain_text("按时")
    told_in_order(page, HOPS)
    assert "写得清楚" not in page.content()


def she_says_it_is_solved(page: Page) -> None:
    verdict = page.locator("#verdict")
    expect(verdict.locator("input:checked")).to_have_count(0)
    expect(verdict.locator(".five label")).to_have_count(5)
    expect(verdict).to_contain_text("选“解决了”就办结。选“没解决”马上重新办")
    choose(page, "解决了", "#verdict")
    choose(page, "非常满意", "#verdict")
    page.get_by_label("想补充的话").fill("谢谢，孩子不怕了。")
    verdict.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("heading", name="您说解决了")).to_be_visible()
    expect(page.locator(".intro .tag")).to_have_text("办结，您说解决了")
    expect(page.locator(".said")).to_contain_text("谢谢，孩子不怕了。")


def the_desk_publishes(page: Page) -> None:
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="可以公开")).to_be_visible()
    open_row(page, DARK_TITLE)
    expect(page.locator(".call")).to_contain_text("来电人说解决了")
    page.keyboard.press("o")
    page.keyboard.press("Control+a")
    write(page, "呼：公开的诉求", PUBLIC_CALL)
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    write(page, "应：公开的答复", PUBLIC_ANSWER)
    press(page, "Control+Enter")
    told(page, "已公开")


def it_stands_on_the_board(page: Page) -> None:
    page.goto("/board/")
    expect(page.get_by_role("main")).to_contain_text(PUBLIC_CALL)
    expect(page.get_by_role("main")).to_contain_text(PUBLIC_ANSWER)
    expect(page.get_by_role("main")).not_to_contain_text("139")
