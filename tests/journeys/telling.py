"""What a person does on the portal: tell, keep the number, find, say the word."""

import io
import re
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

# Clear enough that the lamps' bureau comes first, not so clear that it is dispatched without a person.
DARK_STREET = "这条街晚上全是黑的，灯已经四天没亮，孩子下课走到梯坎看不清台阶，希望早点修好。"
DARK_TITLE = "这条街晚上全是黑的"


@dataclass(frozen=True, slots=True)
class Slip:
    """What the portal gave her: public number and secret, without spaces, and the words about who answers by when."""

    number: str
    secret: str
    lead: str


def picture(name: str = "路灯.jpg", colour: str = "#20303c") -> dict[str, Any]:
    """A picture as a phone hands it over."""
    image = Image.new("RGB", (1200, 900), colour)
    ImageDraw.Draw(image).ellipse((500, 200, 700, 400), fill="#ffd97a")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def letter(name: str = "说明.txt") -> dict[str, Any]:
    """A file that is no picture."""
    return {"name": name, "mimeType": "text/plain", "buffer": "这不是照片".encode()}


def choose(page: Page, words: str, within: str = "form") -> None:
    """Touch or click the choice with these words: its label, as a person does."""
    page.locator(f"{within} label.opt").filter(has_text=re.compile(rf"^\s*{words}")).click()


def place(page: Page, district: str, street: str) -> None:
    """District first, then its streets."""
    page.get_by_label("选区县").select_option(district)
    page.get_by_label("选镇街").select_option(street)


def pick_photos(page: Page, *files: dict[str, Any]) -> Locator:
    """Choose pictures; the small ones that show what was chosen."""
    page.locator("input[type=file][multiple]").set_input_files(list(files))
    return page.locator("#chosen img")


def send(page: Page) -> None:
    """Submit; what others told nearby is none of hers, when it is offered."""
    with page.expect_navigation():
        page.get_by_role("button", name="提交").click()
    own = page.get_by_role("button", name="不是这件，继续提交")
    if own.count():
        with page.expect_navigation():
            own.click()


def slip_of(page: Page) -> Slip:
    """Read the page that says it was received."""
    page.wait_for_url("**/appeal/done/")
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了")
    number, secret = ("".join(text.split()) for text in page.locator(".slip .code").all_inner_texts())
    assert re.fullmatch(r"\d{12}", number)
    assert len(secret) == 10
    return Slip(number, secret, page.locator(".lead").inner_text())


def find(page: Page, slip: Slip) -> None:
    """To her call, with number and secret."""
    page.goto("/find/")
    page.get_by_role("textbox", name="查询号").fill(slip.number)
    page.get_by_role("textbox", name="查询码").fill(slip.secret)
    page.get_by_role("button", name="查一查").click()
    page.wait_for_url(f"**/call/{slip.number}/")


def told_in_order(page: Page, words: tuple[str, ...]) -> None:
    """The hops tell all of these, one after the other."""
    text = "\n".join(page.locator("ol.hops > li").all_inner_texts())
    at = 0
    for each in words:
        assert each in text[at:], f"{each}: not told, or too early, in\n{text}"
        at = text.index(each, at) + len(each)
