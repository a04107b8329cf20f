"""Who may be in danger is told whom to ring before anything else, also where no listed word says so."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import People
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_what_she_says_on_the_first_page_is_heard_and_stays_heard(people: People) -> None:
    page = people.phone()
    page.goto("/")
    page.locator("main input[name=q]").first.fill("我妈一头栽在灶台边，怎么拍都不睁眼，在南岸区滨江路12号3栋")
    page.keyboard.press("Enter")
    ring = page.locator("#danger a[href='tel:120']")
    expect(ring).to_be_in_viewport()
    page.get_by_label("发生了什么").press_sequentially("，快点")
    expect(ring).to_be_visible()
    clean(faults_of(page))
    page.get_by_label("发生了什么").fill("")
    expect(page.locator("#danger a")).to_have_count(0)
    page.get_by_label("发生了什么").press_sequentially("屋里着火了")
    expect(page.locator("#danger a[href='tel:119']")).to_be_visible()


def test_everyday_noise_is_no_danger(people: People) -> None:
    page = people.phone()
    page.goto("/")
    page.locator("main input[name=q]").first.fill("工地半夜打桩，娃儿才睡着又遭震醒")
    page.keyboard.press("Enter")
    expect(page.get_by_label("发生了什么")).to_have_value("工地半夜打桩，娃儿才睡着又遭震醒")
    expect(page.locator("#danger a")).to_have_count(0)
