"""How a page looks is the reader's choice, and it holds on every page until it is changed."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People

pytestmark = [pytest.mark.browser, pytest.mark.once]
PAGES = ("/", "/appeal/", "/mine/", "/board/", "/signin/", "/privacy/", "/signin/officer/", "/nowhere/")


def look(page: Page, name: str) -> str | None:
    """What the page was told of one look: '' is the standard."""
    return page.locator("html").get_attribute(f"data-{name}")


def size_of(page: Page, selector: str = "body") -> float:
    """The size of its letters in pixels."""
    return float(page.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


def brightness(page: Page) -> int:
    """Of the page's ground: 0 black, 765 white."""
    return int(
        page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => +a + +b, 0)")
    )


def set_looks(page: Page, *labels: str) -> None:
    page.goto("/looks/?next=/board/")
    for label in labels:
        page.locator("label.opt").filter(has_text=label).click()
    page.get_by_role("button", name="就这样显示").click()
    page.wait_for_url("**/board/")


def test_one_touch_makes_the_elder_edition_without_losing_what_is_typed(people: People) -> None:
    page = people.phone()
    page.goto("/appeal/")
    before = size_of(page)
    page.get_by_label("发生了什么").fill("写到一半")
    page.get_by_role("button", name="长辈版").tap()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(page.get_by_label("发生了什么")).to_have_value("写到一半")
    assert size_of(page) > before
    for path in PAGES:
        page.goto(path)
        assert look(page, "size") == "large", path
        assert size_of(page) >= 20, path
    page.goto("/")
    page.get_by_role("button", name="长辈版").tap()
    expect(page.locator("html")).not_to_have_attribute("data-size", "large")


def test_dark_and_high_contrast_hold_on_every_page(people: People) -> None:
    page = people.desktop()
    page.goto("/")
    light = brightness(page)
    set_looks(page, "深色", "高对比")
    for path in PAGES:
        page.goto(path)
        assert (look(page, "theme"), look(page, "contrast")) == ("dark", "more"), path
        assert brightness(page) < 120 < light, path


def test_the_system_s_dark_is_followed_where_nothing_was_chosen(people: People) -> None:
    page = people.desktop(color_scheme="dark")
    page.goto("/")
    assert brightness(page) < 120
    set_looks(page, "浅色")
    assert brightness(page) > 600


def test_english_holds_on_every_page_and_chinese_is_one_press_away(people: People) -> None:
    page = people.desktop()
    page.goto("/board/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("navigation").first).to_contain_text("Home")
    for path in PAGES:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert not set(page.get_by_role("heading", level=1).inner_text()) & set("的了么事您登录没有"), path
    page.goto("/")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("今天想办什么事？")


def test_the_officers_desk_wears_the_same_looks(people: People) -> None:
    page = people.officer("zhou.handler")
    set_looks(page, "深色", "长辈版")
    page.goto("/desk/")
    assert (look(page, "theme"), look(page, "size")) == ("dark", "large")
    assert brightness(page) < 120
