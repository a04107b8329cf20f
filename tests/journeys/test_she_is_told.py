"""She is told: texts first, then letters as she wished, each once, with number, who, by when and a link; never the matter."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from huying.base import clock
from tests.journeys import city
from tests.journeys.city import City
from tests.journeys.people import People
from tests.journeys.telling import DARK_STREET, DARK_TITLE, Slip, choose, place, send, slip_of
from tests.journeys.test_the_dark_street import (
    the_bureau_contacts_her_and_answers,
    the_bureau_signs_in_a_batch,
    the_centre_approves,
    the_dispatcher_agrees,
    the_district_centre_passes_it_down,
)
from tests.notify import servers
from tests.notify.servers import SECRET, MailBox, Provider

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE, MAIL = "13900000077", "li@mail.example"
PASSWORD = quote("a mail password: %40", safe="")
ABOUT_THE_MATTER = ("灯", "黑", "孩子", "梯坎", "松牌路", PHONE)


@pytest.fixture
def gateway() -> Iterator[Provider]:
    with servers.provider() as running:
        yield running


@pytest.fixture
def box() -> Iterator[MailBox]:
    with servers.mail_box() as running:
        yield running


@pytest.fixture
def telling(demo_made: Path, tmp_path: Path, gateway: Provider, box: MailBox) -> City:
    """A demo that really sends, at ten in the morning of the next day."""
    settings = {
        "HUYING_TEXTS": "huying.adapters.http_texts.HttpTexts",
        "HUYING_TEXTS_URL": gateway.url,
        "HUYING_TEXTS_SECRET": SECRET,
        "HUYING_MAIL": f"smtp+starttls://huying:{PASSWORD}@127.0.0.1:{box.port}",
        "HUYING_MAIL_FROM": "city@city.example",
        "HUYING_CA": str(box.folder / "ca.pem"),
    }
    now = datetime.now(clock.CITY_TIME)
    ten = (now + timedelta(days=1)).replace(hour=10, minute=0)
    return city.start(demo_made, tmp_path / "data", settings, ten - now)


def test_she_is_told_by_text_then_by_mail_and_the_link_leads_to_her_call(
    telling: City, browser: Browser, gateway: Provider, box: MailBox
) -> None:
    people = People(browser, telling)
    try:
        her = people.phone()
        slip = she_reports(her)
        text = the_text(gateway, slip)
        assert text["values"]["link"] == f"{telling.url}/call/{slip.number}/"
        signs_in(her, gateway)
        she_wishes_letters(her, box)
        before = len(box.letters)
        they_answer(people)
        until(lambda: she_reads_it_among_her_messages(her))
        telling = city.start_again(telling, timedelta(minutes=5))  # and the window in which facts are gathered is over
        letter = until(lambda: box.letters[before:])[0]
        says_who_and_by_when_and_nothing_more(letter, slip)
        she_follows_the_link(people.phone(), letter, gateway, slip)
        assert "也发了邮件" in she_reads_it_among_her_messages(her)
        time.sleep(2)
        assert len(box.letters) == before + 1, "the answer is told once"
        assert [text["key"] for text in hers(gateway)] == [text["key"]]
        people.leave()
        assert people.complaints == []
    finally:
        telling.stop()
    assert telling.complaints() == ""


def until(found: Callable[[], Any], seconds: float = 120) -> Any:
    """What is found, as soon as there is anything."""
    end = time.monotonic() + seconds
    while not (seen := found()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.2)
    return seen


def she_reports(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(DARK_STREET)
    choose(page, "求助")
    place(page, "两江新区", "龙山街道")
    page.get_by_label("具体位置").fill("松牌路中段")
    choose(page, "实名")
    page.get_by_label("手机号").fill(PHONE)
    send(page)
    return slip_of(page)


def hers(gateway: Provider) -> list[dict[str, Any]]:
    """The texts that told her something: not the codes."""
    return [text for text in gateway.taken if text["phone"] == PHONE and "link" in text["values"]]


def the_text(gateway: Provider, slip: Slip) -> dict[str, Any]:
    (text,) = until(lambda: hers(gateway))
    assert text["template"] == "received"
    assert text["values"]["number"].replace(" ", "") == slip.number
    assert not any(word in str(text["values"]) for word in ABOUT_THE_MATTER)
    found: dict[str, Any] = text
    return found


def signs_in(page: Page, gateway: Provider) -> None:
    if "/signin/" not in page.url:
        page.goto("/signin/")
    page.get_by_label("手机号").fill(PHONE)
    before = len(gateway.taken)
    page.get_by_role("button", name="发验证码").click()
    page.wait_for_url("**/signin/code/**")
    code = next(text["values"]["code"] for text in gateway.taken[before:] if text["template"] == "sign-in code")
    page.get_by_label("短信验证码").fill(code)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/signin/" not in url)


def she_wishes_letters(page: Page, box: MailBox) -> None:
    page.goto("/me/")
    page.get_by_role("link", name="怎么通知您").tap()
    choose(page, "邮件", ".wish")
    page.locator("#mail").fill(MAIL)
    page.get_by_role("button", name="就这样通知").tap()
    expect(page.get_by_role("heading", name="确认邮箱")).to_be_visible()
    code = re.search(r"\d{6}", until(lambda: box.letters)[-1]["text"])
    assert code
    page.get_by_label("邮件里的验证码").fill(code.group())
    page.get_by_role("button", name="确认").tap()
    expect(page.locator("input[value=mail]")).to_be_checked()
    expect(page.locator(".wish")).to_contain_text("l***@mail.example")


def they_answer(people: People) -> None:
    the_dispatcher_agrees(people.officer("chen.dispatcher"))
    the_district_centre_passes_it_down(people.officer("luo.dispatcher"))
    bureau = people.officer("zhou.handler")
    the_bureau_signs_in_a_batch(bureau)
    the_bureau_contacts_her_and_answers(bureau)
    the_centre_approves(people.officer("luo.dispatcher"))


def says_who_and_by_when_and_nothing_more(letter: dict[str, Any], slip: Slip) -> None:
    assert letter["to"] == [MAIL]
    whole = letter["subject"] + letter["text"]
    assert slip.number in whole.replace(" ", "")
    assert "有答复了，两江新区城市管理局答的" in letter["text"]
    assert re.search(r"请在\d+ 月 \d+ 日前说一声", letter["text"])
    assert not any(word in whole for word in (*ABOUT_THE_MATTER, DARK_TITLE, "线缆", "周科长"))


def she_follows_the_link(page: Page, letter: dict[str, Any], gateway: Provider, slip: Slip) -> None:
    """On another device: to the call, and as she is not signed in there, through sign-in to it."""
    link = re.search(rf"http\S+/call/{slip.number}/", letter["text"])
    assert link
    page.goto(link.group())
    page.get_by_role("main").get_by_role("link", name="登录").tap()
    page.wait_for_url("**/signin/**")
    signs_in(page, gateway)
    page.wait_for_url(f"**/call/{slip.number}/")
    expect(page.locator(".answer")).to_contain_text("全部接好")


def she_reads_it_among_her_messages(page: Page) -> str:
    """The newest of her messages, once it is the answer; '' before."""
    page.goto("/me/messages/")
    first = page.locator(".told li").first
    expect(first).to_contain_text(DARK_TITLE)
    words = first.inner_text()
    return words if "有答复了" in words else ""
