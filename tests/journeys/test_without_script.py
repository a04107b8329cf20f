"""Everything works without script: she tells it without a name, the officers work it, she finds it and says her word."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.telling import Slip, choose, find, send, slip_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
TEXT = "小区外面的行道树枝丫断了半边，挂在人行道上头，走路的人都绕到车道上去。"
TITLE = "小区外面的行道树枝丫断了半边"
ANSWER = "断枝今天下午锯掉运走了，旁边两棵也查过，没有别的断枝。"
CENTRE, BUREAU = "沙坪坝区社会治理中心", "沙坪坝区城市管理局"


def test_an_anonymous_appeal_is_told_found_answered_and_reopened_without_any_script(people: People) -> None:
    slip = she_tells_it(people.phone(java_script_enabled=False))
    the_dispatcher_chooses_the_centre(people.officer("chen.dispatcher", java_script_enabled=False))
    the_centre_passes_it_down(people.officer("fan.dispatcher", java_script_enabled=False))
    the_bureau_answers(people.officer("lang.handler", java_script_enabled=False))
    the_centre_approves(people.officer("fan.dispatcher", java_script_enabled=False))
    she_says_it_is_not_solved(people.phone(java_script_enabled=False), slip)
    expect(open_matter(people.officer("fan.dispatcher"), "unit")).to_contain_text("第 1 次重办")


def she_tells_it(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(TEXT)
    choose(page, "求助")
    page.get_by_label("在哪里").select_option("500106004")
    choose(page, "匿名")
    send(page)
    slip = slip_of(page)
    expect(page.locator(".slip")).to_contain_text("您选了匿名，只能凭这两样看答复")
    return slip


def open_matter(page: Page, box: str = "mine") -> Page:
    page.goto(f"/desk/?box={box}")
    # the most urgent one stands twice: above the boxes and in its own
    page.locator("[data-row]").filter(has_text=TITLE).first.click()
    expect(page.locator("#ct")).to_have_text(TITLE)
    return page.locator(".call")


def the_dispatcher_chooses_the_centre(page: Page) -> None:
    page.goto("/desk/dispatch/")
    page.locator("[data-row]").filter(has_text=TITLE).click()
    page.locator("summary").filter(has_text="自己选单位").click()
    page.get_by_label("交给谁").select_option(CENTRE)
    page.get_by_role("button", name="派单").click()
    expect(page.get_by_role("status")).to_contain_text("已派出")


def the_centre_passes_it_down(page: Page) -> None:
    open_matter(page)
    page.locator("summary").filter(has_text="交办").click()
    page.get_by_label("交给谁").select_option(BUREAU)
    page.get_by_role("button", name="交办").click()
    expect(page.get_by_role("status")).to_contain_text("已交办")


def the_bureau_answers(page: Page) -> None:
    open_matter(page)
    page.locator(".verbs").get_by_role("button", name="签收").click()
    page.locator("summary").filter(has_text="先行联系").click()
    choose(page, "留言", "#v-contact")
    page.get_by_label("说好了什么").fill("没有留电话，先去现场看。")
    page.get_by_role("button", name="记下").click()
    page.get_by_role("textbox", name="答复").fill(ANSWER)
    page.get_by_role("button", name="答复并报送").click()
    expect(page.get_by_role("status")).to_contain_text("已报送")


def the_centre_approves(page: Page) -> None:
    open_matter(page)
    page.locator("summary").filter(has_text="审核通过").click()
    page.get_by_role("button", name="通过，送达来电人").click()
    expect(page.get_by_role("status")).to_contain_text("已通过")


def she_says_it_is_not_solved(page: Page, slip: Slip) -> None:
    find(page, slip)
    expect(page.locator(".answer")).to_have_text(ANSWER)
    choose(page, "没解决", "#verdict")
    page.get_by_label("想补充的话").fill("另一头还挂着一枝。")
    page.locator("#verdict").get_by_role("button", name="提交").tap()
    expect(page.get_by_role("heading", name="您说没解决，已经重新办理")).to_be_visible()
    expect(page.locator(".intro .tag")).to_have_text("正在重新办理")
    expect(page.locator("ol.hops")).to_contain_text("您说没解决")
    expect(page.locator("ol.hops")).to_contain_text("第 1 次重新办理")
    expect(page.locator(".clock .big")).to_contain_text("剩")


def test_a_wrong_secret_is_refused_without_saying_whether_the_number_exists(people: People) -> None:
    page = people.phone(java_script_enabled=False)
    page.goto("/find/")
    page.get_by_role("textbox", name="查询号").fill("111122223333")
    page.get_by_role("textbox", name="查询码").fill("abcdefghij")
    page.get_by_role("button", name="查一查").tap()
    expect(page.get_by_role("alert")).to_contain_text("没有查到")
    expect(page.get_by_role("textbox", name="查询号")).to_have_value("111122223333")
