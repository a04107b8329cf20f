"""A mother of 82 tells her son a code, and he applies for her; another, without a phone, signs a paper at the counter."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.cases import number_of, picture, shot
from tests.journeys.people import People, code_for
from tests.journeys.working import told

pytestmark = [pytest.mark.browser, pytest.mark.once]
HIS_PHONE, HER_PHONE, THING = "13900000061", "13900000062", "老年人服务"
MOTHER = {"申请人姓名": "段素芳", "申请人身份证号": "500000194403080024", "现在住哪里": "观音桥街道建新北路 12 号 3 单元"}
BANK = {"开户银行": "江边银行", "收款账号": "6222020200112233445"}


def test_her_son_applies_for_her_until_she_takes_it_back(people: People) -> None:
    his = people.caller(HIS_PHONE, viewport={"width": 390, "height": 844})
    he_asks_for_her_consent(his)
    he_answers_for_her(his)
    number = he_sends_it(his)
    hers = people.caller(HER_PHONE, viewport={"width": 390, "height": 844})
    she_reads_who_did_it_and_takes_it_back(hers, number)
    he_reads_it_no_more(his, number)


def he_asks_for_her_consent(page: Page) -> None:
    page.goto("/me/")
    page.get_by_role("link", name="授权代办").click()
    page.get_by_text("我要替家人办").click()
    shot(page, "mandate-ask")
    page.get_by_label("家人的手机号").fill("1390000")
    page.get_by_role("button", name="给家人发同意码").click()
    expect(page.get_by_role("alert")).to_contain_text("11 位数字")
    page.get_by_label("家人的手机号").fill(HER_PHONE)
    page.get_by_role("button", name="给家人发同意码").click()
    expect(page.get_by_role("heading", name="请家人把同意码告诉您")).to_be_visible()
    shot(page, "mandate-code")
    page.get_by_label("同意码", exact=True).fill(code_for(page, HER_PHONE))
    page.get_by_role("button", name="开始替家人办").click()
    page.wait_for_url("**/me/mandates/*/")
    shot(page, "act-for")


def he_answers_for_her(page: Page) -> None:
    page.get_by_role("combobox", name="办哪一件").select_option(label=THING)
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_text("您在替139****0062办这件事")).to_be_visible()
    page.get_by_label("老人多大年纪").fill("82")
    for question, answer in (("吃饭", "自己能行"), ("低保", "不是"), ("扶手", "不想")):
        with page.expect_response("**/things/elderly/**"):
            page.locator("fieldset", has_text=question).get_by_label(answer, exact=True).check()
    expect(page.get_by_role("heading", name="您要办这 2 件")).to_be_visible()
    shot(page, "guidance-for-her")
    page.get_by_role("link", name="去填表").click()


def he_sends_it(page: Page) -> str:
    fill_in(page, MOTHER | BANK)
    expect(page.get_by_label("手机号").first).to_have_value(HER_PHONE)
    shot(page, "form-for-her")
    page.get_by_label("同意这", exact=False).check()
    page.get_by_role("button", name="提交，2 件一起办").click()
    page.wait_for_url("**/case/**")
    expect(page.get_by_text("您替139****0062办的")).to_be_visible()
    shot(page, "case-for-her")
    return number_of(page)


def fill_in(page: Page, typed: dict[str, str]) -> None:
    for label, text in typed.items():
        page.get_by_label(label).first.fill(text)
    page.locator("#area").select_option(label="解放碑街道")
    for paper in page.locator("fieldset.paper").all():
        with page.expect_navigation():
            paper.locator("input[multiple]").set_input_files(picture("teal"))


def she_reads_who_did_it_and_takes_it_back(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text("替您办的（本人报的同意码）")).to_be_visible()
    shot(page, "case-done-for-her")
    page.goto("/me/mandates/")
    shot(page, "mandates-hers")
    page.get_by_role("button", name="收回授权").click()
    expect(page.get_by_text("这份授权结束了")).to_be_visible()
    expect(page.get_by_text("已经结束")).to_be_visible()


def he_reads_it_no_more(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    page.wait_for_url("**/find/**")
    page.goto("/me/mandates/")
    expect(page.get_by_role("heading", name="我替别人办")).to_have_count(0)


def test_at_the_counter_a_signed_paper_does_it_and_she_goes_home_with_a_slip(people: People) -> None:
    page = people.officer("ren.clerk")
    page.goto("/desk/")
    page.get_by_role("link", name="窗口代办").click()
    shot(page, "window")
    form = page.locator("form", has=page.get_by_label("签了名的授权书"))
    form.get_by_role("button", name="开始代填").click()
    expect(page.get_by_role("alert")).to_contain_text("请选要办的事")
    form.get_by_label("办什么").select_option(label=THING)
    form.get_by_label("本人姓名").fill("谭阿婆")
    form.get_by_label("签了名的授权书").set_input_files(picture("white"))
    form.get_by_role("button", name="开始代填").click()
    expect(page.get_by_text("您在替谭阿婆办这件事")).to_be_visible()
    page.get_by_label("老人多大年纪").fill("75")
    for question, answer in (("吃饭", "自己能行"), ("低保", "不是"), ("扶手", "不想")):
        with page.expect_response("**/things/elderly/**"):
            page.locator("fieldset", has_text=question).get_by_label(answer, exact=True).check()
    page.get_by_role("link", name="去填表").click()
    expect(page.get_by_label("申请人姓名").first).to_have_value("谭阿婆")
    fill_in(page, {"申请人身份证号": "500000195103080024", "手机号": "13900000063"})
    shot(page, "window-form")
    page.get_by_label("同意这", exact=False).check()
    page.get_by_role("button", name="提交，1 件一起办").click()
    expect(page.get_by_role("heading", name="谭阿婆的查询单")).to_be_visible()
    told(page, "收到了")
    shot(page, "slip")
    number, secret = page.locator("dd.code").all_inner_texts()
    home = people.phone()
    home.goto("/find/")
    home.get_by_role("textbox", name="查询号").fill(number)
    home.get_by_role("textbox", name="查询码").fill(secret)
    home.get_by_role("button", name="查一查").click()
    expect(home.get_by_role("heading", name=THING, level=1)).to_be_visible()
    expect(home.get_by_text("窗口替您办的（本人签的授权书）")).to_be_visible()
