"""What happens to every case: signed in on the way to its form, its items opened and decided at the desk."""

import io
import os
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.people import People, code_for
from tests.journeys.test_axe import faults_of
from tests.journeys.working import told


def shot(page: Page, name: str) -> None:
    """Axe finds nothing here; and a picture for whoever wants to look, where HUYING_SHOTS names a folder."""
    assert faults_of(page) == []
    if folder := os.environ.get("HUYING_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def picture(colour: str) -> dict[str, object]:
    """A photo of a paper, as a phone would send it."""
    out = io.BytesIO()
    Image.new("RGB", (640, 420), colour).save(out, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def she_signs_in_on_the_way(page: Page, phone: str) -> None:
    """From the guidance to the form, through the sign-in by phone and code."""
    page.wait_for_url("**/signin/**")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="发验证码").tap()
    page.wait_for_url("**/signin/code/**")
    page.get_by_label("短信验证码").fill(code_for(page, phone))
    page.get_by_role("button", name="登录", exact=True).tap()
    page.wait_for_url("**/form/")


def number_of(page: Page) -> str:
    """The public number of the case whose page this is."""
    number = re.sub(r"\D", "", page.url.partition("/case/")[2])
    assert len(number) == 12, page.url
    return number


def open_item(page: Page, thing: str, item: str) -> None:
    """The officer's page of this item of the newest case of this thing; her share of it alone."""
    page.goto("/desk/")
    for row in page.locator("a[href*='/desk/m/']").filter(has_text=thing).all():
        href = row.get_attribute("href") or ""
        page.goto(href)
        if item in page.locator("#branch-h").inner_text():
            return
        page.goto("/desk/")
    raise AssertionError(f"no branch {item} in {page.url}")


def the_department_grants(people: People, thing: str, who: tuple[str, str], item: str, result: str) -> None:
    """The handler signs for the item and grants it, the head looks it over."""
    handler, head = who
    page = people.officer(handler)
    _decide(page, thing, item)
    page.locator("#v-decide .opt").first.click()
    page.locator("#d-result").fill(result)
    _passed(people, page, head, thing, item)


def the_department_refuses(people: People, thing: str, who: tuple[str, str], item: str, ground: str) -> None:
    """The handler signs for the item and refuses it with its ground, the head looks it over."""
    handler, head = who
    page = people.officer(handler)
    _decide(page, thing, item)
    page.locator("#v-decide .opt").nth(1).click()
    page.locator("#d-ground").fill(ground)
    _passed(people, page, head, thing, item)


def _decide(page: Page, thing: str, item: str) -> None:
    open_item(page, thing, item)
    if page.get_by_role("button", name="签收").count():
        page.get_by_role("button", name="签收").first.click()
        told(page, "已签收")
    page.locator("#v-decide > summary").click()


def _passed(people: People, page: Page, head: str, thing: str, item: str) -> None:
    shot(page, f"desk-{item}")
    page.get_by_role("button", name="报负责人审核").click()
    told(page, "已报负责人审核")
    chief = people.officer(head)
    open_item(chief, thing, item)
    chief.locator("#v-approve > summary").click()
    chief.locator("#v-approve button").last.click()
    told(chief, "已通过")
