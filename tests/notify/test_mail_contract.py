"""What every adapter for e-mail must do, tried on each of them; the real one against a real mail server process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from huying.base.gateway import MailServer
from huying.notify import ways
from huying.notify.ports import CannotAsk, Letter, Mail, NotDelivered, Refused, Unsure
from tests.notify import servers
from tests.notify.servers import MailBox

pytestmark = pytest.mark.once
PASSWORD = "a mail password: %40"
LETTER = Letter("li@mail.example", "您的诉求 4821 9037 5516 有新进展", "您的诉求有答复了。\n请看：https://city.example/", "k1")


@dataclass
class Tried:
    """An adapter, and a way to see from the other side what it delivered: (to, subject, text)."""

    adapter: Mail
    seen: Callable[[], list[tuple[str, str, str]]]


def smtp(settings: Settings, box: MailBox, **changes: Any) -> Mail:
    """The real adapter, towards a mail server."""
    made: dict[str, Any] = {"scheme": "smtp+starttls", "host": "127.0.0.1", "port": box.port, "user": "huying"}
    made |= {"password": PASSWORD, "sender": "city@city.example"} | changes
    settings.MAIL, settings.MAIL_SERVER = "huying.adapters.smtp_mail.SmtpMail", MailServer(**made)
    settings.CA = str(box.folder / "ca.pem")
    ways.forget()
    return ways.mail()


@pytest.fixture
def box() -> Iterator[MailBox]:
    with servers.mail_box() as running:
        yield running


@pytest.fixture(params=["smtp", "demo"])
def tried(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Tried]:
    """Each adapter in turn."""
    settings.DATA = tmp_path
    if request.param == "demo":
        settings.DEMO, settings.MAIL = True, "huying.adapters.demo_mail.DemoMail"
        ways.forget()
        shown: Any = ways.mail()
        yield Tried(shown, lambda: [(s.letter.to, s.letter.subject, s.letter.text) for s in reversed(shown.recent())])
    else:
        with servers.mail_box() as box:
            adapter = smtp(settings, box)
            yield Tried(adapter, lambda: [(row["to"][0], row["subject"], row["text"].rstrip()) for row in box.letters])
    ways.forget()


def test_a_letter_arrives_as_it_was_written(tried: Tried) -> None:
    tried.adapter.send(LETTER)
    assert tried.seen() == [(LETTER.to, LETTER.subject, LETTER.text)]


def test_several_letters_are_several(tried: Tried) -> None:
    for key in ("k1", "k2"):
        tried.adapter.send(Letter(LETTER.to, LETTER.subject, LETTER.text, key))
    assert len(tried.seen()) == 2


def test_what_it_was_given_it_says_or_refuses_to_be_asked(tried: Tried) -> None:
    tried.adapter.send(LETTER)
    try:
        assert tried.adapter.ask("k1")
        assert tried.adapter.ask("k2") is None
    except CannotAsk:
        assert type(tried.adapter).__name__ == "SmtpMail"


def test_a_line_break_in_an_address_or_subject_goes_nowhere(tried: Tried) -> None:
    with pytest.raises(ValueError, match="line break"):
        tried.adapter.send(Letter("li@mail.example\nBcc: all@mail.example", LETTER.subject, LETTER.text, "k1"))
    assert tried.seen() == []


# --- The real one -----------------------------------------------------------------------------------------------------


def test_it_goes_encrypted_signed_in_and_under_our_key(settings: Settings, box: MailBox) -> None:
    smtp(settings, box).send(LETTER)
    (row,) = box.letters
    assert row["tls"]
    assert (row["message-id"], row["from"]) == ("<k1@city.example>", "city@city.example")


def test_a_letter_that_is_sent_again_has_the_same_message_id(settings: Settings, box: MailBox) -> None:
    adapter = smtp(settings, box)
    adapter.send(LETTER)
    adapter.send(LETTER)
    assert len({row["message-id"] for row in box.letters}) == 1


def test_a_wrong_password_is_told_and_is_no_fault_of_the_letter(settings: Settings, box: MailBox) -> None:
    with pytest.raises(NotDelivered, match="check HUYING_MAIL") as told:
        smtp(settings, box, password="another").send(LETTER)
    assert told.value.down
    assert "another" not in str(told.value)


def test_an_address_that_does_not_exist_is_refused_for_good_and_not_repeated(settings: Settings, box: MailBox) -> None:
    box.behave("refuse-address")
    with pytest.raises(Refused, match="550") as told:
        smtp(settings, box).send(LETTER)
    assert "li@" not in str(told.value)


def test_a_busy_server_is_tried_again_later(settings: Settings, box: MailBox) -> None:
    adapter = smtp(settings, box)
    box.behave("busy")
    with pytest.raises(NotDelivered) as told:
        adapter.send(LETTER)
    assert type(told.value) is NotDelivered
    adapter.send(LETTER)
    assert len(box.letters) == 1


def test_a_connection_that_breaks_after_the_letter_leaves_it_open(settings: Settings, box: MailBox) -> None:
    adapter = smtp(settings, box)
    box.behave("drop-after-data")
    with pytest.raises(Unsure):
        adapter.send(LETTER)
    assert len(box.letters) == 1


def test_a_connection_that_breaks_before_the_letter_is_not_taken(settings: Settings, box: MailBox) -> None:
    box.behave("drop-before-data")
    with pytest.raises(NotDelivered) as told:
        smtp(settings, box).send(LETTER)
    assert (type(told.value), told.value.down, box.letters) == (NotDelivered, True, [])


def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_letter(settings: Settings, box: MailBox) -> None:
    smtp(settings, box)
    settings.CA = ""
    ways.forget()
    with pytest.raises(NotDelivered, match="SSLCertVerificationError"):
        ways.mail().send(LETTER)
    assert box.letters == []


def test_nobody_there_is_told_as_down(settings: Settings, box: MailBox) -> None:
    adapter = smtp(settings, box)
    box.stop()
    with pytest.raises(NotDelivered) as told:
        adapter.send(LETTER)
    assert told.value.down
