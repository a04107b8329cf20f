"""She says in her own words what she needs, on a phone: the right thing comes first; by life event; nothing found helps on."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]


def asks(page: Page, words: str) -> None:
    page.goto("/things/")
    page.get_by_label("想办什么，照平常的话说").fill(words)
    page.get_by_role("main").get_by_role("button", name="找").click()
    page.wait_for_url("**/things/?q=*")


def test_in_the_words_of_the_street_the_right_thing_comes_first(people: People) -> None:
    page = people.phone(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("navigation", name="底部导航").get_by_role("link", name="办事").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("今天想办什么事？")
    for words, thing in (
        ("屋头添了个娃儿，上户口啷个办", "newborn"),
        ("我想开个面馆", "restaurant"),
        ("老汉走了要办些啥子", "death"),
    ):
        asks(page, words)
        first = page.locator(".hits > li").first
        expect(first.get_by_role("link")).to_have_attribute("href", f"/things/{thing}/")
        expect(first.locator("mark").first).to_be_visible()
    first.get_by_role("link").click()
    page.wait_for_url("**/things/death/")


def test_by_an_event_of_life(people: People) -> None:
    page = people.phone()
    page.goto("/things/")
    page.get_by_role("link", name="生育和孩子出生").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("生育和孩子出生")
    expect(page.get_by_role("link", name="新生儿出生")).to_have_attribute("href", "/things/newborn/")
    clean(faults_of(page))


def test_an_item_that_no_thing_holds_and_nothing_at_all(people: People) -> None:
    page = people.phone()
    asks(page, "两口子过不下去了想离婚")
    page.locator(".hits > li").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("离婚登记")
    asks(page, "量子力学")
    expect(page.get_by_role("status")).to_contain_text("没有找到“量子力学”")
    page.get_by_role("link", name="写下来问我们").click()
    expect(page.get_by_label("发生了什么")).to_have_value("量子力学")


def test_in_english(people: People) -> None:
    page = people.desktop()
    page.context.add_cookies([{"name": "looks", "value": "...en", "url": people.city.url}])
    page.goto("/things/?q=I+lost+my+wallet")
    expect(page.locator(".hits > li").first.get_by_role("link")).to_have_attribute("href", "/things/lost-wallet/")
    expect(page.get_by_text("Because you said").first).to_be_visible()
