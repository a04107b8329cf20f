"""What services need from outside their room. Config names the adapters by dotted path (settings.FILE_SCANNER, REGISTERS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from huying.base.outside import NotDelivered

__all__ = ["Found", "HoldsMaterials", "NotDelivered", "Order", "Paid", "ScansFiles", "ShownCashier", "TakesMoney", "Wanted"]


class ScansFiles(Protocol):
    """A scanner for viruses."""

    def scan(self, data: bytes) -> str:
        """What was found in the file, by its name; '' for nothing. Raises NotDelivered where nobody answers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that an item needs: which, for which case, and by which identities of the form whose it is."""

    material: str
    item: str
    case: str  # the public number of the case: whoever keeps the register writes down why it was asked
    identities: Mapping[str, str]  # fields of the form that say who somebody is, by their place of origin (caller.identity)


@dataclass(frozen=True, slots=True)
class Found:
    """A paper as its register holds it: `number`, the day it was issued, and what it says, in words."""

    number: str
    issued: str
    text: str


class HoldsMaterials(Protocol):
    """Whoever keeps papers that the city has already."""

    def fetch(self, wanted: Wanted) -> Found | None:
        """The paper; None where there is none. Raises NotDelivered where nobody answers."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody is to pay: `number` is ours; under it the cashier knows it, however often it is named."""

    number: str
    fen: int  # hundredths of a yuan
    title: str  # what for, as it stands on her statement: no person's name
    payee: str  # the department
    back: str  # the address to which she comes back


@dataclass(frozen=True, slots=True)
class Paid:
    """What the cashier took: his reference, when, and how much."""

    reference: str
    at: datetime
    fen: int


class TakesMoney(Protocol):
    """A cashier for the whole city (收缴平台). Every method may be called again with the same number."""

    def begin(self, order: Order) -> str:
        """The address on which she pays. Raises NotDelivered where nobody answers."""

    def ask(self, number: str) -> Paid | None:
        """What was paid under that number; None where nothing was yet. Raises NotDelivered."""

    def give_back(self, number: str) -> str:
        """Give all of it back; his reference. Raises NotDelivered."""


@runtime_checkable
class ShownCashier(TakesMoney, Protocol):
    """A cashier whose page is one of ours: for the demo alone."""

    def order(self, number: str) -> Order | None:
        """What is to be paid under that number."""

    def confirm(self, number: str) -> None:
        """She pressed the button."""
