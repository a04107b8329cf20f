"""She tells the city of a dark stair, waits, and tells it again: it is her matter still, with all her words and pictures."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import DESKTOP_SCREEN, PHONE_SCREEN, People, sign_in
from tests.journeys.telling import Slip, choose, pick_photos, picture, place, send, slip_of
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = "13800000043"
FIRST = "二单元楼梯口的声控灯坏了，晚上上下楼全靠摸，老人不敢出门。"
TITLE = "二单元楼梯口的声控灯坏了"
AGAIN = "二单元楼梯口的声控灯还是坏的，又过了几天，昨晚有老人在楼梯上摔了。"
HERS = "就是这件，并到一起"


def test_what_she_says_again_goes_to_who_works_it_and_is_nobody_new(people: People) -> None:
    her = people.phone()
    sign_in(her, PHONE)
    tell(her, FIRST)
    send(her)
    first = slip_of(her)
    is_shown_her_own(her, first)
    her.get_by_role("button", name=HERS).tap()
    second = slip_of(her)
    assert second.number != first.number
    both_stand_in_one(her, first, second)
    the_desk_reads_both(people.officer("chen.dispatcher"))
    who_only_types_her_number_is_not_asked(people.phone())


def tell(page: Page, text: str) -> None:
    page.goto("/appeal/")
    place(page, "两江新区", "天宫殿街道")
    page.get_by_label("发生了什么").fill(text)
    choose(page, "求助")
    choose(page, "保密")


def is_shown_her_own(page: Page, first: Slip) -> None:
    """With a picture of the stair; without losing what she typed she may first look how it stands."""
    tell(page, AGAIN)
    pick_photos(page, picture("楼梯.jpg"))
    page.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("是不是这件事？")
    card = page.locator(".similar > li").first
    expect(card).to_contain_text("您说过的")
    expect(card.get_by_role("heading")).to_have_text(TITLE)
    expect(card.get_by_role("link", name="先看看办到哪了")).to_have_attribute("href", f"/call/{first.number}/")
    clean(faults_of(page))
    page.set_viewport_size(DESKTOP_SCREEN)
    clean(faults_of(page))
    page.set_viewport_size(PHONE_SCREEN)


def both_stand_in_one(page: Page, first: Slip, second: Slip) -> None:
    page.goto(f"/call/{second.number}/")
    hops = page.locator("ol.hops")
    expect(hops).to_contain_text("又说到这件事")
    expect(hops).to_contain_text("不计入三率")
    expect(page.locator("article img").first).to_be_visible()
    page.goto(f"/call/{first.number}/")
    expect(page.locator("ol.hops")).to_contain_text("说过的人又说到这件事")
    expect(page.get_by_text("个人遇到这件事")).to_have_count(0)


def the_desk_reads_both(page: Page) -> None:
    page.goto("/desk/dispatch/")
    page.locator("[data-row]").filter(has_text=TITLE).click()
    shown = page.get_by_role("main")
    for words in (FIRST, AGAIN):
        expect(shown).to_contain_text(words)


def who_only_types_her_number_is_not_asked(page: Page) -> None:
    page.goto("/appeal/")
    place(page, "两江新区", "天宫殿街道")
    page.get_by_label("发生了什么").fill(AGAIN)
    choose(page, "求助")
    choose(page, "保密")
    page.get_by_label("手机号").fill(PHONE)
    page.get_by_role("button", name="提交").tap()
    page.wait_for_load_state()
    expect(page.get_by_text("您说过的")).to_have_count(0)
    expect(page.get_by_text(TITLE, exact=True)).to_have_count(0)
