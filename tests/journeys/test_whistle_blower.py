"""A whistle-blower whose bureau never sees her: no page of its head, no search, no stand-in; others work it to its end."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.telling import Slip, choose, find, place, send, slip_of
from tests.journeys.working import choose_by_arrows

pytestmark = [pytest.mark.browser, pytest.mark.once]
TEXT = "局里的路灯采购款被经办的人拿回扣，合同是假的，请换一个单位来查。"
TITLE = "局里的路灯采购款被经办的人拿回扣"
BUREAU = "两江新区城市管理局"
HEAD_PAGES = (
    *("/desk/", "/desk/?box=hand", "/desk/?box=unit", "/desk/late/", "/desk/rates/", "/desk/history/?officer=all"),
    *("/desk/leave/", "/desk/duty/", "/desk/templates/", "/desk/me/"),
)


def blows_the_whistle(page: Page) -> Slip:
    """A report against the bureau, without a name."""
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(TEXT)
    choose(page, "举报")
    choose(page, "匿名")
    place(page, "两江新区", "人和街道")
    page.get_by_label("投诉、举报的是哪个单位").fill(BUREAU)
    send(page)
    return slip_of(page)


def on_no_page(page: Page, slip: Slip, matter: str) -> None:
    """Neither her words nor her number, nor the matter by its address, nor by merging something into it."""
    for path in HEAD_PAGES:
        page.goto(path)
        shown = page.locator("body").inner_text()
        assert TITLE not in shown and slip.number not in "".join(shown.split()), path
    assert page.goto(matter).status == 404  # type: ignore[union-attr]
    page.goto("/find/")
    page.get_by_role("textbox", name="查询号").fill(slip.number)
    page.get_by_role("textbox", name="查询码").fill("0123456789")
    page.get_by_role("button", name="查一查").click()
    expect(page.get_by_text("对不上")).to_be_visible()


def dispatch_to(page: Page, unit: str) -> str:
    """The desk names another bearer; the address of the matter."""
    page.goto("/desk/dispatch/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("#ct")).to_contain_text(TITLE)
    expect(page.get_by_text("不能派给它")).to_be_visible()
    matter = page.url.replace("/desk/dispatch/", "/desk/m/")
    offered = page.locator("#b-dispatch option").all_text_contents()
    assert unit in offered and BUREAU not in offered
    page.keyboard.press("d")
    choose_by_arrows(page, unit)
    page.locator("#v-dispatch button.btn").click()
    return matter[matter.index("/desk/") :]


def pass_down_to(page: Page, matter: str, unit: str) -> None:
    page.goto(matter)
    offered = page.locator("#b-pass_down option").all_text_contents()
    assert unit in offered and BUREAU not in offered, "the body complained about cannot be chosen further down either"
    page.locator("#v-pass_down > summary").click()
    page.locator("#b-pass_down").select_option(label=unit)
    page.locator("#v-pass_down button.btn").click()


def test_her_bureau_never_sees_her_and_she_is_answered(people: People) -> None:
    her = people.phone()
    slip = blows_the_whistle(her)
    matter = dispatch_to(people.officer("chen.dispatcher"), "两江新区社会治理中心")
    pass_down_to(people.officer("luo.dispatcher"), matter, "两江新区市场监督管理局")
    for theirs in ("zhao.head", "zhou.handler"):
        on_no_page(people.officer(theirs), slip, matter)

    worker = people.officer("feng.handler")
    worker.goto(matter)
    expect(worker.locator(".who").first).to_contain_text("匿名")
    worker.locator(".call form[action*='/sign/'] button").click()
    worker.locator("#answer").fill("我们调了采购合同和付款记录，问题属实，已经移送监察机关，冯科长。")
    worker.get_by_role("button", name="答复并报送").click()
    reviewer = people.officer("luo.dispatcher")
    reviewer.goto(matter)
    reviewer.locator("#v-approve summary").click()
    reviewer.locator("#v-approve button.btn").click()

    for theirs in ("zhao.head", "zhou.handler"):
        on_no_page(people.officer(theirs), slip, matter)
    again = people.phone()
    find(again, slip)
    expect(again.locator(".answer")).to_contain_text("已经移送监察机关")
    choose(again, "解决了", within="#verdict")
    again.locator("#verdict button").click()
    expect(again.get_by_role("heading", name="您说解决了")).to_be_visible()
