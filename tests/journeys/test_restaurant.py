"""A noodle shop opens: one form by its owner's phone, one item is refused with its ground, the rest is done all the same."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.cases import (
    number_of,
    picture,
    she_signs_in_on_the_way,
    shot,
    the_department_grants,
    the_department_refuses,
)
from tests.journeys.people import People

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = "13900000064"
SHOP = "开办餐饮店"
ANSWERS = ("没有，办个体户", "现做的饭菜", "要")
TYPED = {
    "单位（店）名称": "梯坎边豌杂面馆",
    "法定代表人（经营者）姓名": "秦丽",
    "法定代表人（经营者）身份证号": "500000198807120028",
    "经营地址": "两江新区观音桥街道建新北路 21 号附 3 号",
    "做什么生意": "餐饮服务",
    "经营面积（平方米）": "60",
    "经办人姓名": "秦丽",
    "招牌上写什么": "梯坎边豌杂面",
    "招牌多大（宽×高，米）": "6×1.2",
    "每天排多少水（立方米）": "3",
}
PAPERS = {
    "premises-proof": "tan",
    "kitchen-plan": "olive",
    "food-rules": "teal",
    "signboard-drawing": "maroon",
    "drainage-plan": "navy",
}
GROUND = "招牌高出窗台，遮住二楼的消防救援窗口，不符合户外招牌设置的安全要求。"
MARKET, TAX = ("feng.handler", "han.head"), ("pei.handler", "shu.head")
SIGNS, DRAINS = ("zhou.handler", "zhao.head"), ("wu.handler", "zheng.head")
SIDE_BY_SIDE = ("税务局", "市场监", "城市管理局", "住")


def test_one_item_is_refused_and_the_noodle_shop_opens_all_the_same(people: People) -> None:
    her = people.phone()
    she_answers_and_sees_what_it_takes(her)
    she_fills_in_one_form(her)
    number = she_sends_it(her)
    only_the_licence_is_at_work(her)
    the_department_grants(people, SHOP, MARKET, "个体工商户设立登记", "执照编号 92500112MAE1")
    four_work_side_by_side(her, number)
    the_department_refuses(people, SHOP, SIGNS, "户外招牌设置备案", GROUND)
    she_reads_why_and_what_she_may_do(her, number)
    the_department_grants(people, SHOP, TAX, "新办纳税人信息确认", "每月 20 张电子发票")
    the_department_grants(people, SHOP, DRAINS, "排水管网许可", "许可证已寄出")
    the_department_grants(people, SHOP, MARKET, "食品经营许可", "许可证编号 JY25001120")
    all_is_over_and_the_refusal_stands(her, number)


def she_answers_and_sees_what_it_takes(page: Page) -> None:
    page.goto("/things/")
    page.get_by_role("searchbox").first.fill("想开个面馆")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name=SHOP).first.tap()
    page.wait_for_url("**/things/restaurant/**")
    for answer in ANSWERS:
        with page.expect_response("**/things/restaurant/**"):
            page.get_by_label(answer, exact=True).check()
    page.get_by_label("店有多大").fill("60")
    page.get_by_label("店有多大").press("Enter")
    expect(page.get_by_role("heading", name="您要办这 5 件")).to_be_visible()
    shot(page, "shop-guidance")
    page.get_by_role("link", name="去填表").tap()


def she_fills_in_one_form(page: Page) -> None:
    she_signs_in_on_the_way(page, PHONE)
    page.locator("#area").select_option(label="观音桥街道")
    for label, text in TYPED.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_label("手机号").first.fill(PHONE)
    page.get_by_label("小规模纳税人", exact=True).check()
    page.get_by_label("热食", exact=True).check()
    for paper, colour in PAPERS.items():
        with page.expect_navigation():
            page.locator(f"#paper-{paper} input[multiple]").set_input_files(picture(colour))
        expect(page.locator(f"#paper-{paper} .got li")).to_have_count(1)
    shot(page, "shop-form")


def she_sends_it(page: Page) -> str:
    page.get_by_label("同意这", exact=False).check()
    page.get_by_role("button", name="提交，5 件一起办").tap()
    page.wait_for_url("**/case/**")
    return number_of(page)


def only_the_licence_is_at_work(page: Page) -> None:
    expect(page.get_by_role("heading", name=SHOP, level=1)).to_be_visible()
    expect(page.locator(".lanes li")).to_have_count(5)
    expect(page.locator(".lanes li").filter(has_text="等")).to_have_count(4)
    shot(page, "shop-begun")


def four_work_side_by_side(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    for unit in SIDE_BY_SIDE:
        expect(page.locator(".lanes li").filter(has_text=unit).first).to_be_visible()
    expect(page.get_by_text("执照编号 92500112MAE1")).to_be_visible()
    shot(page, "shop-parallel")


def she_reads_why_and_what_she_may_do(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text(GROUND)).to_be_visible()
    expect(page.get_by_text("复议").first).to_be_visible()
    expect(page.get_by_text("全部有结果了")).to_have_count(0)
    shot(page, "shop-refused")


def all_is_over_and_the_refusal_stands(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text("全部有结果了")).to_be_visible()
    expect(page.get_by_text("许可证编号 JY25001120")).to_be_visible()
    expect(page.get_by_text(GROUND)).to_be_visible()
    shot(page, "shop-done")
