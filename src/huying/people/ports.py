"""What people needs from the outside world. Config names the adapters by dotted path (settings.TEXTS)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable


class NotDelivered(Exception):
    """The text could not be handed over. The message is for the operator's log and holds no phone number."""


class Texts(Protocol):
    """Sends text messages. Providers want a template known to them, filled with values; the template's name is ours."""

    def send(self, phone: str, template: str, values: Mapping[str, str]) -> None:
        """Hand one message over for a phone of 11 digits. Raises NotDelivered."""


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
