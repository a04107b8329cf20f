"""A form at fault keeps all that was typed and chosen, names each field, and one appeal stays one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People, sign_in
from tests.journeys.telling import choose, letter, pick_photos, picture, place, send, slip_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
# Each its own: what was told before, nearby, is offered to be joined.
TEXTS = (
    "楼下的垃圾桶满了三天没有人收，已经发臭了，请安排来收。",
    "院坝里的健身器材断了一根横杆，老人差点摔跤，请来修。",
    "巷口的石阶被货车压碎了两级，晚上走容易踩空，请来补。",
    "菜市场门口的水管一直滴水，地上结了青苔，请看一下。",
    "楼上租户半夜打麻将吵得睡不着，说过几次都没有用。",
    "对面的烧烤摊把油水倒进雨水井，味道很大，请管一管。",
)


def fill_in(page: Page, text: str, phone: str = "13900000077") -> None:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(text)
    choose(page, "投诉")
    place(page, "渝中区", "大坪街道")
    page.get_by_label("具体位置").fill("三号楼后面")
    choose(page, "实名")
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("隐去个人信息").check()


def test_each_field_at_fault_is_named_and_nothing_typed_chosen_or_uploaded_is_lost(people: People) -> None:
    page = people.phone()
    fill_in(page, "臭", phone="12345")
    pick_photos(page, picture())
    send(page)
    summary = page.locator("#faults")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(["请说说发生了什么，至少五个字。", "手机号是 11 位数字，请检查。"])
    for label, value in (("发生了什么", "臭"), ("具体位置", "三号楼后面"), ("手机号", "12345")):
        expect(page.get_by_label(label)).to_have_value(value)
    expect(page.get_by_label("发生了什么")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("选镇街").locator("option:checked")).to_have_text("大坪街道")
    expect(page.locator("input[name=sort]:checked")).to_have_value("complaint")
    expect(page.locator("input[name=openness]:checked")).to_have_value("named")
    expect(page.get_by_label("隐去个人信息")).to_be_checked()
    kept = page.get_by_alt_text("已收到的第 1 张照片")
    expect(kept).to_have_js_property("complete", True)
    assert kept.evaluate("image => image.naturalWidth") > 0


def test_what_was_kept_goes_on_when_the_fault_is_mended(people: People) -> None:
    page = people.phone()
    fill_in(page, TEXTS[0], phone="12345")
    pick_photos(page, picture())
    send(page)
    page.locator("#faults").get_by_role("link").tap()
    expect(page.get_by_label("手机号")).to_be_in_viewport()
    page.get_by_label("手机号").fill("13900000076")
    send(page)
    slip_of(page)
    page.get_by_role("link", name="看进度").tap()
    expect(page.locator(".talk")).to_contain_text("三号楼后面")
    expect(page.locator(".talk .pics img")).to_have_count(1)


def test_a_file_that_is_no_picture_is_refused_by_name_before_it_is_sent(people: People) -> None:
    page = people.phone()
    fill_in(page, TEXTS[1])
    chosen = pick_photos(page, picture(), letter())
    expect(page.locator("#photo-note")).to_contain_text("说明.txt")
    expect(chosen).to_have_count(1)
    send(page)
    slip_of(page)


def test_without_script_the_server_refuses_it_by_name_and_takes_the_rest(people: People) -> None:
    page = people.phone(java_script_enabled=False)
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(TEXTS[2])
    choose(page, "投诉")
    choose(page, "匿名")
    page.locator("input[type=file][multiple]").set_input_files([picture(), letter()])
    send(page)
    slip_of(page)
    expect(page.locator(".faults")).to_contain_text("说明.txt")
    expect(page.locator(".faults")).not_to_contain_text("路灯.jpg")
    page.get_by_role("link", name="看进度").tap()
    expect(page.locator(".talk .pics img")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_pressing_submit_twice_makes_one_call(people: People, script: bool) -> None:
    page = people.desktop(java_script_enabled=script)
    phone = f"1390000007{int(script)}"
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(TEXTS[3 + script])
    choose(page, "投诉")
    choose(page, "保密")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="提交").dblclick()
    expect(page).to_have_url(re.compile("/appeal/done/"))  # the second press gives up the first one's answer: not a failed way
    slip_of(page)
    sign_in(page, phone)
    expect(page.locator("article.case")).to_have_count(1)


def test_words_of_danger_point_to_the_number_at_once(people: People) -> None:
    page = people.phone()
    page.goto("/appeal/")
    page.get_by_label("发生了什么").press_sequentially("隔壁起火了")
    fire = page.get_by_role("alert").get_by_role("link", name="119")
    expect(fire).to_be_visible()
    expect(fire).to_have_attribute("href", "tel:119")
    page.get_by_label("发生了什么").fill("想问公积金怎么取")
    expect(fire).to_be_hidden()


def test_words_of_danger_in_the_first_box_point_to_the_number_without_script(people: People) -> None:
    page = people.phone(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("textbox", name="说说遇到的事").fill("楼上起火了，有烟")
    page.get_by_role("button", name="说一声").tap()
    expect(page.get_by_role("link", name="119")).to_be_visible()
    expect(page.get_by_label("发生了什么")).to_have_value("楼上起火了，有烟")
