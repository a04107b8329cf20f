"""What can become of a thing that is handed to somebody outside: taken, not taken, never to be taken, or nobody knows."""

from dataclasses import dataclass
from enum import StrEnum


class NotDelivered(Exception):
    """It was not taken, and may be later. The message is for the operator's log and holds no phone number or address.

    `wait`: seconds after which the other side wants to be asked again; `down`: it takes nothing at all at the moment.
    """

    def __init__(self, why: str, *, wait: int = 0, down: bool = False) -> None:
        super().__init__(why)
        self.wait, self.down = wait, down


class Refused(NotDelivered):
    """It will never be taken as it is."""


class Unsure(NotDelivered):
    """It may have been taken or not: the connection broke after it was handed over."""


class CannotAsk(Exception):
    """The other side answers no question about what it was given."""


class Forged(Exception):
    """A report that does not come from whom it should, or is none."""


class Fate(StrEnum):
    """What the other side says became of a message that it took."""

    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """A provider's word on one message: our key, what became of it, and why (a code, no personal text)."""

    key: str
    fate: Fate
    reason: str
