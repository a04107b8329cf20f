"""She complains confidentially; the bureau works it without knowing her; one officer opens her number with a reason; she
sees it and objects; the auditor answers. Her receipt with a byte changed is refused; she is erased; the log still verifies."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People, prove_if_asked, sign_in
from tests.journeys.proving import (
    one_byte_changed,
    she_downloads_it,
    she_has_herself_erased,
    the_log_s_key,
    the_log_verifies,
    to_her_receipt,
    verdict,
)
from tests.journeys.states import until_kept
from tests.journeys.telling import choose, place, send, slip_of
from tests.journeys.working import choose_by_arrows, told

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = "13800000081"
TEXT = "楼下洗车店把污水直接冲到人行道上，冬天结一层冰，老人摔过两回。不要让店里晓得是我说的。"
TITLE = "楼下洗车店把污水直接冲到人行道上"
ASKED, SAID = "请问大概几点冲得多？我们挑那个时候去看。", "下午五六点，放学那阵。"
WHY, OBJECTS = "来电人说号码可能换过，核对一下", "没有人打过电话给我，为什么要看我的号码？"
FOUND = "查了。何组长看了以后没有联系您，不该看，已经约谈，并当面写了检查。"


def complains_in_confidence(page: Page) -> str:
    """Signed in, and not to be known: the address of her call."""
    sign_in(page, PHONE)
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(TEXT)
    choose(page, "投诉")
    choose(page, "保密")
    place(page, "两江新区", "人和街道")
    send(page)
    return f"/call/{slip_of(page).number}/"


def comes_to_the_bureau(people: People) -> str:
    """The desk and the centre pass it on; the address of the matter."""
    desk = people.officer("chen.dispatcher")
    desk.goto("/desk/dispatch/")
    desk.get_by_role("link", name=TITLE).click()
    expect(desk.locator("#ct")).to_contain_text(TITLE)
    matter = desk.url.replace("/desk/dispatch/", "/desk/m/")
    desk.keyboard.press("d")
    choose_by_arrows(desk, "两江新区社会治理中心")
    desk.locator("#v-dispatch button.btn").click()
    matter = matter[matter.index("/desk/") :]
    centre = people.officer("luo.dispatcher")
    centre.goto(matter)
    centre.locator("#v-pass_down > summary").click()
    centre.locator("#b-pass_down").select_option(label="两江新区城市管理局")
    centre.locator("#v-pass_down button.btn").click()
    return matter


def the_bureau_asks_without_knowing_her(page: Page, matter: str) -> None:
    page.goto(matter)
    page.locator(".call form[action*='/sign/'] button").click()
    expect(page.locator(".who").first).to_contain_text("保密")
    assert page.locator("details.look").count() == 0
    page.locator("#v-leave_message summary").click()
    page.get_by_label("跟来电人说什么").fill(ASKED)
    page.locator("#v-leave_message .btn:not(summary)").click()
    told(page, "已留言")
    knows_nothing_of_her(page)


def knows_nothing_of_her(page: Page) -> None:
    source = page.content()
    assert PHONE not in source and "138****0081" not in source


def she_proves_it(people: People, page: Page, call: str, folder: Path) -> None:
    page.goto(call)
    to_her_receipt(page)
    until_kept(page)
    file = she_downloads_it(page, call.split("/")[2], folder)
    key = the_log_s_key(people.desktop())
    assert verdict(file, key)[0] == 0
    assert verdict(one_byte_changed(file, "污水", "清水"), key) == (1, "BROKEN: content")


def test_who_looked_is_seen_objected_to_and_answered(people: People, tmp_path: Path) -> None:
    her = people.phone(accept_downloads=True)
    call = complains_in_confidence(her)
    matter = comes_to_the_bureau(people)
    bureau = people.officer("zhou.handler")
    the_bureau_asks_without_knowing_her(bureau, matter)

    her.goto(call)
    expect(her.locator("#messages")).to_contain_text(ASKED)
    her.get_by_label("您回一句").fill(SAID)
    her.locator("#messages .btn").click()
    expect(her.locator("#messages .hers")).to_have_text(SAID)
    expect(her.locator("#looks")).to_contain_text("还没有人看过")
    bureau.goto(matter)
    expect(bureau.locator(".exchanged")).to_contain_text(SAID)
    knows_nothing_of_her(bureau)

    desk = people.officer("he.callback")
    desk.goto(matter)
    desk.locator("details.look summary").click()
    form = desk.locator("details.look form")
    form.locator("label.opt").filter(has_text="电话").click()
    form.locator("label.opt").filter(has_text="核对是不是本人").click()
    form.get_by_label("写一句").fill(WHY)
    form.get_by_role("button", name="打开").click()
    prove_if_asked(desk)
    expect(desk.locator(".opened-fields")).to_contain_text(PHONE)

    her.goto("/me/looks/")
    seen = her.locator(".seen li").filter(has_text=TITLE)
    for words in ("何组长看了您的电话", "回访员", "核对是不是本人", WHY):
        expect(seen).to_contain_text(words)
    seen.get_by_role("link").click()
    her.locator("#looks summary").click()
    her.get_by_label("哪里不对").fill(OBJECTS)
    her.get_by_role("button", name="提异议").click()
    expect(her.locator(".objection")).to_contain_text(re.compile("审计员.+答复您"))

    desk.goto(matter)
    assert OBJECTS not in desk.content(), "whom she objects to does not read it"
    auditor = people.officer("tang.auditor")
    auditor.goto("/desk/")
    auditor.get_by_role("link", name="阅痕").click()
    row = auditor.locator("li").filter(has_text=OBJECTS)
    row.locator("label.opt").filter(has_text="不当").click()
    row.get_by_label("查到了什么").fill(FOUND)
    row.get_by_role("button", name="答复来电人").click()
    told(auditor, "已答复来电人")

    her.goto("/me/looks/")
    expect(her.locator(".objection").filter(has_text=OBJECTS)).to_contain_text(FOUND)
    expect(her.locator(".objection").filter(has_text=OBJECTS)).to_contain_text("您说得对，不该看")

    she_proves_it(people, her, call, tmp_path)
    she_has_herself_erased(her)
    desk.goto(matter)
    expect(desk.locator("#ct")).to_contain_text(TITLE)  # words that name nobody stay with the matter until their time is over
    assert desk.locator("details.look, .opened-fields").count() == 0
    knows_nothing_of_her(desk)
    assert the_log_verifies(people.city)["erased"]
