"""A lost identity card: she pays on her phone, keeps a time at the counter, and comes once; another pays at the counter."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.cases import (
    number_of,
    open_item,
    picture,
    she_signs_in_on_the_way,
    shot,
    the_department_grants,
)
from tests.journeys.people import People
from tests.journeys.working import told

pytestmark = [pytest.mark.browser, pytest.mark.once]
HER_PHONE, HIS_PHONE, LOST = "13900000065", "13900000069", "证件丢了"
CARD, POLICE = "居民身份证换领补领", ("shan.handler", "gu.head")
HER = {"申请人姓名": "石小雨", "申请人身份证号": "500000199608120044", "手机号": HER_PHONE}
HIS = {"申请人姓名": "贺大山", "申请人身份证号": "500000195808120011", "手机号": HIS_PHONE}
GROUND = "旧卡交回，按到期换领收工本费。"


def test_she_pays_on_her_phone_and_comes_at_the_time_she_chose(people: People) -> None:
    her = people.phone()
    number = she_applies(her, HER_PHONE, HER)
    she_reads_what_is_due_and_chooses_a_time(her)
    she_takes_another_time(her)
    unpaid_it_is_not_granted(people.officer(POLICE[0]))
    she_goes_back_once_and_pays(her, number)
    the_officer_sees_who_comes(people.officer(POLICE[0]), number)
    the_department_grants(people, LOST, POLICE, CARD, "新证已制好，来窗口取")
    it_is_ready_and_the_receipt_is_hers(her, number)


def test_at_the_counter_the_amount_is_set_and_taken(people: People) -> None:
    his = people.phone()
    number = she_applies(his, HIS_PHONE, HIS)
    the_counter_sets_less_and_takes_it(people.officer(POLICE[0]))
    his.goto(f"/case/{number}/")
    expect(his.get_by_text("缴了 20 元")).to_be_visible()
    his.get_by_role("link", name="看收据").tap()
    expect(his.get_by_text("贰拾元整")).to_be_visible()
    expect(his.get_by_text(GROUND)).to_be_visible()
    shot(his, "fee-receipt-counter")


def test_the_head_says_when_his_counter_is_open(people: People) -> None:
    page = people.officer("han.head")
    page.goto("/desk/counter/")
    shot(page, "counter-hours")
    expect(page.get_by_label("周一上午从")).to_have_value("09:00")  # those of the city, to begin with
    page.get_by_label("周一上午从").fill("8 点半")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("周一上午：请写 09:00 这样的时间")
    expect(page.get_by_label("周一上午从")).to_have_value("8 点半")
    shot(page, "counter-hours-fault")
    page.get_by_label("周一上午从").fill("8:30")
    page.get_by_role("button", name="保存").click()
    told(page, "窗口时间改好了")
    expect(page.get_by_label("周一上午从")).to_have_value("08:30")
    shot(page, "counter-hours-own")
    page.get_by_role("button", name="照全市的时间").click()
    expect(page.get_by_label("周一上午从")).to_have_value("09:00")


def she_applies(page: Page, phone: str, typed: dict[str, str]) -> str:
    page.goto("/things/lost-wallet/")
    for question, answer in (("还丢了什么", "结婚证"), ("还丢了什么", "都不选"), ("身份证在吗", "也丢了")):
        with page.expect_response("**/things/lost-wallet/**"):
            page.locator("fieldset", has_text=question).get_by_label(answer, exact=True).check()
    expect(page.get_by_label("结婚证", exact=True)).not_to_be_checked()
    expect(page.get_by_role("heading", name="您要办这 1 件")).to_be_visible()
    expect(page.get_by_text("要到窗口一次：约好时间来", exact=False)).to_be_visible()
    shot(page, "lost-guidance")
    page.get_by_role("link", name="去填表").tap()
    she_signs_in_on_the_way(page, phone)
    page.locator("#area").select_option(label="龙溪街道")
    for label, text in typed.items():
        page.get_by_label(label).first.fill(text)
    for paper in page.locator("fieldset.paper").all():
        with page.expect_navigation():
            paper.locator("input[multiple]").set_input_files(picture("gray"))
    page.get_by_label("同意这", exact=False).check()
    page.get_by_role("button", name="提交，1 件一起办").tap()
    page.wait_for_url("**/case/**")
    return number_of(page)


def she_reads_what_is_due_and_chooses_a_time(page: Page) -> None:
    expect(page.get_by_text("要缴 40 元")).to_be_visible()
    expect(page.get_by_text("请约个时间", exact=False).first).to_be_visible()  # nothing is promised yet but from her visit on
    shot(page, "fee-due")
    page.get_by_role("link", name="约个时间到窗口").tap()
    expect(page.get_by_role("heading", name="约个时间到窗口")).to_be_visible()
    shot(page, "visit-times")
    page.get_by_role("button", name="就约这个时间").tap()
    expect(page.get_by_role("alert")).to_contain_text("请选一个时间")
    page.get_by_role("navigation", name="哪一天").get_by_role("link").nth(1).tap()
    page.wait_for_url("**day=**")
    shot(page, "visit-day")
    page.get_by_label("09:00").locator("..").tap()
    page.get_by_role("button", name="就约这个时间").tap()
    page.wait_for_url("**/case/*/")
    expect(page.get_by_text("09:00").first).to_be_visible()
    expect(page.get_by_text("您照约的时间来")).to_be_visible()
    shot(page, "visit-kept")


def she_takes_another_time(page: Page) -> None:
    page.get_by_role("link", name="改时间、取消").tap()
    expect(page.get_by_role("heading", name="现在约的")).to_be_visible()
    page.get_by_role("navigation", name="哪一天").get_by_role("link").nth(1).tap()
    page.wait_for_url("**day=**")
    page.get_by_label("10:30").locator("..").tap()
    shot(page, "visit-change")
    page.get_by_role("button", name="改到这个时间").tap()
    page.wait_for_url("**/case/*/")
    expect(page.get_by_text("10:30").first).to_be_visible()


def unpaid_it_is_not_granted(page: Page) -> None:
    open_item(page, LOST, CARD)
    page.get_by_role("button", name="签收").first.click()
    told(page, "已签收")
    expect(page.get_by_text("还没有缴费：40 元")).to_be_visible()
    expect(page.get_by_text("等申请人到窗口，来了才开始计时")).to_be_visible()
    shot(page, "desk-waits-for-her")
    page.locator("#v-decide > summary").click()
    page.locator("#v-decide .opt").first.click()
    page.locator("#d-result").fill("新证已制好")
    shot(page, "desk-fee-due")
    page.get_by_role("button", name="报负责人审核").click()
    expect(page.locator("[role=alert], .message").filter(has_text="缴").first).to_be_visible()
    shot(page, "desk-unpaid")


def she_goes_back_once_and_pays(page: Page, number: str) -> None:
    page.get_by_role("button", name="网上缴费").tap()
    expect(page.get_by_text("¥40.00")).to_be_visible()
    shot(page, "cashier")
    page.get_by_role("button", name="先不付").tap()
    page.wait_for_url(f"**/case/{number}/**")
    page.get_by_role("button", name="网上缴费").tap()
    page.get_by_role("button", name="确认支付").tap()
    page.wait_for_url(f"**/case/{number}/**")
    expect(page.get_by_text("缴了 40 元")).to_be_visible()
    page.get_by_role("link", name="看收据").tap()
    expect(page.get_by_text("肆拾元整")).to_be_visible()
    shot(page, "fee-receipt")


def the_officer_sees_who_comes(page: Page, number: str) -> None:
    page.goto("/desk/counter/")
    for _day in range(5):
        if page.get_by_text("10:30").count():
            break
        page.get_by_role("link", name="后一天").click()
    row = page.locator("ul.lines li").filter(has_text="10:30").first
    expect(row).to_contain_text(CARD)
    expect(row.get_by_role("link")).to_contain_text(number[:4])
    shot(page, "counter-day")


def it_is_ready_and_the_receipt_is_hers(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text("新证已制好，来窗口取")).to_be_visible()
    expect(page.get_by_text("10:30").first).to_be_visible()
    shot(page, "fee-done")


def the_counter_sets_less_and_takes_it(page: Page) -> None:
    open_item(page, LOST, CARD)
    page.get_by_role("button", name="签收").first.click()
    told(page, "已签收")
    page.locator("#v-set_fee > summary").click()
    page.get_by_label("要缴多少元").fill("二十")
    page.get_by_label("为什么是这个数").fill(GROUND)
    page.locator("#v-set_fee button").last.click()
    expect(page.locator("#v-set_fee")).to_contain_text("请写整数")
    page.get_by_label("要缴多少元").fill("20")
    page.locator("#v-set_fee button").last.click()
    expect(page.get_by_text("还没有缴费：20 元")).to_be_visible()
    page.locator("#v-take_fee > summary").click()
    page.get_by_label("窗口票据的号码").fill("0017")
    shot(page, "desk-take-fee")
    page.locator("#v-take_fee button").last.click()
    expect(page.get_by_text("缴了 20 元，收据")).to_be_visible()
