"""Take the README's pictures from a running demo.

make run &                                    # in another terminal, on a fresh data folder
.venv/bin/python tools/pictures.py [http://127.0.0.1:8000]
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PASSWORD = "huying-demo"
PHONE, DESK = (390, 844), (1440, 900)


def main(base: str) -> None:
    """Portal, status page, desk and dispatcher's page, at the sizes people have."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        args = ["--no-sandbox", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=args)
        portal(browser, base)
        status(browser, base)
        desk(browser, base)
        browser.close()


def portal(browser: Browser, base: str) -> None:
    """The portal, on a desk and on a phone."""
    for name, size in (("portal", (1280, 800)), ("portal-phone", PHONE)):
        page = new_page(browser, size)
        page.goto(base)
        keep(page, name)


def status(browser: Browser, base: str) -> None:
    """A citizen's answered call, signed in with the code that the demo shows."""
    page = new_page(browser, PHONE)
    page.goto(f"{base}/signin/")
    page.fill("[name=phone]", "13800000001")
    page.click("main button")
    codes = page.context.new_page()
    codes.goto(f"{base}/demo/codes/")
    code = next(word for word in codes.inner_text("main").split() if len(word) == 6 and word.isdigit())
    page.fill("[name=code]", code)
    page.click("main button")
    page.wait_for_url(f"{base}/mine/")
    page.locator("a", has_text="看答复").first.click()
    page.wait_for_load_state()
    keep(page, "status-phone")


def desk(browser: Browser, base: str) -> None:
    """The workbench with a call open, and the dispatcher's page."""
    page = signed_in(browser, base, "luo.dispatcher")
    page.goto(f"{base}/desk/")
    page.locator("[data-row]", has_text="待审核").first.click()
    page.wait_for_load_state()
    keep(page, "desk")
    page = signed_in(browser, base, "chen.dispatcher")
    page.goto(f"{base}/desk/dispatch/")
    keep(page, "dispatch")


def signed_in(browser: Browser, base: str, username: str) -> Page:
    """An officer's page."""
    page = new_page(browser, DESK)
    page.goto(f"{base}/signin/officer/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{base}/desk/**")
    return page


def new_page(browser: Browser, size: tuple[int, int]) -> Page:
    """A page of one visitor, in Chinese."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN", color_scheme="light")
    return context.new_page()


def keep(page: Page, name: str) -> None:
    """Store what the page shows, in as few colours as the eye needs."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(192, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/"))
