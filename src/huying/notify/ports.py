"""What notify needs from outside its room. Config names the adapters by dotted path (settings.PARTIES, settings.MAIL)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from huying.base.outside import CannotAsk, Forged, NotDelivered, Refused, Unsure
from huying.people.models import Party

__all__ = [
    "About",
    "CannotAsk",
    "Forged",
    "Heard",
    "HearingRelay",
    "Letter",
    "Mail",
    "NotDelivered",
    "Parties",
    "Refused",
    "Relay",
    "SentLetter",
    "ShownMail",
    "Unsure",
]


@dataclass(frozen=True, slots=True)
class About:
    """All that may be said of a call or an offer, and to whom. There is no field for the matter, and there shall be none."""

    party: Party
    number: str
    kind: str  # appeal, service, offer: by which noun it is called
    who: str  # the short name of the body that has it now, or answered it
    by: datetime | None  # until when an answer is promised; of an answered call until when her word is asked for
    address: str  # on the portal
    urgent: bool  # life is in danger: told at any hour
    acts: bool = False  # the party is not whose call it is, but who acts for her


class Parties(Protocol):
    """Which call belongs to which party: notify knows the log, and the log has no names."""

    def about(self, calls: Collection[int]) -> Mapping[int, Sequence[About]]:
        """Of each call what may be said to its party, and to who acts for her now. An erased party's are left out."""

    def offered(self, offers: Collection[int]) -> Mapping[int, About]:
        """Of each offer that still waits for its party's word. It has no number, and nobody has it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as it leaves: plain text. Raises ValueError for a line break where a header would be forged by it."""

    to: str
    subject: str
    text: str
    key: str  # becomes its Message-ID: two that arrive under one key are shown as one by whoever reads them

    def __post_init__(self) -> None:
        if any(ord(c) < 32 for c in self.to + self.subject + self.key):
            raise ValueError("a line break in an address, a subject or a key")


class Mail(Protocol):
    """Sends e-mail."""

    def send(self, letter: Letter) -> str:
        """Hand a letter over; what the server says it calls it.

        Raises NotDelivered (not taken, and may be later), Refused (never will be), Unsure (nobody knows).
        """

    def ask(self, key: str) -> str | None:
        """As people.ports.Texts.ask. A mail server cannot be asked: raises CannotAsk."""


class Relay(Protocol):
    """Numbers that stand in for callers' own. A line is one voice's, by a name of ours that says nothing of her."""

    def number(self, line: str, phone: str) -> str:
        """The number by which the line's phone (11 digits) is reached; asked again, the same one.

        Raises NotDelivered, Refused, Unsure (it may have been made, and may be asked for again).
        """

    def send(self, line: str, template: str, values: Mapping[str, str], key: str) -> str:
        """As people.ports.Texts.send, from the line's number, so that she can answer it."""

    def ask(self, key: str) -> str | None:
        """As people.ports.Texts.ask."""

    def release(self, line: str) -> None:
        """Forget the line and her phone. One that is not there is released. Raises NotDelivered."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What she answered to a line's number; `key` is the provider's: told twice, it is one answer."""

    line: str
    text: str
    key: str


@runtime_checkable
class HearingRelay(Relay, Protocol):
    """A relay that tells what she answers, at an address of ours."""

    def heard(self, headers: Mapping[str, str], body: bytes) -> Heard:
        """What it tells. Raises Forged when it was not the provider who said so."""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """An e-mail as the demo shows it."""

    letter: Letter
    at: datetime


@runtime_checkable
class ShownMail(Mail, Protocol):
    """An adapter that delivers nothing and shows instead what it was given: for the demo alone."""

    def recent(self) -> Sequence[SentLetter]:
        """The last letters, newest first."""
