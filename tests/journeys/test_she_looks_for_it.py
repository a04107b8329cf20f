"""She looks for what she was once answered: by two characters, by its number; a stranger's search knows nothing of it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.asking_again import send as send_form
from tests.journeys.asking_again import unfold
from tests.journeys.people import DESKTOP_SCREEN, People, sign_in
from tests.journeys.telling import Slip, choose, send, slip_of
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = "13800000041"
WORDS = "请问老楼加装电梯的申请表去哪里领，要几户签字才行？"
TITLE = "请问老楼加装电梯的申请表去哪里领"
ANSWER = "到街道便民中心三号窗口领申请表，三分之二以上住户签字就可以报。"


def test_she_finds_what_she_was_answered_and_nobody_else_does(people: People) -> None:
    her = people.phone()
    sign_in(her, PHONE)
    slip = she_asks(her)
    is_answered(people.officer("chen.dispatcher"))
    shown = looked_for(her, "电梯", ANSWER[:8])
    expect(shown.locator("mark").first).to_have_text("电梯")
    clean(faults_of(her))
    shown.get_by_role("link", name=TITLE).click()
    her.wait_for_url(f"**/call/{slip.number}/")
    looked_for(her, f"{slip.number[:4]} {slip.number[4:8]} {slip.number[8:]}", ANSWER[:8])
    her.set_viewport_size(DESKTOP_SCREEN)
    looked_for(her, "加装", ANSWER[:8])
    clean(faults_of(her))
    for stranger in (people.phone(), people.caller("13800000042")):
        for asked in (ANSWER[4:9], slip.number):
            stranger.goto(f"/search/?q={asked}")
            expect(stranger.locator(".finds", has_text=TITLE)).to_have_count(0)
            expect(stranger.get_by_role("region", name="您的诉求")).to_have_count(0)


def she_asks(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(WORDS)
    choose(page, "咨询")
    choose(page, "保密")
    send(page)
    return slip_of(page)


def is_answered(page: Page) -> None:
    """At once, by the city's desk, which knows it."""
    page.goto("/desk/dispatch/")
    page.locator("[data-row]").filter(has_text=TITLE).click()
    expect(page.locator("#ct")).to_contain_text(TITLE)
    unfold(page, "answer_at_once")
    page.get_by_label("答复（来电人看得到）").fill(ANSWER)
    send_form(page, "答复，送达来电人")
    expect(page.get_by_role("status")).to_contain_text("已答复来电人")


def looked_for(page: Page, words: str, answer: str) -> Locator:
    page.goto("/mine/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="找").click()
    page.wait_for_url(re.compile("/search/"))
    found = page.get_by_role("region", name="您的诉求")
    for _ in range(20):  # the index is kept by a reader, a moment behind
        if found.count() and answer in found.inner_text():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(found).to_contain_text(answer)
    return found
