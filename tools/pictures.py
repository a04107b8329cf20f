"""Take the README's pictures from a running demo.

make run &                                    # in another terminal, on a fresh data folder
.venv/bin/python tools/pictures.py [http://127.0.0.1:8000]     # once a minute: she asks for a code
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PASSWORD = "huying-demo"
CITIZEN = "13800000001"
PHONE, WIDE, DESK = (390, 844), (1280, 800), (1440, 900)
MOST_BYTES = 250_000
# Pictures further down come when they are scrolled to; here they shall come now.
LOADED = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
}))"""


def main(base: str) -> None:
    """Portal, status page, desk and dispatcher's page, at the sizes people have."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        # Chromium refuses its sandbox under root.
        args = ["--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = play.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=args)
        portal(browser, base)
        desk(browser, base)
        browser.close()


def portal(browser: Browser, base: str) -> None:
    """The portal on a desk and on a phone, and an answered call, for a citizen who signed in with the code the demo shows."""
    page = new_page(browser, PHONE)
    page.goto(f"{base}/signin/")
    page.fill("[name=phone]", CITIZEN)
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
    for name, size in (("portal-phone", PHONE), ("portal", WIDE)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(base)
        keep(page, name)


def desk(browser: Browser, base: str) -> None:
    """The workbench with a call open, and the dispatcher's page."""
    page = signed_in(browser, base, "luo.dispatcher")
    page.goto(f"{base}/desk/")
    page.locator("[data-row]", has_text="待审核").filter(has_text="剩").first.click()
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
    page.wait_for_url(f"{base}/signin/officer/second/**")
    tab = page.context.new_page()
    tab.goto(f"{base}/demo/codes/")
    page.fill("[name=second_code]", tab.locator(f"[data-login='{username}'] .code").inner_text())
    tab.close()
    page.click("main button")
    page.wait_for_url(f"{base}/desk/**")
    return page


def new_page(browser: Browser, size: tuple[int, int]) -> Page:
    """A page of one visitor, in Chinese."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN", color_scheme="light")
    return context.new_page()


def keep(page: Page, name: str) -> None:
    """Store what the page shows when every picture on it has come; in fewer colours only where it would weigh too much."""
    page.evaluate(LOADED)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file = FOLDER / f"{name}.png"
    picture.save(file, optimize=True)
    if file.stat().st_size > MOST_BYTES:
        picture.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/"))
