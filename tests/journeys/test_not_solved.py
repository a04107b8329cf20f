"""Not solved: the head takes it, it runs late and is raised, a poor grade is looked into; in the end it is solved, or a panel
of others ends it with its reasons and the ways on."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.asking_again import open_at_desk, open_mine, says, send, unfold, worked_again
from tests.journeys.city import City
from tests.journeys.people import People
from tests.journeys.telling import told_in_order

pytestmark = [pytest.mark.browser, pytest.mark.once]
LAMP, LAMP_PHONE = "路灯三天不亮了", "13800000001"
COVER, COVER_PHONE = "井盖破损", "13800000002"
REASONS = "换灯头、换断线、查配电箱各一次，夜里逐盏看过都亮；来电人另要求加装新灯杆，不在规划里，已转规划部门研究。"


@pytest.fixture
def people(another_demo: City, browser: Browser) -> People:
    """In a demo of this journey's own: its clock is moved."""
    return People(browser, another_demo)


def test_not_solved_reopened_with_the_head_raised_looked_into_and_solved(people: People) -> None:
    her = people.caller(COVER_PHONE)
    open_mine(her, COVER)
    says(her, "没解决", "不满意", "盖子是换了，车一压还是哐哐响。")
    expect(her.get_by_role("heading", name="您说没解决，已经重新办理")).to_be_visible()
    told_in_order(her, ("您说没解决", "第 1 次重新办理", "由两江新区城市管理局负责人重办"))
    expect(her.get_by_role("main")).to_contain_text("12345 会请没有经手的人回查")
    the_head_lets_it_lie(her)
    worked_again(people, COVER, "负责人带队到现场，座圈垫了胶圈，货车连过三趟没有响声。")
    open_mine(her, COVER)
    says(her, "没解决", "非常\u200b不满意", "今天早上又响了。")
    told_in_order(her, ("第 1 次重新办理", "第 2 次重新办理", "由两江新区城市管理局负责人重办"))
    the_desk_looks_into_it(people.officer("he.callback"))
    worked_again(people, COVER, "整个座圈拆掉重浇，养护两天后试压，没有响声，负责人住在附近看了一夜。")
    the_desk_calls_back_and_writes_down_what_she_says(people.officer("he.callback"))
    open_mine(her, COVER)
    told_in_order(her, ("回查了您不满意的地方", "班组只垫了胶圈", "打电话回访，记下：您说解决了"))
    expect(her.get_by_role("heading", name="您在电话里说解决了")).to_be_visible()
    her.get_by_text("记得不对？您自己说").click()
    says(her, "解决了", "满意", "这回真的不响了。")
    expect(her.get_by_role("heading", name="您说解决了")).to_be_visible()
    people.leave()
    assert people.complaints == []


def the_head_lets_it_lie(page: Page) -> None:
    """Nobody signs for days: she sees each step that happens by itself."""
    hops = page.locator("ol.hops")
    for _ in range(8):
        page.get_by_role("button", name="到下一个工作日").click()
        page.wait_for_timeout(3000)  # the worker comes by every other second
        page.reload()
        if "提到上一级" in hops.inner_text():
            break
    told_in_order(page, ("没有按时签收，超期了", "系统催办", "督办", "提到上一级"))


def the_desk_looks_into_it(page: Page) -> None:
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="要回查")).to_be_visible()
    open_at_desk(page, COVER, "answered")
    unfold(page, "check")
    page.get_by_label("查到了什么").fill("班组只垫了胶圈，没有查座圈。")
    page.get_by_label("接下来怎么做").fill("由负责人带队重浇座圈，三天内完工。")
    send(page, "记下，告诉来电人")
    page.context.close()


def the_desk_calls_back_and_writes_down_what_she_says(page: Page) -> None:
    open_at_desk(page, COVER, "answered")
    unfold(page, "call_back")
    page.locator("#v-call_back label.opt").filter(has_text="解决了").first.click()
    page.get_by_label("她的原话").fill("不响了，晚上睡得着了。")
    send(page, "记下")
    page.context.close()


def test_after_two_reopenings_a_panel_of_others_ends_it_with_reasons_and_ways_on(people: People) -> None:
    her = people.caller(LAMP_PHONE)
    open_mine(her, LAMP)
    says(her, "没解决", "基本满意", "西门口还是暗。")
    worked_again(people, LAMP, "负责人到现场，又换了一个灯头，西门口量过亮度合格。")
    open_mine(her, LAMP)
    says(her, "没解决", "基本满意", "我要的是加一根灯杆。")
    the_desk_proposes_to_end_it(people.officer("liu.head"))
    she_is_told_and_says_her_word(her)
    a_department_agrees(people.officer("ni.head"), "与道路照明规划核过，现有灯距合格，同意。")
    expect(her.locator(".intro .tag")).to_have_text("正在重新办理")
    a_department_agrees(people.officer("yin.head"), "材料齐全，她的要求已另行转办，同意。")
    her.reload()
    expect(her.locator(".intro .tag")).to_have_text("已终结")
    section = her.locator("#conclusion")
    expect(section).to_contain_text("评议同意，这件终结了")
    expect(section).to_contain_text("您还可以走的路")
    expect(section).to_contain_text("《行政复议法》第二十条")
    expect(section).to_contain_text("她的要求已另行转办，同意。")
    expect(her.locator("#verdict")).to_have_count(0)
    people.leave()
    assert people.complaints == []


def the_desk_proposes_to_end_it(page: Page) -> None:
    open_at_desk(page, LAMP, "city")
    unfold(page, "propose_conclusion")
    page.get_by_label("为什么不能再办").fill(REASONS)
    for way in ("行政复议", "信访复查"):
        page.locator("#v-propose_conclusion label.opt").filter(has_text=way).click()
    page.get_by_label("评议单位 1").select_option("重庆市交通运输委员会")
    page.get_by_label("评议单位 2").select_option("重庆市医疗保障局")
    send(page, "提议终结")
    expect(page.locator(".panel")).to_contain_text("正在评议终结")
    page.context.close()


def she_is_told_and_says_her_word(page: Page) -> None:
    page.reload()
    section = page.locator("#conclusion")
    expect(section).to_contain_text("有人提议终结这件事")
    expect(section).to_contain_text(REASONS)
    page.get_by_label("您怎么看？").fill("我只是想西门口再亮一点，怕老人摔。")
    with page.expect_navigation():
        section.get_by_role("button", name="发送").click()
    expect(section).to_contain_text("我只是想西门口再亮一点")


def a_department_agrees(page: Page, words: str) -> None:
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="请您评议")).to_be_visible()
    page.locator("[data-row]").filter(has_text=LAMP).first.click()
    expect(page.locator(".panel")).to_contain_text("我只是想西门口再亮一点")
    unfold(page, "decide_conclusion")
    page.locator("#v-decide_conclusion label.opt").filter(has_text="同意终结").click()
    page.get_by_label("理由（来电人看得到）").fill(words)
    send(page, "记下")
    expect(page.get_by_role("heading", name="请您评议")).to_have_count(0)
    page.context.close()
