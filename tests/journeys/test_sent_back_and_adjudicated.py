"""A bureau says it is not its own; the giver adjudicates once, the bureau works it, and she reads every step."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.telling import Slip, choose, place, send, slip_of, told_in_order
from tests.journeys.working import does, open_row, press, told

pytestmark = [pytest.mark.browser, pytest.mark.once]
TEXT = "巷子口晚上全是黑的，灯已经三天没亮，下夜班看不清台阶，希望早点修好。"
TITLE = "巷子口晚上全是黑的"
GROUND = "依据《城市照明管理规定》，小区红线以内的灯由产权人管，这几盏在红线以内。"
WHY = "查了市政图，这几盏立在市政道路上，由城市管理局管。"


def test_what_is_sent_back_without_ground_is_worked_by_who_sent_it_back(people: People) -> None:
    her = people.phone()
    slip = she_tells_it(her)
    dispatcher, centre, bureau = (people.officer(f"{n}.{p}") for n, p in WHO)
    for page, path, key in ((dispatcher, "/desk/dispatch/", "1"), (centre, "/desk/dispatch/", "1")):
        page.goto(path)
        open_row(page, TITLE)
        press(page, key)
        told(page, "已派出" if page is dispatcher else "已交办")
    the_bureau_sends_it_back(bureau)
    she_reads_that_it_is_being_decided(her, slip)
    the_centre_adjudicates(centre)
    it_cannot_be_sent_back_again(bureau)
    her.goto(f"/call/{slip.number}/")
    told_in_order(her, ("城市管理局说不归它管，退回", GROUND, "裁定：仍由两江新区城市管理局办", WHY, "周科长接手"))


WHO = (("chen", "dispatcher"), ("luo", "dispatcher"), ("zhou", "handler"))


def she_tells_it(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(TEXT)
    choose(page, "求助")
    place(page, "两江新区", "龙山街道")
    choose(page, "匿名")
    send(page)
    slip = slip_of(page)
    page.get_by_role("link", name="看进度").tap()
    page.wait_for_url(f"**/call/{slip.number}/")
    return slip


def the_bureau_sends_it_back(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, TITLE)
    does(page, "send_back", {"依据和理由": GROUND}, "退单")
    told(page, "已退单，等裁定")


def she_reads_that_it_is_being_decided(page: Page, slip: Slip) -> None:
    page.goto(f"/call/{slip.number}/")
    hands = page.get_by_role("region", name="现在谁在办")
    expect(hands).to_contain_text("两江新区社会治理中心")
    expect(hands).to_contain_text("裁定归谁管")


def the_centre_adjudicates(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, TITLE)
    expect(page.locator("#v-adjudicate")).to_contain_text(GROUND)
    does(page, "adjudicate", {"理由": WHY}, "裁定不退")
    told(page, "仍由原单位办")


def it_cannot_be_sent_back_again(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, TITLE)
    expect(page.locator("#v-send_back")).to_have_count(0)
    press(page, "s")
    told(page, "已签收")
