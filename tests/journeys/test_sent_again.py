"""She goes back with the browser and presses send again: it is the same call, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import People
from tests.journeys.telling import choose, place, send, slip_of

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_back_and_send_again_is_the_same_call(people: People, script: bool) -> None:
    page = people.desktop(java_script_enabled=script)

    def tell() -> None:
        page.get_by_label("发生了什么").fill("坡下面的水沟盖板少了一块，晚上看不见。" + ("" if script else "脚会踩空。"))
        choose(page, "求助")
        choose(page, "匿名")
        if script:
            place(page, "渝中区", "上清寺街道")

    page.goto("/appeal/")
    tell()
    send(page)
    first = slip_of(page)
    page.go_back()
    page.wait_for_url("**/appeal/")
    tell()
    send(page)
    assert slip_of(page) == first
    page.goto("/mine/")
    expect(page.locator("article.case")).to_have_count(1)
