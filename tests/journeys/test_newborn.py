"""A child is born: a few questions on a phone, one form, three departments at once; one asks, all results arrive one by one."""

import os
from pathlib import Path

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
from tests.journeys.people import People, prove_if_asked
from tests.journeys.working import told

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = "13900000077"
ANSWERS = ("重庆的医院", "跟妈妈", "领了", "都没交过")
MOTHER, FATHER = "500000199203080024", "500000199005060013"
TYPED = {
    "申请人身份证号": MOTHER,
    "孩子姓名": "李安安",
    "孩子的出生日期": "2026-11-20",
    "出生的医院或者地点": "观音桥妇产医院",
    "妈妈姓名": "李梅",
    "妈妈的身份证号": MOTHER,
    "爸爸姓名": "周平",
    "爸爸的身份证号": FATHER,
    "民族": "汉族",
    "户口在（落在）哪里": "两江新区观音桥街道建新北路 8 号",
    "开户银行": "江边银行",
    "收款账号": "6222020200112233445",
}
BIRTH = "新生儿出生"


def test_a_newborn_gets_all_papers_with_one_form(people: People) -> None:
    her = people.phone()
    she_answers_a_few_questions(her)
    she_fills_in_one_form(her)
    number = she_sends_it_twice_and_it_is_one_case(her)
    the_department_grants(people, BIRTH, ("yan.handler", "hua.head"), "出生医学证明", "编号 Y500112026")
    the_police_look_at_their_share_alone(people.officer("shan.handler"))
    the_department_grants(people, BIRTH, ("shan.handler", "gu.head"), "出生", "户口簿已加页")
    three_departments_work_at_once(her, number)
    one_asks_for_a_supplement(people.officer("lin.handler"))
    she_supplies_it(her, number)
    the_department_grants(people, BIRTH, ("lin.handler", "kang.head"), "医保", "参保凭证已生成")
    the_department_grants(people, BIRTH, ("xu.handler", "qin.head"), "社会保障卡", "社保卡已寄出")
    the_department_grants(people, BIRTH, ("yan.handler", "hua.head"), "接种", "接种证已建档")
    the_department_grants(people, BIRTH, ("yan.handler", "hua.head"), "育儿补贴", "每年发到账户")
    all_results_have_arrived(her, number)
    the_result_opens_and_its_paper_comes(her)
    whoever_scans_it_reads_that_it_is_genuine(her, people.phone())
    she_rates_an_item_poorly_and_sees_the_promise(her, number)
    the_department_speaks_with_her_and_answers(people)
    she_reads_the_answer_and_rates_the_whole(her, number)


def she_answers_a_few_questions(page: Page) -> None:
    page.goto("/things/newborn/")
    for answer in ANSWERS:
        with page.expect_response("**/things/newborn/**"):
            page.get_by_label(answer, exact=True).check()
    expect(page.get_by_role("heading", name="您要办这 7 件")).to_be_visible()
    expect(page.get_by_text("因为您答了").first).to_be_visible()
    page.get_by_role("button", name="这件先不办").first.tap()
    expect(page.get_by_role("heading", name="您要办这 6 件")).to_be_visible()
    shot(page, "guidance")
    page.get_by_role("link", name="去填表").tap()


def she_fills_in_one_form(page: Page) -> None:
    she_signs_in_on_the_way(page, PHONE)
    shot(page, "form-empty")
    page.get_by_role("button", name="同意，替我填").tap()
    expect(page.get_by_text("来自您的登录信息").first).to_be_visible()
    page.get_by_role("button", name="提交，6 件一起办").tap()
    expect(page.get_by_role("alert")).to_contain_text("还差一点")
    shot(page, "form-faults")
    for label, text in TYPED.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_label("申请人姓名").first.fill("李梅")
    page.get_by_label("女", exact=True).check()
    page.locator("#area").select_option(label="观音桥街道")
    for colour in ("tan", "olive"):
        with page.expect_navigation():
            page.locator("#paper-name-agreement input[multiple]").set_input_files(picture(colour))
    expect(page.locator("#paper-name-agreement .got li")).to_have_count(2)
    with page.expect_navigation():
        page.locator("#paper-bank-card input[multiple]").set_input_files(picture("teal"))
    expect(page.get_by_label("孩子姓名").first).to_have_value("李安安")
    shot(page, "form-full")


def she_sends_it_twice_and_it_is_one_case(page: Page) -> str:
    page.get_by_label("同意这", exact=False).check()
    page.get_by_role("button", name="提交，6 件一起办").tap()
    page.wait_for_url("**/case/**")
    number = number_of(page)
    expect(page.get_by_role("heading", name=BIRTH, level=1)).to_be_visible()
    expect(page.locator(".got li").filter(has_text="teal.jpg")).to_contain_text("本人银行卡")
    shot(page, "case-begun")
    page.goto("/mine/")
    expect(page.get_by_role("link", name=BIRTH)).to_have_count(1)
    return number


def the_police_look_at_their_share_alone(page: Page) -> None:
    open_item(page, BIRTH, "出生")
    expect(page.get_by_text("没有打开").first).to_be_visible()
    expect(page.get_by_text("收到申请")).to_be_visible()
    expect(page.get_by_text("江边银行")).to_have_count(0)
    page.get_by_role("button", name="签收").first.click()
    page.get_by_role("button", name="打开个人信息").click()
    prove_if_asked(page)
    if not page.get_by_text("个人信息打开到").count():
        open_item(page, BIRTH, "出生")
        page.get_by_role("button", name="打开个人信息").click()
    expect(page.get_by_text("李安安")).to_be_visible()
    page.get_by_role("button", name="查已有的材料").click()
    expect(page.get_by_text("户号 060015")).to_be_visible()
    shot(page, "desk-share")


def three_departments_work_at_once(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    for unit in ("人力社保", "医保", "卫生健康"):
        expect(page.locator(".lanes li").filter(has_text=unit).first).to_be_visible()
    expect(page.get_by_text("户口簿已加页")).to_be_visible()
    shot(page, "case-parallel")


def one_asks_for_a_supplement(page: Page) -> None:
    open_item(page, BIRTH, "医保")
    page.get_by_role("button", name="签收").first.click()
    page.locator("#v-supplement > summary").click()
    page.locator("#n-supplement").fill("请补一张孩子的一寸白底照片。")
    page.locator("#v-supplement").get_by_role("button", name="请申请人补充").click()
    told(page, "已请对方补充")


def she_supplies_it(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text("请补一张孩子的一寸白底照片。")).to_be_visible()
    shot(page, "case-asked")
    page.locator(".ask-it input[multiple]").set_input_files(picture("white"))
    page.get_by_role("button", name="补好了，接着办").tap()
    expect(page.locator(".ask-it")).to_have_count(0)


def all_results_have_arrived(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text("全部有结果了")).to_be_visible()
    expect(page.locator(".lanes li.done")).to_have_count(6)
    shot(page, "case-done")


def the_result_opens_and_its_paper_comes(page: Page) -> None:
    page.locator(".lanes li").filter(has_text="编号 Y500112026").get_by_role("link", name="看证照").tap()
    expect(page.get_by_role("heading", name="出生医学证明", level=1)).to_be_visible()
    expect(page.get_by_text("李安安")).to_be_visible()  # it is the child's
    shot(page, "document")
    with page.expect_download() as caught:
        page.get_by_role("link", name="下载 PDF").tap()
    paper = Path(caught.value.path()).read_bytes()
    assert paper.startswith(b"%PDF")
    if folder := os.environ.get("HUYING_SHOTS"):
        (Path(folder) / "document.pdf").write_bytes(paper)
    page.goto("/me/documents/")
    expect(page.locator(".list li")).to_have_count(6)
    shot(page, "documents")


def whoever_scans_it_reads_that_it_is_genuine(page: Page, stranger: Page) -> None:
    page.get_by_role("link", name="出生医学证明").tap()
    stranger.goto(page.get_by_role("link", name="打开核对页").get_attribute("href") or "")
    expect(stranger.get_by_role("heading", name="这份证照是真的")).to_be_visible()
    expect(stranger.get_by_text("李**")).to_be_visible()
    expect(stranger.get_by_text("李安安")).to_have_count(0)
    shot(stranger, "document-check")
    stranger.get_by_label("纸上写的持有人").fill("李红")
    stranger.get_by_label("纸上写的内容").fill("编号 Y500112026")
    stranger.get_by_role("button", name="对一对").tap()
    expect(stranger.get_by_text("持有人对不上")).to_be_visible()
    expect(stranger.get_by_text("内容对得上")).to_be_visible()
    shot(stranger, "document-compared")
    stranger.goto("/document/482190375516/00000000000000000000000000000000/")
    expect(stranger.get_by_role("heading", name="没有查到这份证照")).to_be_visible()
    shot(stranger, "document-unknown")


def she_rates_an_item_poorly_and_sees_the_promise(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    lane = page.locator(".lanes li").filter(has_text="医保").first
    lane.locator("summary").filter(has_text="评一评").tap()
    lane.locator(".five .opt").last.tap()
    shot(page, "case-grading")
    lane.get_by_role("button", name="提交评价").tap()
    expect(page.get_by_text("请勾一勾哪里不好")).to_be_visible()
    lane.get_by_label("没有按承诺的时间办好").check()
    lane.get_by_label("想说的话").fill("补了一次材料，等了好几天")
    lane.get_by_role("button", name="提交评价").tap()
    expect(page.get_by_text("会先联系您")).to_be_visible()
    shot(page, "case-graded")


def the_department_speaks_with_her_and_answers(people: People) -> None:
    page = people.officer("kang.head")
    page.goto("/desk/rates/")
    page.get_by_role("link", name="办事的好差评").click()
    expect(page.get_by_text("补了一次材料，等了好几天")).to_be_visible()
    shot(page, "desk-grades")
    row = page.locator("[id^=rating-]").filter(has_text="补了一次材料，等了好几天")
    row.get_by_role("button", name="联系过了").click()
    told(page, "已记下联系过她")
    row.locator("summary").filter(has_text="答复").click()
    row.get_by_label("查到了什么").fill("照片的要求没有在申请页写清楚。")
    row.get_by_label("怎么改").fill("已在申请页写明一寸白底照片。")
    row.get_by_role("button", name="答复申请人").click()
    told(page, "已答复")
    shot(page, "desk-graded")


def she_reads_the_answer_and_rates_the_whole(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text("照片的要求没有在申请页写清楚。")).to_be_visible()
    whole = page.locator(".graded-whole")
    whole.locator(".five .opt").first.tap()
    whole.get_by_role("button", name="提交评价").tap()
    expect(whole.get_by_text("您的评价：")).to_contain_text("非常满意")
    shot(page, "case-answered")
