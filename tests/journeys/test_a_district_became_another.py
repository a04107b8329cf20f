"""A broken cover told while the street lay in 江北区, mended by 两江新区: she reads who took over, and figures follow it.

The demo holds it: see `before.yaml`.
"""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.telling import told_in_order

pytestmark = [pytest.mark.browser, pytest.mark.once]
CALLER, TITLE, MONTH = "13800000002", "过街通道口的井盖裂成两半", "2025-11"
STREET, STREET_NOW = "500105006", "liangjiang-500105006"
BUREAU, HEIR = "江北区城市管理局", "两江新区城市管理局"
BEFORE, NOW = ["江北区", "渝北区"], "两江新区 含原江北区、渝北区"
HOPS = (
    "派给江北区社会治理中心",
    f"江北区社会治理中心交给{BUREAU}办",
    f"{BUREAU}涂科长接手",
    f"因区划调整，从{BUREAU}改由{HEIR}继续办理，承诺的期限不变",
    f"{HEIR}办好了",
    f"{HEIR}答复了您",
    "您说解决了",
)


def test_what_was_open_is_finished_by_who_took_over_and_counts_there_today(people: People) -> None:
    her = people.caller(CALLER, accept_downloads=True)
    she_reads_who_went_on(her)
    her_proof_keeps_the_place_of_its_day(her)
    the_old_page_of_the_street_leads_to_the_new(people.phone())
    head = people.officer("liu.head")
    the_city_compares_through_successors(head)
    the_city_sees_each_day_s_districts(head)
    only_who_took_over_sees_it_today(people.officer("luo.dispatcher"), people.officer("wei.head"))


def she_reads_who_went_on(page: Page) -> None:
    page.goto("/mine/")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url("**/call/**")
    told_in_order(page, HOPS)
    expect(page.locator(".intro .tag")).to_have_text("办结，您说解决了")
    expect(page.locator(".clock")).to_contain_text("按时，期限是2025 年 11 月 10 日前")  # five days, as on the day it was told


def her_proof_keeps_the_place_of_its_day(page: Page) -> None:
    page.get_by_role("link", name="看回执").click()
    page.wait_for_url("**/receipt/")
    with page.expect_download() as caught:
        page.get_by_role("link", name="下载回执文件").click()
    assert areas_in(json.loads(caught.value.path().read_text(encoding="utf-8"))) == {STREET}


def areas_in(found: Any) -> set[str]:
    """Every area that is named anywhere within."""
    if isinstance(found, dict):
        own = {found["area"]} if "area" in found else set()
        return own.union(*map(areas_in, found.values()))
    return set[str]().union(*map(areas_in, found)) if isinstance(found, list) else set()


def the_old_page_of_the_street_leads_to_the_new(page: Page) -> None:
    page.goto(f"/street/{STREET}/")
    expect(page.get_by_role("main")).to_contain_text("区划已经调整，这里现在属于两江新区")
    asked_then = asked_on(page)
    page.get_by_role("link", name="看现在的这一页").tap()
    page.wait_for_url(f"**/street/{STREET_NOW}/")
    expect(page.get_by_role("main")).to_contain_text("包含区划调整以前的数字，那时属于江北区。")
    assert asked_then == 2 < asked_on(page)


def asked_on(page: Page) -> int:
    line = page.locator("[aria-labelledby=asked] .facts li").first.inner_text()
    return int("".join(filter(str.isdigit, line)))


def figures(page: Page, as_of: str, by: str = "按区县") -> dict[str, list[str]]:
    """The rows of that month, each with received, answered, and the shares."""
    page.goto("/desk/rates/")
    for label, words in (("怎么分", by), ("哪个月", MONTH), ("按哪天的区划", as_of)):
        chosen = page.get_by_label(label)
        if chosen.locator("option:checked").inner_text() != words:
            with page.expect_navigation():
                chosen.select_option(label=words)
    rows = page.locator("table.figures").first.locator("tbody tr").all()
    return {row.locator("th").inner_text().strip(): [td.inner_text() for td in row.locator("td").all()[:5]] for row in rows}


def the_city_compares_through_successors(page: Page) -> None:
    found = figures(page, "按今天的区划和单位")
    assert found == {NOW: ["2", "2", "100% 2/2", "100% 2/2", "100% 2/2"]}


def the_city_sees_each_day_s_districts(page: Page) -> None:
    found = figures(page, "按当天的区划和单位")
    assert found == {name: ["1", "1", "100% 1/1", "100% 1/1", "100% 1/1"] for name in BEFORE}


def only_who_took_over_sees_it_today(dispatcher: Page, head: Page) -> None:
    """The successor's head answers for the figures of the districts before his; who oversees nothing sees none."""
    assert list(figures(head, "按今天的区划和单位")) == [NOW]
    assert list(figures(head, "按当天的区划和单位")) == BEFORE
    assert dispatcher.request.get("/desk/rates/").status == 404
