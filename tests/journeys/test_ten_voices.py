"""Ten voices of one burst pipe: told, joined, merged, made known, joined by one tap; one splits off, the others are told."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from huying.base import clock
from tests.journeys.people import People
from tests.journeys.telling import Slip, choose, find, place, send, slip_of
from tests.journeys.working import open_row, press, told, write

pytestmark = [pytest.mark.browser, pytest.mark.once]
DISTRICT, STREET = "两江新区", "天宫殿街道"
BURST = "巷子口的自来水管爆了，水一直往外冒，路都淹了，麻烦快点来修。"
BURST_TITLE = "巷子口的自来水管爆了"
ALIKE = "巷子口自来水管爆了，水冒得到处都是，快来修。"
ANOTHER_LEAK = "自来水管爆了，我们三楼的水表那里一直往外冒水，水都流进屋了。"
BROKEN, BROKEN_TITLE = "自来水管破了，水从地下冒出来，流了一早上没人管。", "自来水管破了"
WET, WET_TITLE = "门口一直在冒水，人行道都是水，走路打滑。", "门口一直在冒水"
KNOWN, CAUSE = "天宫殿一带停水", "巷口一根供水管爆裂，正在关阀抢修。"
NEWS = "管子已经换好一半，今晚能通水。"
DONE = "爆裂的水管换好了，晚上八点起全部恢复供水，先放一会儿黄水再用。"
ME_TOO, ITS_OWN = "我也遇到", "不是这件，继续提交"


def test_ten_voices_of_one_burst_pipe_are_heard_as_one_and_answered_each(people: People) -> None:
    first = she_is_the_first(people.phone())
    second, third = somebody_joins(people.phone(), ALIKE), somebody_joins(people.phone(), ANOTHER_LEAK)
    fourth, fifth = somebody_goes_on(people.phone(), BROKEN), somebody_goes_on(people.phone(), WET)
    the_desk_merges_what_is_likely_the_same(people.officer("chen.dispatcher"))
    the_desk_makes_it_known(people.officer("chen.dispatcher"))
    the_desk_merges_into_what_is_known(people.officer("chen.dispatcher"))
    sixth = one_tap_in_the_form(people.caller("13800000035"))
    seventh = one_tap_from_the_portal(people.caller("13800000036"))
    eighth = without_a_name_on_one_page(people.phone())
    ninth = with_the_number_typed_in_the_form(people.phone())
    tenth = without_any_script(people.phone(java_script_enabled=False))
    the_centre_passes_it_down(people.officer("luo.dispatcher"))
    the_head_tells_the_news(people.officer("zhao.head"))
    they_read_the_news(people.phone(), first, eighth)
    she_splits_off_for_hers_is_another_leak(people.phone(), third)
    the_head_ends_it(people.officer("zhao.head"))
    for slip in (first, second, fourth, fifth, sixth, seventh, eighth, ninth, tenth):
        she_is_told_and_has_the_last_word(people.phone(), slip)
    the_split_one_goes_on(people.phone(), third)
    it_is_known_no_longer(people.phone())
    she_says_it_is_solved(people.phone(), first)


def tell(page: Page, text: str) -> None:
    page.goto("/appeal/")
    place(page, DISTRICT, STREET)
    page.get_by_label("发生了什么").fill(text)
    choose(page, "求助")
    choose(page, "匿名")


def she_is_the_first(page: Page) -> Slip:
    tell(page, BURST)
    send(page)
    return slip_of(page)


def somebody_joins(page: Page, text: str) -> Slip:
    tell(page, text)
    page.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("是不是这件事？")
    page.get_by_role("button", name=ME_TOO).first.tap()
    return slip_of(page)


def somebody_goes_on(page: Page, text: str) -> Slip:
    tell(page, text)
    send(page)
    return slip_of(page)


def open_in_the_city(page: Page, title: str) -> None:
    page.goto("/desk/?box=city")
    while not page.locator("[data-row]").filter(has_text=title).count():  # the city has more open than one page holds
        page.get_by_role("link", name="后面的").click()
        page.wait_for_load_state()
    open_row(page, title)


def the_desk_merges_what_is_likely_the_same(page: Page) -> None:
    open_in_the_city(page, BROKEN_TITLE)
    near = page.locator(".near li").filter(has_text=BURST_TITLE)
    expect(near).to_contain_text("3 个人")
    near.get_by_role("button", name="并到这件").click()
    told(page, "已并案")


def in_hours(hours: int) -> str:
    return f"{clock.local_now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def the_desk_makes_it_known(page: Page) -> None:
    open_in_the_city(page, BURST_TITLE)
    page.keyboard.press("4")
    write(page, "一句话：什么事，在哪一带", KNOWN)
    page.get_by_label("为什么").fill(CAUSE)
    form = page.locator("#v-declare_incident")
    expect(form.locator("select option:checked")).to_have_text(STREET)
    form.get_by_label("什么时候再说消息").fill(in_hours(2))
    form.get_by_label("预计什么时候恢复").fill(in_hours(6))
    press(page, "Control+Enter")
    told(page, "已公布")
    expect(page.locator(".known-now")).to_contain_text(KNOWN)


def the_desk_merges_into_what_is_known(page: Page) -> None:
    page.goto("/desk/dispatch/")
    open_row(page, WET_TITLE)
    known = page.locator(".near").filter(has_text="这一带的已知事件")
    with page.expect_navigation():
        known.get_by_role("button", name="并到这件").click()
    told(page, "已并案")


def one_tap_in_the_form(page: Page) -> Slip:
    page.goto("/appeal/")
    place(page, DISTRICT, STREET)
    known = page.locator("#known").get_by_role("listitem").filter(has_text=KNOWN)
    expect(known).to_contain_text(CAUSE)
    known.get_by_role("button", name=ME_TOO).click()
    return slip_of(page)


def one_tap_from_the_portal(page: Page) -> Slip:
    page.goto("/")
    page.get_by_role("link", name=KNOWN).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(KNOWN)
    page.get_by_role("button", name=ME_TOO).click()
    slip = slip_of(page)
    page.goto("/")
    page.get_by_role("link", name=KNOWN).first.click()
    expect(page.get_by_role("heading", name="您已经加入了")).to_be_visible()
    return slip


def without_a_name_on_one_page(page: Page) -> Slip:
    page.goto("/appeal/")
    place(page, DISTRICT, STREET)
    page.locator("#known").get_by_role("button", name=ME_TOO).tap()
    page.wait_for_url("**/incident/**")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_text("不留手机号，匿名加入").tap()
    page.get_by_role("button", name=ME_TOO).tap()
    return slip_of(page)


def with_the_number_typed_in_the_form(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill("八楼没有水，老人在家。")
    choose(page, "保密")
    page.get_by_label("手机号").fill("13900000351")
    place(page, DISTRICT, STREET)
    page.locator("#known").get_by_role("button", name=ME_TOO).tap()
    slip = slip_of(page)
    page.get_by_role("link", name="看进度").first.tap()
    expect(page.locator(".talk .words")).to_have_text("八楼没有水，老人在家。")
    return slip


def without_any_script(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill("早上起来水龙头一滴水都没有，怎么回事？")
    choose(page, "咨询")
    page.get_by_label("在哪里").select_option("liangjiang-500112010")
    choose(page, "匿名")
    page.get_by_role("button", name="提交").tap()
    line = page.get_by_role("listitem").filter(has_text=KNOWN)
    expect(line).to_contain_text(CAUSE)
    line.get_by_role("button", name=ME_TOO).tap()
    return slip_of(page)


def the_centre_passes_it_down(page: Page) -> None:
    page.goto("/desk/?box=unit")
    open_row(page, BURST_TITLE)
    expect(page.locator(".no")).to_contain_text("10 个人遇到")
    expect(page.get_by_text("还有 5 个人说的")).to_be_visible()
    page.keyboard.press("p")
    page.get_by_label("交给谁").select_option("两江新区城市管理局")
    with page.expect_navigation():
        page.locator("#v-pass_down").get_by_role("button", name="交办").click()
    told(page, "已交办")


def the_head_tells_the_news(page: Page) -> None:
    page.goto("/desk/incidents/")
    with page.expect_navigation():  # the page with its script: a key pressed before is pressed in vain
        page.get_by_role("link", name=KNOWN).click()
    page.keyboard.press("7")
    write(page, "现在怎么样了", NEWS)
    page.locator("#v-tell_news").get_by_label("什么时候再说消息").fill(in_hours(3))
    press(page, "Control+Enter")
    told(page, "已说给大家")


def they_read_the_news(page: Page, *slips: Slip) -> None:
    for slip in slips:
        find(page, slip)
        expect(page.locator("ol.hops")).to_contain_text("两江新区城市管理局说了新情况")
        expect(page.locator("ol.hops")).to_contain_text(NEWS)
        expect(page.locator(".known-card")).to_contain_text(KNOWN)


def she_splits_off_for_hers_is_another_leak(page: Page, slip: Slip) -> None:
    find(page, slip)
    page.locator("#split summary").tap()
    page.get_by_role("button", name="分开办").tap()
    expect(page.locator("ol.hops")).to_contain_text("从这里起单独办")
    expect(page.locator(".known-card")).to_have_count(0)


def the_head_ends_it(page: Page) -> None:
    page.goto("/desk/incidents/")
    with page.expect_navigation():
        page.get_by_role("link", name=KNOWN).click()
    page.keyboard.press("0")
    expect(page.locator("#v-end_incident")).to_contain_text("9 个人")
    write(page, "怎么修好的", DONE)
    press(page, "Control+Enter")
    told(page, "已结束")


def she_is_told_and_has_the_last_word(page: Page, slip: Slip) -> None:
    find(page, slip)
    expect(page.locator(".answer")).to_have_text(DONE)
    expect(page.locator("ol.hops")).to_contain_text("公布：这件事结束了")
    expect(page.get_by_role("heading", name="问题解决了吗？")).to_be_visible()


def the_split_one_goes_on(page: Page, slip: Slip) -> None:
    find(page, slip)
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator(".clock .big")).to_contain_text("剩")


def it_is_known_no_longer(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name=KNOWN)).to_have_count(0)
    page.goto("/appeal/")
    with page.expect_response("**/incidents/known/?area=liangjiang-500112010"):
        place(page, DISTRICT, STREET)
    expect(page.locator("#known section")).to_have_count(0)


def she_says_it_is_solved(page: Page, slip: Slip) -> None:
    find(page, slip)
    choose(page, "解决了", "#verdict")
    page.locator("#verdict").get_by_role("button", name="提交").tap()
    expect(page.locator(".intro .tag")).to_have_text("办结，您说解决了")
