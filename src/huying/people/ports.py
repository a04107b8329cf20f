"""What people needs from the outside world. Config names the adapters by dotted path (settings.TEXTS)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from huying.base.faults import ForOperator
from huying.base.outside import CannotAsk, Forged, NotDelivered, Refused, Report, Unsure

__all__ = [
    "ID_BYTES",
    "KEY_BYTES",
    "CannotAsk",
    "CannotOpen",
    "Forged",
    "Keeper",
    "KeyTrouble",
    "NotDelivered",
    "Refused",
    "Report",
    "ReportedTexts",
    "SentText",
    "ShownTexts",
    "Texts",
    "Unsure",
    "key_id",
]


KEY_BYTES = 32
ID_BYTES = 4


class KeyTrouble(ForOperator):
    """A key that is missing, unreadable or not a key. One line: which file, and what to do."""


class CannotOpen(ValueError):
    """A ciphertext that this key does not open: another party's, or changed."""


def key_id(sealed: bytes) -> bytes:
    """The id of the key that made this ciphertext."""
    return sealed[1 : 1 + ID_BYTES]


class Keeper(Protocol):
    """Holds the city's key, and wraps the data keys of parties with it. Each method raises KeyTrouble.

    A wrapped key is one byte that names the way, four that name the city's key, and what only the keeper reads.
    """

    def newest(self) -> bytes:
        """The four bytes that name the key which wraps now."""

    def wrap(self, raw: bytes) -> bytes:
        """A data key of 32 bytes, wrapped by the newest key."""

    def unwrap(self, wrapped: bytes) -> bytes:
        """The data key. Raises CannotOpen where it was changed."""

    def renew(self) -> bytes:
        """Make a new key that wraps from now on; the old ones still unwrap. The four bytes that name it."""

    def retire(self, gone: bytes) -> None:
        """Destroy an old key: what it wrapped, in old backups too, can be read by nobody any more."""


class Texts(Protocol):
    """Sends text messages. Providers want a template known to them, filled with values; the template's name is ours."""

    def send(self, phone: str, template: str, values: Mapping[str, str], key: str) -> str:
        """Hand one message over for a phone of 11 digits; what the provider calls it.

        `key` is ours: two handed over under one key are one message, where the provider can keep to that.
        Raises NotDelivered (it did not take it, and may later), Refused (it never will), Unsure (nobody knows).
        """

    def ask(self, key: str) -> str | None:
        """What the provider calls the message of that key; None when it has none.

        Raises CannotAsk where a provider answers no such question, NotDelivered when it does not answer now.
        """


@runtime_checkable
class ReportedTexts(Texts, Protocol):
    """A provider that tells afterwards what became of a message, at an address of ours."""

    def report(self, headers: Mapping[str, str], body: bytes) -> Report:
        """What it tells. Raises Forged when it was not the provider who said so, or it is not a report."""


@dataclass(frozen=True, slots=True)
class SentText:
    """A text message as the demo shows it."""

    phone: str
    template: str
    values: Mapping[str, str]
    at: datetime


@runtime_checkable
class ShownTexts(Texts, Protocol):
    """An adapter that delivers nothing and shows instead what it was given: for the demo alone."""

    def recent(self) -> Sequence[SentText]:
        """The last messages, newest first."""
