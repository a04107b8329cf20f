"""A late answer that the head finds on his first page: he sees why, gives it to another, and it is answered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.city import City
from tests.journeys.people import People, sign_in_officer
from tests.journeys.working import told

pytestmark = [pytest.mark.browser, pytest.mark.once]
HEAD, HANDLER, REVIEWER = "zhao.head", "zhou.handler", "luo.dispatcher"


@pytest.fixture
def later(another_demo: City, browser: Browser) -> Iterator[People]:
    people = People(browser, another_demo)
    yield people
    people.leave()
    assert people.complaints == []


def two_weeks_pass(page: Page) -> None:
    for _ in range(10):
        with page.expect_navigation():
            page.get_by_role("button", name="到下一个工作日").click()


def test_the_head_finds_it_sees_why_gives_it_to_another_and_it_is_answered(later: People) -> None:
    head = later.desktop()
    sign_in_officer(head, HEAD)
    expect(head.get_by_role("heading", name="本单位现在")).to_be_visible()  # his first page
    two_weeks_pass(head)
    head.goto("/desk/late/")
    row = late_and_signed(head)
    title = row.get_by_role("link").first.inner_text()
    expect(row).to_contain_text("超")
    expect(row).to_contain_text("周科长在办")
    expect(row.locator(".spent .most")).to_be_visible()  # at which hop the time went
    load = head.locator("table.load tr").filter(has_text="周科长")
    before = int(load.locator("td").first.inner_text())

    row.get_by_label("交给谁").first.select_option(label="赵局长")
    with head.expect_navigation():
        row.get_by_role("button", name="交给他").first.click()
    told(head, "已交给他办")
    head.wait_for_url("**/desk/late/")
    assert int(head.locator("table.load tr").filter(has_text="周科长").locator("td").first.inner_text()) == before - 1

    head.goto("/desk/?box=hand")
    head.locator("[data-row]").filter(has_text=title).first.click()
    head.locator("#ct").wait_for()
    matter = head.url
    head.locator("#answer").fill("今天由市政科到现场办好了，晚了给您赔个不是，赵局长。")
    head.get_by_role("button", name="答复并报送").click()
    told(head, "已报送")

    reviewer = later.officer(REVIEWER)
    reviewer.goto(matter.split("?")[0])
    reviewer.locator("#v-approve summary").click()
    reviewer.locator("#v-approve button.btn").click()
    told(reviewer, "已通过")
    head.goto("/desk/late/")
    for _ in range(20):  # the figures follow the log within a second or two
        if not head.get_by_role("link", name=title, exact=True).count():
            break
        head.wait_for_timeout(500)
        head.reload()
    expect(head.get_by_role("link", name=title, exact=True)).to_have_count(0)


def late_and_signed(page: Page) -> Locator:
    rows = page.locator("ol.late > li").filter(has_text="周科长在办").filter(has=page.get_by_role("button", name="交给他"))
    late = rows.filter(has=page.locator(".spent"))
    for _ in range(20):  # the hub reads the log a moment behind
        if late.count():
            return late.first
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("nothing is late in his unit")
