"""The register of people, asked through its port. Who asks has written the look down before."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from huying.features.services.offering.ports import HoldsPeople, NotDelivered, Registered

# One figure of a number's check (GB 11643, ISO 7064 MOD 11-2).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def attached() -> bool:
    """Whether the city has attached a register of people at all."""
    return bool(settings.PEOPLE_REGISTER)


def look(identities: Sequence[str], kinds: Collection[str], purpose: str) -> Mapping[str, Registered]:
    """As the port. Raises NotDelivered, also where none is attached."""
    return _register(settings.PEOPLE_REGISTER).look(identities, kinds, purpose)


def belongs(identity: str, name: str, phone: str) -> bool:
    """As the port. Raises NotDelivered, also where none is attached."""
    return _register(settings.PEOPLE_REGISTER).belongs(identity, name, phone)


def plain_identity(text: str) -> str:
    """An identity number as it stands in registers: without blanks, half-width, X in capitals."""
    folded = text.translate({0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "X"})
    return "".join(folded.split()).upper()


def is_identity(text: str) -> bool:
    """Whether it is an identity number of 18 figures whose last agrees with the others."""
    return len(text) == 18 and text[:17].isascii() and text[:17].isdigit() and text[17] == check_figure(text)


def check_figure(text: str) -> str:
    """The last figure of a number that begins with these 17."""
    return _CHECKS[sum(weight * int(figure) for weight, figure in zip(_WEIGHTS, text[:17], strict=True)) % 11]


def forget() -> None:
    """Make the adapter anew: after its settings changed, in tests."""
    _register.cache_clear()


@lru_cache(maxsize=2)
def _register(path: str) -> HoldsPeople:
    if not path:
        raise NotDelivered("no register of people is attached: name its file in HUYING_PEOPLE", down=True)
    return cast(HoldsPeople, import_string(path)())
