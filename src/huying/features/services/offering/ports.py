"""What offering needs from outside its room: the register of people. Config names the adapter (settings.PEOPLE_REGISTER)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from huying.base.outside import NotDelivered

__all__ = ["Child", "HoldsPeople", "NotDelivered", "Registered"]


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the register holds it."""

    identity: str
    name: str
    sex: str  # female, male, or '' where it is not known
    born: date


@dataclass(frozen=True, slots=True)
class Registered:
    """Of one living person what was asked for; the rest is empty. `area`: the key of the street she is registered in."""

    born: date | None = None
    name: str = ""
    address: str = ""
    area: str = ""
    children: tuple[Child, ...] = ()


class HoldsPeople(Protocol):
    """人口库: whoever keeps who was born when, whose child somebody is, and where people are registered."""

    def look(self, identities: Sequence[str], kinds: Collection[str], purpose: str) -> Mapping[str, Registered]:
        """Of each identity number that is there, only what `kinds` (birth, children, residence) name.

        `purpose` is the rule: the register writes down why it was asked. Raises NotDelivered where nobody answers.
        """

    def belongs(self, identity: str, name: str, phone: str) -> bool:
        """Whether this number, this name and this phone are one person's. Raises NotDelivered."""
