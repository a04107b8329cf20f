"""What every adapter for text messages must do, tried on each of them; the real one against a real gateway process."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from huying.base.gateway import TextsGateway
from huying.people import texts
from huying.people.ports import CannotAsk, NotDelivered, Refused, Texts, Unsure
from tests.notify import servers
from tests.notify.servers import SECRET, Provider

pytestmark = pytest.mark.once
PHONE = "13800138000"
VALUES = {"number": "4821 9037 5516", "who": "两江新区城市管理局", "by": "11 月 25 日", "link": "https://city.example/call/4/"}


@dataclass
class Tried:
    """An adapter, and a way to see from the other side what it delivered: (phone, template, values)."""

    adapter: Texts
    seen: Callable[[], list[tuple[str, str, dict[str, Any]]]]


def http(settings: Settings, running: Provider, **changes: Any) -> Texts:
    """The real adapter, towards a gateway."""
    made: dict[str, Any] = {"url": running.url, "account": "city", "secret": SECRET} | changes
    settings.TEXTS, settings.TEXTS_GATEWAY = "huying.adapters.http_texts.HttpTexts", TextsGateway(**made)
    texts.forget()
    return texts.adapter()


def _http(settings: Settings, running: Provider) -> Tried:
    adapter = http(settings, running)
    return Tried(adapter, lambda: [(m["phone"], m["template"], m["values"]) for m in running.taken])


def _demo(settings: Settings) -> Tried:
    settings.DEMO, settings.TEXTS = True, "huying.adapters.demo_texts.DemoTexts"
    texts.forget()
    adapter: Any = texts.adapter()
    return Tried(adapter, lambda: [(t.phone, t.template, dict(t.values)) for t in reversed(adapter.recent())])


@pytest.fixture
def running() -> Iterator[Provider]:
    with servers.provider() as gateway:
        yield gateway


@pytest.fixture(params=["http", "https", "demo"])
def tried(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Tried]:
    """Each adapter in turn."""
    settings.DATA, settings.CA = tmp_path, ""
    if request.param == "demo":
        yield _demo(settings)
    elif request.param == "http":
        with servers.provider() as gateway:
            yield _http(settings, gateway)
    else:
        cert = servers.certificate(tmp_path)
        with servers.provider("--cert", str(cert), tls=True) as gateway:
            settings.CA = str(tmp_path / "ca.pem")
            with trusting(settings.CA):
                yield _http(settings, gateway)
    texts.forget()


@contextmanager
def trusting(ca: str) -> Iterator[None]:
    """This test's own look at the gateway trusts its certificate too, for as long as this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", ca)
        yield


# --- Every adapter ----------------------------------------------------------------------------------------------------


def test_what_is_handed_over_arrives_as_it_was(tried: Tried) -> None:
    assert tried.adapter.send(PHONE, "answered", VALUES, "k1")
    assert tried.seen() == [(PHONE, "answered", VALUES)]


def test_the_same_key_is_the_same_message(tried: Tried) -> None:
    first = tried.adapter.send(PHONE, "answered", VALUES, "k1")
    assert tried.adapter.send(PHONE, "answered", VALUES, "k1") == first
    assert len(tried.seen()) == 1


def test_other_keys_are_other_messages(tried: Tried) -> None:
    for key in ("k1", "k2", "k3"):
        tried.adapter.send(PHONE, "answered", VALUES, key)
    assert len(tried.seen()) == 3


def test_it_says_what_it_has_and_what_not(tried: Tried) -> None:
    given = tried.adapter.send(PHONE, "answered", VALUES, "k1")
    assert tried.adapter.ask("k1") == given
    assert tried.adapter.ask("k2") is None


def test_several_threads_may_send_at_once(tried: Tried) -> None:
    faults: list[Exception] = []

    def send(n: int) -> None:
        try:
            for m in range(3):
                tried.adapter.send(PHONE, "answered", VALUES, f"k{n}-{m}")
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(tried.seen()) == 18


# --- The real one -----------------------------------------------------------------------------------------------------


def test_our_names_of_templates_become_the_providers(settings: Settings, running: Provider) -> None:
    adapter = http(settings, running, templates={"answered": "SMS_1001"}, sign="重庆政务")
    adapter.send(PHONE, "answered", VALUES, "k1")
    assert (running.taken[0]["template"], running.taken[0]["sign"]) == ("SMS_1001", "重庆政务")


def test_a_wrong_secret_is_told_without_the_phone(settings: Settings, running: Provider) -> None:
    with pytest.raises(NotDelivered, match="HUYING_TEXTS_URL, _ID and _SECRET") as told:
        http(settings, running, secret="another secret of ours").send(PHONE, "answered", VALUES, "k1")
    assert told.value.down
    assert PHONE not in str(told.value)
    assert running.taken == []


def test_busy_is_not_taken_and_says_when_to_come_again(settings: Settings, running: Provider) -> None:
    adapter = http(settings, running)
    for status in (429, 503):
        running.behave(refuse=status, retry_after=7)
        with pytest.raises(NotDelivered) as told:
            adapter.send(PHONE, "answered", VALUES, "k1")
        assert (type(told.value), told.value.wait, told.value.down) == (NotDelivered, 7, True)
    assert running.taken == []


def test_what_it_refuses_is_refused_for_good_with_its_reason(settings: Settings, running: Provider) -> None:
    running.behave(refuse=422, error="template_unknown")
    with pytest.raises(Refused, match="422 template_unknown"):
        http(settings, running).send(PHONE, "answered", VALUES, "k1")


def test_a_reason_that_holds_a_phone_is_not_repeated(settings: Settings, running: Provider) -> None:
    running.behave(refuse=400, error=f"bad:{PHONE}")
    with pytest.raises(Refused) as told:
        http(settings, running).send(PHONE, "answered", VALUES, "k1")
    assert PHONE not in str(told.value)


@pytest.mark.parametrize("broken", [{"drop": "after"}, {"drop": "before"}, {"answer": 500}, {"answer": 502}])
def test_a_connection_that_breaks_leaves_it_open_and_the_question_settles_it(
    settings: Settings, running: Provider, broken: dict[str, Any]
) -> None:
    adapter = http(settings, running)
    running.behave(**broken)
    with pytest.raises(Unsure):
        adapter.send(PHONE, "answered", VALUES, "k1")
    assert (adapter.ask("k1") is not None) == (len(running.taken) == 1) == (broken != {"drop": "before"})


def test_a_provider_that_hangs_is_left_after_a_bounded_time(
    settings: Settings, running: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huying.adapters.signed_http.SECONDS", 0.5)
    adapter = http(settings, running)
    running.behave(hang="after", seconds=3)
    with pytest.raises(Unsure, match="TimeoutError"):
        adapter.send(PHONE, "answered", VALUES, "k1")


def test_nobody_there_is_told_as_down(settings: Settings, running: Provider) -> None:
    adapter = http(settings, running)
    adapter.send(PHONE, "answered", VALUES, "k1")
    running.stop()
    for _ in range(2):
        with pytest.raises(NotDelivered) as told:
            adapter.send(PHONE, "answered", VALUES, "k2")
        assert (type(told.value), told.value.down) == (NotDelivered, True)
    running.start()
    assert adapter.send(PHONE, "answered", VALUES, "k2")


def test_a_gateway_that_nobody_vouches_for_gets_nothing(settings: Settings, tmp_path: Path) -> None:
    cert = servers.certificate(tmp_path)
    with servers.provider("--cert", str(cert), tls=True) as gateway:
        settings.CA = ""
        with pytest.raises(NotDelivered, match="SSLCertVerificationError"):
            http(settings, gateway).send(PHONE, "answered", VALUES, "k1")
        with trusting(str(tmp_path / "ca.pem")):
            assert gateway.received()["requests"] == 0


def test_one_that_forgets_cannot_be_asked(settings: Settings) -> None:
    with servers.provider("--forgets") as gateway:
        adapter = http(settings, gateway, asks=False)
        adapter.send(PHONE, "answered", VALUES, "k1")
        with pytest.raises(CannotAsk):
            adapter.ask("k1")
