"""Out of work: an item goes down to her street, is longer, waits by law and goes on; another is sent back and adjudicated."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from huying.base import clock
from tests.journeys.cases import (
    number_of,
    open_item,
    picture,
    she_signs_in_on_the_way,
    shot,
    the_department_grants,
)
from tests.journeys.people import People
from tests.journeys.working import does, told

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE, JOBLESS, REGISTRATION, INSURANCE = "13900000068", "失业", "失业登记", "灵活就业人员参保登记"
ANSWERS = (("满一年了吗", "没满或没交过"), ("为什么离开", "自己辞职"), ("这些情况", "没有"), ("技能证书", "没有"))
TYPED = {
    "申请人姓名": "蓝小荷",
    "申请人身份证号": "500000199206030045",
    "手机号": PHONE,
    "开户银行": "江边银行",
    "收款账号": "6222020200112233445",
}
LONGER = "前单位的解除证明还在补盖章，依据就业服务与就业管理规定第六十三条延一次。"
WAITS = "请前单位所在地社保机构核对参保记录，回函前依法不算时间。"
NOT_OURS = "她的户籍在外区，参保登记应由户籍地经办。"
RULING = "常住地也能参保，依据就业所在地原则，仍由你们办。"


def test_everything_that_can_befall_a_branch_is_read_by_her(people: People) -> None:
    her = people.phone()
    number = she_applies(her)
    head, street, chief = people.officer("bao.head"), people.officer("cen.handler"), people.officer("an.head")
    it_goes_down_to_her_street(head)
    it_takes_longer(street, chief)
    it_waits_by_law(chief)
    she_reads_what_it_waits_for(her, number)
    it_goes_on(street)
    the_department_grants(people, JOBLESS, ("cen.handler", "an.head"), REGISTRATION, "已登记，凭身份证可查")
    the_next_is_sent_back(people.officer("liao.handler"))
    it_is_adjudicated(people.officer("chen.dispatcher"))
    the_department_grants(people, JOBLESS, ("liao.handler", "bao.head"), INSURANCE, "参保登记好了")
    she_reads_all_of_it(her, number)


def she_applies(page: Page) -> str:
    page.goto("/things/jobless/")
    for question, answer in ANSWERS:
        with page.expect_response("**/things/jobless/**"):
            page.locator("fieldset", has_text=question).get_by_label(answer, exact=True).check()
    expect(page.get_by_role("heading", name="您要办这 2 件")).to_be_visible()
    page.get_by_role("link", name="去填表").tap()
    she_signs_in_on_the_way(page, PHONE)
    page.locator("#area").select_option(label="磁器口街道")
    for label, text in TYPED.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_label("哪天离开单位").first.fill("2026-11-02")
    page.locator("[name=work_end_reason]").first.locator("..").tap()
    for paper in page.locator("fieldset.paper").all():
        with page.expect_navigation():
            paper.locator("input[multiple]").set_input_files(picture("purple"))
    page.get_by_label("同意这", exact=False).check()
    page.get_by_role("button", name="提交，2 件一起办").tap()
    page.wait_for_url("**/case/**")
    return number_of(page)


def it_goes_down_to_her_street(page: Page) -> None:
    open_item(page, JOBLESS, REGISTRATION)
    page.locator("#v-pass_down_branch > summary").click()
    page.locator("#v-pass_down_branch").get_by_label("交给谁").select_option(label="磁器口街道办事处")
    shot(page, "branch-pass-down")
    page.locator("#v-pass_down_branch button").last.click()
    told(page, "已交给下级")


def it_takes_longer(page: Page, chief: Page) -> None:
    open_item(page, JOBLESS, REGISTRATION)
    page.get_by_role("button", name="签收").first.click()
    told(page, "已签收")
    does(page, "ask_branch_extension", {"再要几个工作日": "3", "为什么按期办不完": LONGER}, "申请延期")
    told(page, "已申请延期")
    open_item(chief, JOBLESS, REGISTRATION)
    chief.locator("#v-decide_branch_extension > summary").click()
    shot(chief, "branch-extension")
    chief.locator("#v-decide_branch_extension").get_by_label("同意", exact=True).check()
    chief.locator("#v-decide_branch_extension").get_by_label("理由（同意的").fill("同意，只延这一次。")
    chief.locator("#v-decide_branch_extension button").last.click()
    told(chief, "已批复")


def it_waits_by_law(page: Page) -> None:
    open_item(page, JOBLESS, REGISTRATION)
    page.locator("#v-pause_branch > summary").click()
    page.locator("#v-pause_branch").get_by_label("在等什么").select_option(index=1)
    page.locator("#v-pause_branch button").last.click()
    expect(page.locator("#v-pause_branch .fault").first).to_be_visible()
    page.locator("#v-pause_branch").get_by_label("等的是哪一家").fill(WAITS)
    page.locator("#v-pause_branch").get_by_label("预计哪天接着办").fill((clock.today() + timedelta(days=6)).isoformat())
    shot(page, "branch-pause")
    page.locator("#v-pause_branch button").last.click()
    told(page, "已停表")


def she_reads_what_it_waits_for(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text(WAITS).first).to_be_visible()
    expect(page.get_by_text("磁器口街道").first).to_be_visible()
    shot(page, "branch-paused")


def it_goes_on(page: Page) -> None:
    open_item(page, JOBLESS, REGISTRATION)
    does(page, "resume_branch", {"等到了什么": "回函到了，参保记录对得上。"}, "恢复计时")
    told(page, "已恢复计时")


def the_next_is_sent_back(page: Page) -> None:
    open_item(page, JOBLESS, INSURANCE)
    page.locator("#v-send_back_branch > summary").click()
    shot(page, "branch-send-back")
    page.locator("#v-send_back_branch").get_by_label("依据哪一条、应归谁管").fill(NOT_OURS)
    page.locator("#v-send_back_branch button").last.click()
    told(page, "已退回")


def it_is_adjudicated(page: Page) -> None:
    page.goto("/desk/")
    page.locator("a[href*='/desk/m/']").filter(has_text=JOBLESS).first.click()
    page.wait_for_url("**/desk/m/**")
    page.locator("#v-adjudicate_branch > summary").click()
    expect(page.locator("#v-adjudicate_branch")).to_contain_text(NOT_OURS)
    shot(page, "branch-adjudicate")
    page.locator("#v-adjudicate_branch").get_by_label("归谁办").select_option(index=1)
    page.locator("#v-adjudicate_branch").get_by_label("裁定的理由").fill(RULING)
    page.locator("#v-adjudicate_branch button").last.click()
    told(page, "已裁定")


def she_reads_all_of_it(page: Page, number: str) -> None:
    page.goto(f"/case/{number}/")
    expect(page.get_by_text("参保登记好了").first).to_be_visible()
    shot(page, "branch-all")
    page.get_by_text("每一步").first.tap()
    for words in ("磁器口街道", "延期", WAITS, "恢复", f"{INSURANCE}：", "裁定"):
        expect(page.locator(".course")).to_contain_text(words)
    shot(page, "branch-hops")
