"""She complains in confidence; the bureau works it without knowing her. One officer opens her number; she sees it and
objects, and the auditor answers."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.states import look_at_the_number
from tests.journeys.telling import choose, place, send, slip_of
from tests.journeys.working import choose_by_arrows, told

pytestmark = [pytest.mark.browser, pytest.mark.once]
HERS = "13800000036"
TITLE = "楼下烧烤店半夜还在往楼上排油烟"
UNIT = "两江新区市场监督管理局"


def she_complains_in_confidence(page: Page) -> str:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(f"{TITLE}，开窗一屋子烟，请不要告诉店家是我说的。")
    choose(page, "投诉")
    choose(page, "保密")
    place(page, "两江新区", "人和街道")
    send(page)
    return slip_of(page).number


def it_goes_to_the_bureau(people: People) -> str:
    """By the desk and the district's centre; the address of the matter."""
    desk = people.officer("chen.dispatcher")
    desk.goto("/desk/dispatch/")
    desk.get_by_role("link", name=TITLE).click()
    expect(desk.locator("#ct")).to_contain_text(TITLE)
    matter = desk.url.replace("/desk/dispatch/", "/desk/m/")
    desk.keyboard.press("d")
    choose_by_arrows(desk, "两江新区社会治理中心")
    desk.locator("#v-dispatch button.btn").click()
    told(desk, "已派出")
    centre = people.officer("luo.dispatcher")
    centre.goto(matter)
    centre.locator("#v-pass_down > summary").click()
    centre.locator("#b-pass_down").select_option(label=UNIT)
    centre.locator("#v-pass_down button.btn").click()
    told(centre, "已交办")
    return matter


def the_bureau_does_not_know_her(page: Page, matter: str) -> None:
    page.goto(matter)
    expect(page.locator(".who").first).to_contain_text("保密，请用留言联系")
    expect(page.locator(".look-at")).to_have_count(0)
    assert HERS not in page.content() and HERS[-4:] not in page.locator(".who").first.inner_text()


def the_desk_opens_her_number(page: Page, matter: str) -> None:
    page.goto(matter)
    look_at_the_number(page)
    expect(page.locator(".open-now")).to_contain_text(HERS)


def she_sees_it_and_objects(page: Page, number: str) -> None:
    page.goto("/me/looks/")
    expect(page.locator("main")).to_contain_text("何组长")
    page.goto(f"/call/{number}/")
    seen = page.locator("#looks")
    expect(seen).to_contain_text("何组长")
    expect(seen).to_contain_text("联系来电人")
    seen.get_by_text("觉得不该看？请审计员查").click()
    seen.get_by_label("您觉得哪里不对？").fill("我选了保密，也没有人给我打过电话。")
    with page.expect_navigation():
        seen.get_by_role("button", name="请审计员查").click()
    expect(page.locator("#looks")).to_contain_text("审计员正在查")


def the_auditor_answers(page: Page) -> None:
    page.goto("/desk/looks/")
    asked = page.locator("section").filter(has_text="没有人给我打过电话")
    asked.get_by_label("查看得当").check()
    asked.get_by_label("怎么查的、怎么处理").fill("查了通话记录，当天 10 点打过两次没有接通，以后先发短信。")
    with page.expect_navigation():
        asked.get_by_role("button", name="答复").click()
    told(page, "已答复")


def test_her_number_is_opened_she_sees_it_objects_and_is_answered(people: People) -> None:
    her = people.caller(HERS)
    number = she_complains_in_confidence(her)
    matter = it_goes_to_the_bureau(people)
    the_bureau_does_not_know_her(people.officer("feng.handler"), matter)
    the_desk_opens_her_number(people.officer("he.callback"), matter)
    she_sees_it_and_objects(her, number)
    the_auditor_answers(people.officer("tang.auditor"))
    her.reload()
    expect(her.locator("#looks")).to_contain_text("查看得当")
    expect(her.locator("#looks")).to_contain_text("以后先发短信")
    people.leave()
    assert people.complaints == []
