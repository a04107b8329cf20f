"""Who opens pages in a journey: each in a browser of their own, which listens for every complaint of a page."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, StorageState

from tests.journeys.city import PASSWORD, City

PHONE_SCREEN = {"width": 390, "height": 844}
DESKTOP_SCREEN = {"width": 1280, "height": 800}
# A form that comes back with its faults named is answered so; the browser's console mentions it.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (404|409|422|429)")
_signed_in: dict[tuple[str, str], StorageState] = {}


class People:
    """Opens browsers and remembers what their pages complained of."""

    def __init__(self, browser: Browser, city: City) -> None:
        self.city = city
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def phone(self, **more: Any) -> Page:
        """A page on a phone that is touched."""
        return self._page(viewport=PHONE_SCREEN, has_touch=True, is_mobile=True, **more)

    def desktop(self, **more: Any) -> Page:
        """A page on a desktop."""
        return self._page(**({"viewport": DESKTOP_SCREEN} | more))

    def officer(self, login: str, **more: Any) -> Page:
        """An officer's page, signed in through the form the first time, on a desktop."""
        return self._known(login, self.desktop, lambda page: sign_in_officer(page, login), more)

    def caller(self, phone: str, **more: Any) -> Page:
        """A caller's page on a desktop, signed in with phone and code the first time."""
        return self._known(phone, self.desktop, lambda page: sign_in(page, phone), more)

    def leave(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()

    def _known(self, who: str, opened: Any, signing_in: Any, more: dict[str, Any]) -> Page:
        key = (self.city.url, who)
        if key not in _signed_in:
            page = opened()
            signing_in(page)
            _signed_in[key] = page.context.storage_state()
            page.context.close()
        return opened(storage_state=_signed_in[key], **more)

    def _page(self, **options: Any) -> Page:
        kept: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": self.city.url} | options
        context = self._browser.new_context(**kept)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        context.on("console", self._console)
        context.on("weberror", lambda fault: self.complaints.append(f"script: {fault.error}"))
        context.on("response", self._response)
        return context.new_page()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.match(message.text):
            self.complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def _response(self, response: Response) -> None:
        asset = response.request.resource_type != "document"
        if response.status >= 500 or (asset and response.status >= 400):
            self.complaints.append(f"{response.status}: {response.url}")
        if not response.url.startswith((self.city.url, "blob:", "data:")):
            self.complaints.append(f"foreign: {response.url}")


def sign_in_officer(page: Page, login: str, password: str = PASSWORD) -> None:
    """Through the officers' form."""
    page.goto("/signin/officer/")
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/signin/officer/second/**")
    prove(page, login)
    page.wait_for_url("**/desk/**")  # a head comes to his unit, everybody else to the inbox


def prove(page: Page, login: str) -> None:
    """The second factor, from the demo's page of authenticators."""
    page.get_by_label("验证器上的六位数字").fill(authenticator(page, login))
    page.get_by_role("button", name="验证", exact=False).click()


def prove_if_asked(page: Page) -> None:
    """Again, where the last proof was too long ago: the page says for whom."""
    page.wait_for_load_state()
    if page.get_by_role("heading", name="再验证一次").count():
        prove(page, page.locator(".notice b").inner_text())


def authenticator(page: Page, login: str) -> str:
    """What the officer's authenticator shows, in a tab beside; when its codes were used, the next one."""
    tab = page.context.new_page()
    code = ""
    while not code.isdecimal():
        tab.wait_for_timeout(1000 if code else 0)
        tab.goto("/demo/codes/")
        code = tab.locator(f"[data-login='{login}'] .code").inner_text().strip()
    tab.close()
    return code


def sign_in(page: Page, phone: str) -> None:
    """With the phone and the six digits of the demo's page of codes."""
    page.goto("/signin/")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="发验证码").click()
    page.wait_for_url("**/signin/code/**")
    page.get_by_label("短信验证码").fill(code_for(page, phone))
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/mine/")


def code_for(page: Page, phone: str) -> str:
    """The newest code for a phone, read from the demo's page as she would, in a tab beside."""
    tab = page.context.new_page()
    tab.goto("/demo/codes/")
    newest = tab.locator("li.card").filter(has_text=phone).first
    code = newest.locator(".code").inner_text().strip()
    tab.close()
    return code
