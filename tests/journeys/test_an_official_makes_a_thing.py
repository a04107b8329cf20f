"""An official makes a new thing without a programmer, departments agree, it is published; a citizen finds it and applies."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.cases import number_of, picture, she_signs_in_on_the_way, shot, the_department_grants
from tests.journeys.people import People
from tests.journeys.working import told

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = "13900000066"
NAME, SAID = "接爸妈来重庆长住", "把爸妈接来住"
WIDE = {"width": 1440, "height": 900}
COLOURS = ("tan", "olive", "teal", "navy", "gray", "brown")
TYPED = {
    "申请人姓名": "秦丽",
    "申请人身份证号": "500000198807120028",
    "手机号": PHONE,
    "现在住哪里": "两江新区观音桥街道建新北路 8 号",
    "从哪个城市来": "贵州遵义",
    "想去的医院和城市": "重庆，观音桥人民医院",
    "从哪天开始治疗": "2026-12-01",
}


def test_an_official_makes_a_thing_and_a_citizen_applies_to_it(people: People) -> None:
    maker = people.officer("teng.handler", viewport=WIDE)
    she_begins_with_nothing(maker)
    she_says_what_it_is(maker)
    she_asks_a_question(maker)
    she_chooses_items(maker)
    what_she_types_shows_at_once(maker)
    a_fault_is_named_at_its_field(maker)
    she_tries_it_as_a_citizen_would(maker)
    draft = maker.url.partition("/desk/things/")[2].split("/")[0]
    head = people.officer("yin.head", viewport=WIDE)
    the_head_sends_it(head, draft)
    the_police_say_what_is_wrong(people.officer("huo.head", viewport=WIDE))
    she_mends_it_and_it_is_sent_again(maker, head, draft)
    the_police_agree(people.officer("huo.head", viewport=WIDE))
    it_is_published(head, draft)
    her = people.phone()
    she_finds_it_in_her_own_words(her)
    number = she_applies(her)
    the_department_grants(people, NAME, ("lin.handler", "kang.head"), "异地就医", "备案已生效")
    her.goto(f"/case/{number}/")
    expect(her.get_by_text("备案已生效").first).to_be_visible()
    shot(her, "made-case")


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def both(page: Page, legend: str, zh: str, en: str) -> None:
    group = page.get_by_role("group", name=legend, exact=True).first
    group.get_by_label("中文").fill(zh)
    group.get_by_label("英文").fill(en)


def she_begins_with_nothing(page: Page) -> None:
    page.goto("/desk/things/")
    shot(page, "making-list")
    press(page, "新做一件事")
    expect(page.get_by_role("heading", name="从名字写起")).to_be_visible()


def she_says_what_it_is(page: Page) -> None:
    both(page, "叫什么", NAME, "Bringing your parents to Chongqing")
    both(page, "一句话说清楚", "居住证和异地就医备案一起办。", "Residence permit and medical filing together.")
    page.get_by_label("人生或经营的哪件大事").select_option("ageing")
    page.get_by_label("承诺多少个工作日办完").fill("3")
    page.get_by_label("代号（英文，发布后不能改）").fill("parents-here")
    page.get_by_label("平常怎么说").fill(f"{SAID}\n爸妈来重庆养老\n老人从外地过来住")
    press(page, "存好，看看")
    expect(page.get_by_role("heading", name=NAME).first).to_be_visible()


def what_she_types_shows_at_once(page: Page) -> None:
    """Nothing is pressed: the preview, the checks and the draft follow her hand."""
    frame, field = (
        page.frame_locator("iframe"),
        page.get_by_role("group", name="一句话说清楚", exact=True).first.get_by_label("中文"),
    )
    expect(frame.get_by_text("居住证和异地就医备案一起办。")).to_be_visible()
    field.fill("居住证、异地就医备案，一次办好。")
    expect(frame.get_by_text("居住证、异地就医备案，一次办好。")).to_be_visible()
    expect(page.get_by_text("写的都存着")).to_be_visible()
    promise = page.get_by_label("承诺多少个工作日办完")
    promise.fill("三天")
    fault = page.locator(".at-fault").filter(has=promise).locator(".fault")
    expect(fault).to_be_visible()
    expect(promise).to_be_focused()
    promise.fill("3")
    expect(fault).not_to_contain_text("整数")
    page.reload()
    expect(field).to_have_value("居住证、异地就医备案，一次办好。")


def she_asks_a_question(page: Page) -> None:
    press(page, "加一问")
    both(page, "怎么问", "爸妈要在这里看病吗？", "Will they see doctors here?")
    page.get_by_label("选项 1，中文").fill("要")
    page.get_by_label("选项 1，英文").fill("They will")
    page.get_by_label("选项 2，中文").fill("不用")
    page.get_by_label("选项 2，英文").fill("No need")
    press(page, "存好，看看")


def she_chooses_items(page: Page) -> None:
    for words, name in (("居住证", "居住证申领"), ("异地就医 备案", "跨省异地就医备案")):
        page.get_by_label("事项的名字、部门").fill(words)
        press(page, "找事项")
        with page.expect_navigation():
            page.locator(".found-items li").filter(has_text=name).get_by_role("button").click()
    row = page.locator("#i-1")
    expect(row).to_contain_text("跨省异地就医备案")
    row.locator(".when > summary").first.click()
    row.get_by_label("要", exact=True).check()
    press(page, "存好，看看")
    expect(page.locator("#i-1")).to_contain_text("“爸妈要在这里看病吗？”答“要”")


def a_fault_is_named_at_its_field(page: Page) -> None:
    """Three days were promised; the permit alone takes five."""
    fault = page.locator(".at-fault").filter(has=page.get_by_label("承诺多少个工作日办完")).locator(".fault")
    expect(fault).to_contain_text("最长的一条却要 5 个")
    shot(page, "making-fault")
    page.get_by_label("承诺多少个工作日办完").fill("6")
    press(page, "存好，看看")
    expect(page.get_by_role("heading", name="检查通过")).to_be_visible()
    expect(page.locator(".fig")).to_contain_text("申请")
    expect(page.locator(".longest")).to_contain_text("居住证申领")


def she_tries_it_as_a_citizen_would(page: Page) -> None:
    frame = page.frame_locator("iframe")
    frame.get_by_label("要", exact=True).check()
    expect(frame.get_by_role("heading", name="您要办这 2 件")).to_be_visible()
    expect(frame.get_by_text("这是预览")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    shot(page, "making-form")


def the_head_sends_it(page: Page, draft: str) -> None:
    page.goto(f"/desk/things/{draft}/review/")
    press(page, "送各单位")
    told(page, "已送各单位")
    expect(page.get_by_role("heading", name="1 / 2 个单位同意了")).to_be_visible()
    shot(page, "making-sent")


def the_police_say_what_is_wrong(page: Page) -> None:
    page.goto("/desk/things/")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator(".mine-share")).to_contain_text("居住证申领")
    press(page, "不同意，退回")
    expect(page.locator(".fault")).to_contain_text("哪里不行")
    page.get_by_label("不同意的话").fill("居住证要凭租房合同或者亲属的房产，请在说明里写清楚。")
    shot(page, "making-asked")
    press(page, "不同意，退回")
    told(page, "已退回")


def she_mends_it_and_it_is_sent_again(page: Page, head: Page, draft: str) -> None:
    page.goto(f"/desk/things/{draft}/review/")
    expect(page.get_by_text("请在说明里写清楚").first).to_be_visible()
    page.get_by_role("link", name="表单").click()
    page.locator("#i-0 .more-of > summary").click()
    both(page, "为什么要办（可以不写）", "凭租房合同或者子女的房产办", "With a lease or the children's own flat")
    press(page, "存好，看看")
    head.goto(f"/desk/things/{draft}/review/")
    press(head, "送各单位")
    told(head, "已送各单位")


def the_police_agree(page: Page) -> None:
    page.goto("/desk/things/")
    page.get_by_role("link", name=NAME).click()
    press(page, "同意")
    told(page, "已同意")


def it_is_published(page: Page, draft: str) -> None:
    page.goto(f"/desk/things/{draft}/review/")
    press(page, "发布")
    told(page, "已发布")
    shot(page, "making-published")


def she_finds_it_in_her_own_words(page: Page) -> None:
    page.goto("/things/")
    page.get_by_role("searchbox").fill(SAID)
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=NAME).first.tap()
    page.wait_for_url("**/things/parents-here/**")
    with page.expect_response("**/things/parents-here/**"):
        page.get_by_label("要", exact=True).check()
    expect(page.get_by_role("heading", name="您要办这 2 件")).to_be_visible()
    shot(page, "made-guidance")
    page.get_by_role("link", name="去填表").tap()


def she_applies(page: Page) -> str:
    she_signs_in_on_the_way(page, PHONE)
    page.locator("#area").select_option(label="观音桥街道")
    for label, value in TYPED.items():
        page.get_by_label(label).first.fill(value)
    wanted = [box.get_attribute("id") or "" for box in page.locator("[id^=paper-]:has(input[multiple])").all()]
    for paper, colour in zip(wanted, COLOURS, strict=False):
        with page.expect_navigation():
            page.locator(f"#{paper} input[multiple]").set_input_files(picture(colour))
    shot(page, "made-form")
    page.get_by_label("同意这", exact=False).check()
    page.get_by_role("button", name="提交，2 件一起办").tap()
    page.wait_for_url("**/case/**")
    return number_of(page)
