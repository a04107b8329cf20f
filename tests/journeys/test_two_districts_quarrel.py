"""A street lamp on the line between two districts: both send it back, one works at once, and the place is settled for good."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.telling import Slip, choose, place, send, slip_of, told_in_order
from tests.journeys.working import does, open_row, press, told

pytestmark = [pytest.mark.browser, pytest.mark.once]
PLACE = "渝碚路菜市场门口"
FIRST = "菜市场门口晚上全是黑的，灯已经四天没亮，老人走到梯坎看不清台阶，希望早点修好。"
SECOND = "买菜的那道门外面晚上又黑了，菜市场的灯两天没亮，走到梯坎看不清台阶，希望早点修好。"
TITLES = ("菜市场门口晚上全是黑的", "买菜的那道门外面晚上又黑了")
THERE = "按照明设施移交清单，这根灯杆登记在沙坪坝区，不归渝中区管。"
BACK = "按勘界图，菜市场这一侧在渝中区界内，不归沙坪坝区管。"
NOW = "天黑看不见，渝中区先修，钱和责任另外裁定。"
RULING = "两区照明设施移交清单：这根灯杆由沙坪坝区养护。"
CENTRES = ("渝中区社会治理中心", "沙坪坝区社会治理中心")


def test_two_districts_quarrel_over_a_street_and_never_again(people: People) -> None:
    her = people.phone()
    slip = she_tells_it(her, FIRST)
    desk, here, there = (people.officer(f"{name}.dispatcher") for name in ("chen", "xie", "fan"))
    the_desk_gives_it(desk)
    a_centre_sends_it_back(here, THERE)
    the_desk_asks_the_other(desk)
    a_centre_sends_it_back(there, BACK)
    the_desk_lets_one_work_at_once(desk)
    the_first_works_it(here)
    she_reads_every_hop(her, slip)
    the_desk_settles_the_place(desk)
    it_stands_in_the_ledger(desk)
    she_tells_it(people.phone(), SECOND)
    the_place_is_remembered(desk)
    her.goto(f"/call/{slip.number}/")
    told_in_order(her, ("今后由沙坪坝区社会治理中心管", RULING))


def she_tells_it(page: Page, text: str) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(text)
    choose(page, "求助")
    place(page, "渝中区", "大坪街道")
    page.get_by_label("具体位置").fill(PLACE)
    choose(page, "匿名")
    send(page)
    slip = slip_of(page)
    page.get_by_role("link", name="看进度").tap()
    page.wait_for_url(f"**/call/{slip.number}/")
    return slip


def the_desk_gives_it(page: Page) -> None:
    page.goto("/desk/dispatch/")
    open_row(page, TITLES[0])
    expect(page.locator(".sug li").first).to_contain_text(f"经{CENTRES[0]}交办")
    press(page, "1")
    told(page, "已派出")


def a_centre_sends_it_back(page: Page, ground: str) -> None:
    page.goto("/desk/")
    open_row(page, TITLES[0])
    does(page, "send_back", {"依据和理由": ground}, "退单")
    told(page, "已退单，等裁定")


def the_desk_asks_the_other(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, TITLES[0])
    expect(page.locator("#v-transfer")).to_contain_text(THERE)
    does(page, "transfer", {"改派给谁": CENTRES[1], "理由": "请沙坪坝区看一看是不是归它管。"}, "改派")
    told(page, "已改派")


def the_desk_lets_one_work_at_once(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, TITLES[0])
    does(page, "interim", {"先由谁办": CENTRES[0], "理由": NOW}, "先办后裁")
    told(page, "已定谁先办")


def the_first_works_it(page: Page) -> None:
    page.goto("/desk/")
    open_row(page, TITLES[0])
    expect(page.locator("#v-send_back")).to_have_count(0)
    press(page, "s")
    told(page, "已签收")


def she_reads_every_hop(page: Page, slip: Slip) -> None:
    page.goto(f"/call/{slip.number}/")
    told_in_order(
        page,
        (
            f"派给{CENTRES[0]}",
            f"{CENTRES[0]}说不归它管，退回",
            THERE,
            f"从{CENTRES[0]}改派给{CENTRES[1]}",
            f"{CENTRES[1]}说不归它管，退回",
            BACK,
            f"先由{CENTRES[0]}办着",
            NOW,
            f"{CENTRES[0]}谢科长接手",
        ),
    )


def the_desk_settles_the_place(page: Page) -> None:
    page.goto("/desk/boundaries/")
    page.get_by_role("link", name=TITLES[0]).click()
    page.locator("#ct").wait_for()
    expect(page.locator("#p-settle")).to_have_value(PLACE)
    does(page, "settle_boundary", {"今后归谁管": CENTRES[1], "依据和理由": RULING}, "裁定界线")
    told(page, "已记入界线台账")


def it_stands_in_the_ledger(page: Page) -> None:
    page.goto("/desk/boundaries/")
    row = page.get_by_role("listitem").filter(has_text=PLACE)
    expect(row).to_contain_text(f"归{CENTRES[1]}管")
    expect(row).to_contain_text(RULING)


def the_place_is_remembered(page: Page) -> None:
    page.goto("/desk/dispatch/")
    open_row(page, TITLES[1])
    first = page.locator(".sug li").first
    expect(first).to_contain_text(f"经{CENTRES[1]}交办")
    expect(first).to_contain_text(f"“{PLACE}”")
    expect(first).to_contain_text(RULING)
