"""The demo's own button moves the city to the next working day: promises run on, and what is late turns red."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.city import City
from tests.journeys.people import People
from tests.journeys.telling import choose, send, slip_of

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def people(another_demo: City, browser: Browser) -> People:
    """In a demo of this journey's own."""
    return People(browser, another_demo)


def test_a_call_runs_out_of_time_and_everybody_sees_it_in_red(people: People) -> None:
    her = people.phone()
    she_tells_it(her)
    clock = her.locator(".clock .big")
    left = clock.inner_text()
    assert left.startswith("剩")
    her.get_by_role("button", name="到下一个工作日").tap()
    expect(clock).not_to_have_text(left)
    for _ in range(8):
        if clock.inner_text().startswith("超"):
            break
        her.get_by_role("button", name="到下一个工作日").tap()
    expect(clock).to_have_text(re.compile("^超 "))
    expect(her.locator(".clock")).to_contain_text("现在已经晚了")
    assert red(clock), "what is late stands in red"
    expect(her.locator(".clock .promise .over").first).to_be_attached()
    the_dispatcher_sees_how_long_it_waits(people.officer("chen.dispatcher"))
    the_bureau_has_its_overdue_in_front(people.officer("zhou.handler"))
    people.leave()
    assert people.complaints == []


def she_tells_it(page: Page) -> None:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill("想问问老年人坐轨道交通要办什么卡，在哪里办。")
    choose(page, "咨询")
    choose(page, "匿名")
    send(page)
    slip_of(page)
    page.get_by_role("link", name="看进度").tap()


def red(locator: object) -> bool:
    """Whether its letters are red rather than anything else."""
    colour = "e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)"
    r, g, b = locator.evaluate(colour)  # type: ignore[attr-defined]
    return bool(r > 2 * g and r > 2 * b)


def the_dispatcher_sees_how_long_it_waits(page: Page) -> None:
    page.goto("/desk/dispatch/")
    expect(page.locator("[data-row]").first).to_contain_text(re.compile("等了 .*天"))


def the_bureau_has_its_overdue_in_front(page: Page) -> None:
    page.goto("/desk/")
    expect(page.locator(".day h2").first).to_have_text("已超时")
    late = page.locator("[data-row] .t").first
    expect(late).to_contain_text("超")
    assert red(late)
    before = page.locator(".bar time").inner_text()
    page.get_by_role("button", name="到下一个工作日").click()
    expect(page.locator(".bar time")).to_have_text("08:30")
    assert re.fullmatch(r"\d\d:\d\d", before)
