"""No page, in no state, wants anything that its policy forbids; and what somebody would smuggle in does not run."""

import pytest
from playwright.sync_api import Page

from tests.journeys.people import People
from tests.journeys.states import CALLER, OFFICERS, SIGNED_IN, VISITOR, Opening, each

pytestmark = [pytest.mark.browser, pytest.mark.once]
# Kept in the tab's own store: a violation is often told just before the page is left.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  const told = JSON.parse(sessionStorage.getItem("violations") || "[]");
  told.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample} (${location.pathname}:${event.lineNumber})`);
  sessionStorage.setItem("violations", JSON.stringify(told));
});
"""


def violations(page: Page) -> list[str]:
    """What the browser refused since it was asked last."""
    told: list[str] = page.evaluate("JSON.parse(sessionStorage.getItem('violations') || '[]')")
    page.evaluate("sessionStorage.removeItem('violations')")
    return told


def refused(page: Page, states: dict[str, Opening]) -> list[str]:
    """What the browser refused on any of these pages."""
    page.add_init_script(LISTEN)
    return [f"{name}: {told}" for name in each(states, page) for told in violations(page)]


def test_nothing_is_refused_on_any_page_that_a_visitor_sees(people: People) -> None:
    assert refused(people.desktop(), VISITOR) == []


def test_nothing_is_refused_on_any_page_of_a_caller(people: People) -> None:
    assert refused(people.caller(CALLER), SIGNED_IN) == []


@pytest.mark.parametrize("login", OFFICERS)
def test_nothing_is_refused_on_any_page_of_an_officer(people: People, login: str) -> None:
    assert refused(people.officer(login), OFFICERS[login]) == []


SMUGGLED = {
    "script": "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.stolen = 1'}))",
    "handler": "document.body.insertAdjacentHTML('beforeend', '<img src=/nothing.png onerror=\"window.stolen = 1\">')",
    "style": "document.body.insertAdjacentHTML('beforeend', '<p style=\"position:fixed;inset:0\" id=cover>x</p>')",
    "sheet": "document.head.append(Object.assign(document.createElement('style'), {textContent: 'body {display: none}'}))",
    "picture": "document.body.insertAdjacentHTML('beforeend', '<img src=http://192.0.2.1/seen.png>')",
    "frame": "document.body.insertAdjacentHTML('beforeend', '<iframe src=/privacy/></iframe>')",
    "base": "document.head.insertAdjacentHTML('afterbegin', '<base href=http://192.0.2.1/>')",
}


@pytest.mark.parametrize("way", SMUGGLED)
def test_what_is_smuggled_into_a_page_is_refused(people: People, way: str) -> None:
    """Without this the tests above would prove nothing: the listener hears, and the browser holds to the policy."""
    page = people.desktop()
    page.add_init_script(LISTEN)
    page.goto("/appeal/")
    page.evaluate(SMUGGLED[way])
    page.wait_for_function("sessionStorage.getItem('violations')")
    assert len(violations(page)) >= 1
    assert page.evaluate("window.stolen") is None
    people.complaints.clear()  # what the browser's console said of it was meant to be said


def test_no_other_site_shows_a_page_in_a_frame(people: People) -> None:
    """Framed by a page without any policy, as a foreign one would be."""
    page = people.desktop()
    page.route("**/frame-me", lambda route: route.fulfill(body="<iframe src=/appeal/></iframe>", content_type="text/html"))
    page.goto("/frame-me")
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert "提诉求" not in frame.content()
    people.complaints.clear()
