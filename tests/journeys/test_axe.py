"""Axe finds nothing on any page, narrow or wide; nothing scrolls sideways on a phone; the main pages hold in every look."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.states import CALLER, ENDINGS, OFFICERS, SIGNED_IN, VISITOR, Opening, each, my_call, unfolded

pytestmark = [pytest.mark.browser, pytest.mark.once]
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
LOOKS = {"dark": "dark...", "high contrast": ".more..", "elder": "..large.", "dark, high contrast, elder": "dark.more.large."}
AXE = Axe().axe_script
# The faults alone: all that axe found right, node by node, takes longer to hand over than to find.
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def look_through(page: Page, states: dict[str, Opening]) -> list[str]:
    """What is wrong with each state, at both widths."""
    faults: list[str] = []
    for name in each(states, page):
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            faults += [f"{name} at {size['width']}: {fault}" for fault in faults_of(page)]
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return faults


def faults_of(page: Page) -> list[str]:
    """What axe finds, and how far the page scrolls sideways."""
    if not page.evaluate("'axe' in window"):  # not there from another width
        page.evaluate(AXE)
    found = [
        f"{violation['id']}: {node['html'][:160]} ({violation['help']})"
        for violation in page.evaluate(VIOLATIONS)
        for node in violation["nodes"]
    ]
    beyond = page.evaluate(SIDEWAYS)
    return [*found, f"scrolls sideways by {beyond} px"] if beyond > 0 else found


def clean(faults: list[str]) -> None:
    """Nothing is wrong, or all that is wrong, line by line."""
    assert not faults, "\n".join(faults)


def test_nothing_is_wrong_on_any_page_that_a_visitor_sees(people: People) -> None:
    clean(look_through(people.desktop(viewport=NARROW), VISITOR))


def test_nothing_is_wrong_on_any_page_of_a_caller(people: People) -> None:
    clean(look_through(people.caller(CALLER, viewport=NARROW), SIGNED_IN))


@pytest.mark.parametrize("name", ENDINGS)
def test_nothing_is_wrong_on_a_call_however_it_ended(people: People, name: str) -> None:
    phone, words = ENDINGS[name]
    clean(look_through(people.caller(phone, viewport=NARROW), {name: unfolded(my_call(words))}))


@pytest.mark.parametrize("login", OFFICERS)
def test_nothing_is_wrong_on_any_page_of_an_officer(people: People, login: str) -> None:
    clean(look_through(people.officer(login, viewport=NARROW), OFFICERS[login]))


def test_on_a_phone_a_suggestion_has_room_and_the_clock_comes_first(people: People) -> None:
    page = people.officer("chen.dispatcher", viewport=NARROW)
    page.goto("/desk/dispatch/")
    name = page.locator(".sug button > span").first.bounding_box()
    assert name
    assert name["width"] > 250
    her = people.caller(CALLER, viewport=NARROW)
    SIGNED_IN["status, waiting"](her)
    tops = [her.locator(part).first.bounding_box() for part in (".clock", ".talk", ".receipt")]
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    first = her.locator(".page > *, .right > *, .left > *").evaluate_all(
        "all => all.filter(e => e.offsetHeight).map(e => e.getBoundingClientRect().top)"
    )
    assert sum(top < tops[0]["y"] for top in first if tops[0]) == 1, "only the heading stands above the clock"


def test_on_a_phone_the_bar_leads_to_every_page_but_the_keyboard_s(people: People) -> None:
    page = people.officer("chen.dispatcher", viewport=NARROW)
    page.goto("/desk/")
    links = page.get_by_role("navigation", name="主导航").get_by_role("link")
    expect(links).to_have_text(["待办", "查找", "派单", "界线", "热点", "已知事件", "值班", "我的"])


@pytest.mark.parametrize("look", LOOKS)
def test_the_main_pages_hold_in_every_look(people: People, look: str) -> None:
    dispatcher, handler = people.officer("chen.dispatcher", viewport=NARROW), people.officer("zhou.handler", viewport=NARROW)
    wearing: list[tuple[Page, dict[str, Opening]]] = [
        (
            people.desktop(viewport=NARROW),
            only(VISITOR, "home", "appeal", "appeal, at fault", "incident", "things", "things, found"),
        ),
        (people.caller(CALLER, viewport=NARROW), only(SIGNED_IN, "status", "search, signed in")),
        (handler, only(OFFICERS["zhou.handler"], "inbox", "matter", "search")),
        (dispatcher, only(OFFICERS["chen.dispatcher"], "dispatch", "known incidents")),
    ]
    faults: list[str] = []
    for page, states in wearing:
        page.context.add_cookies([{"name": "looks", "value": LOOKS[look] + "zh-hans", "url": people.city.url}])
        faults += look_through(page, states)
    clean(faults)


def only(states: dict[str, Opening], *names: str) -> dict[str, Opening]:
    """Some of the states."""
    return {name: states[name] for name in names}
