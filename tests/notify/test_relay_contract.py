"""What every relay must do, tried on each of them; the real one against a real provider's process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from huying.base.gateway import RelayGateway
from huying.notify import relays
from huying.notify.ports import NotDelivered, Refused, Relay, Unsure
from huying.people import texts
from tests.notify import servers
from tests.notify.servers import SECRET, Provider

pytestmark = pytest.mark.once
PHONE, LINE = "13800138000", "a3f09c"
VALUES = {"number": "4821 9037 5516", "link": "https://city.example/call/4/"}


@dataclass
class Tried:
    """An adapter, and a way to see from the other side what it delivered: (phone, template, values)."""

    adapter: Relay
    seen: Callable[[], list[tuple[str, str, dict[str, Any]]]]


def http(settings: Settings, running: Provider, secret: str = SECRET) -> Relay:
    """The real adapter, towards a provider."""
    settings.RELAY = "huying.adapters.http_relay.HttpRelay"
    settings.RELAY_GATEWAY = RelayGateway(running.url, "city", secret)
    relays.forget()
    return relays.adapter()


def _demo(settings: Settings) -> Tried:
    settings.DEMO, settings.RELAY = True, "huying.adapters.demo_relay.DemoRelay"
    settings.TEXTS = "huying.adapters.demo_texts.DemoTexts"
    relays.forget()
    texts.forget()
    shown: Any = texts.adapter()  # her telephone, as the demo shows it
    return Tried(relays.adapter(), lambda: [(t.phone, t.template, dict(t.values)) for t in reversed(shown.recent())])


@pytest.fixture
def running() -> Iterator[Provider]:
    with servers.provider() as provider:
        yield provider


@pytest.fixture(params=["http", "demo"])
def tried(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Tried]:
    """Each adapter in turn."""
    settings.DATA, settings.CA = tmp_path, ""
    if request.param == "demo":
        yield _demo(settings)
    else:
        with servers.provider() as provider:
            seen = lambda: [(m["phone"], m["template"], m["values"]) for m in provider.taken]  # noqa: E731
            yield Tried(http(settings, provider), seen)
    relays.forget()
    texts.forget()


# --- Every relay ------------------------------------------------------------------------------------------------------


def test_a_number_stands_in_for_hers_and_holds_none_of_it(tried: Tried) -> None:
    number = tried.adapter.number(LINE, PHONE)
    assert number and PHONE not in number and PHONE[3:] not in number.replace("-", "")


def test_a_line_keeps_its_number_and_another_has_its_own(tried: Tried) -> None:
    first = tried.adapter.number(LINE, PHONE)
    assert tried.adapter.number(LINE, PHONE) == first != tried.adapter.number("b7", "13800138001")


def test_a_message_to_a_line_reaches_her(tried: Tried) -> None:
    tried.adapter.number(LINE, PHONE)
    assert tried.adapter.send(LINE, "relayed", VALUES, "k1")
    assert tried.seen() == [(PHONE, "relayed", VALUES)]


def test_the_same_key_is_the_same_message_and_it_says_what_it_has(tried: Tried) -> None:
    tried.adapter.number(LINE, PHONE)
    first = tried.adapter.send(LINE, "relayed", VALUES, "k1")
    assert tried.adapter.send(LINE, "relayed", VALUES, "k1") == first == tried.adapter.ask("k1")
    assert tried.adapter.ask("k2") is None and len(tried.seen()) == 1


def test_a_line_that_was_released_reaches_nobody(tried: Tried) -> None:
    tried.adapter.number(LINE, PHONE)
    tried.adapter.release(LINE)
    tried.adapter.release(LINE)
    with pytest.raises(NotDelivered):
        tried.adapter.send(LINE, "relayed", VALUES, "k1")
    assert tried.seen() == []


# --- The real one -----------------------------------------------------------------------------------------------------


def test_a_wrong_secret_is_told_without_her_phone(settings: Settings, running: Provider) -> None:
    with pytest.raises(NotDelivered, match="HUYING_RELAY_URL, _ID and _SECRET") as told:
        http(settings, running, "another secret of ours").number(LINE, PHONE)
    assert told.value.down and PHONE not in str(told.value) and running.lines == {}


@pytest.mark.parametrize(("status", "fault"), [(503, NotDelivered), (422, Refused), (500, Unsure)])
def test_what_the_relay_answers_is_understood(
    settings: Settings, running: Provider, status: int, fault: type[NotDelivered]
) -> None:
    running.behave(refuse=status)
    with pytest.raises(NotDelivered) as told:
        http(settings, running).number(LINE, PHONE)
    assert type(told.value) is fault


@pytest.mark.parametrize("answered", [PHONE, "", "call us", f"0{PHONE}"])
def test_a_number_that_is_none_or_is_hers_is_not_taken(settings: Settings, running: Provider, answered: str) -> None:
    running.behave(number=answered)
    with pytest.raises(Unsure):
        http(settings, running).number(LINE, PHONE)


def test_a_connection_that_breaks_leaves_it_open(settings: Settings, running: Provider) -> None:
    relay = http(settings, running)
    running.behave(drop="after")
    with pytest.raises(Unsure):
        relay.number(LINE, PHONE)
    assert relay.number(LINE, PHONE) == running.lines[LINE]["number"]
    relay = http(settings, running)  # on a connection of its own: a kept one is tried once more by itself
    running.behave(drop="after")
    with pytest.raises(Unsure):
        relay.send(LINE, "relayed", VALUES, "k1")
    assert relay.ask("k1") is not None and len(running.taken) == 1
