"""What services need from outside their room. Config names the adapters by dotted path (settings.FILE_SCANNER, REGISTERS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from huying.base.outside import NotDelivered

__all__ = ["Found", "HoldsMaterials", "NotDelivered", "ScansFiles", "Wanted"]


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
