"""Personal data: cut out of text, sealed under a key per party, found again by a keyed hash. Nothing here is ever logged."""

import hmac

from huying.people import keys
from huying.people.cutting import Cut, begun, cut, holed, restore, shortened
from huying.people.keys import CannotOpen, KeyTrouble
from huying.people.models import Party

__all__ = [
    "CannotOpen",
    "Cut",
    "Erased",
    "KeyTrouble",
    "begun",
    "cut",
    "holed",
    "mac",
    "phone_mac",
    "phone_macs",
    "restore",
    "seal",
    "seal_bytes",
    "seal_for",
    "seal_under",
    "shortened",
    "unseal",
    "unseal_bytes",
    "unseal_for",
    "unseal_under",
]


class Erased(CannotOpen):
    """The party's data key was destroyed: what was sealed under it is gone for good."""


def seal(party: Party, text: str) -> bytes:
    """The text as only this party's data key opens it. The party may be unsaved. Raises Erased, KeyTrouble."""
    return _key(party).close(text.encode(), _context(party))


def unseal(party: Party, sealed: bytes | memoryview) -> str:
    """What was sealed for this party. Raises CannotOpen (another's, or changed), Erased, KeyTrouble."""
    return _key(party).open(bytes(sealed), _context(party)).decode()


def seal_bytes(party: Party, data: bytes) -> bytes:
    """A file as only this party's data key opens it. Raises Erased, KeyTrouble."""
    return _key(party).close(data, _context(party))


def unseal_bytes(party: Party, sealed: bytes) -> bytes:
    """The file that was sealed for this party. Raises CannotOpen, Erased, KeyTrouble."""
    return _key(party).open(sealed, _context(party))


def seal_for(use: str, text: str) -> bytes:
    """A short-lived text of no party yet (a phone number between two pages), under a key of the house. `use` separates uses."""
    return keys.passing_key().close(text.encode(), b"use:" + use.encode())


def unseal_for(use: str, sealed: bytes) -> str:
    """What was sealed for that use. Raises CannotOpen."""
    return keys.passing_key().open(sealed, b"use:" + use.encode()).decode()


def seal_under(wrapped: bytes, use: str, text: str) -> bytes:
    """A text of no party that is kept (a factor's secret), under the data key that its row holds. Raises KeyTrouble."""
    return keys.data_key(wrapped).close(text.encode(), b"use:" + use.encode())


def unseal_under(wrapped: bytes, use: str, sealed: bytes) -> str:
    """What was sealed under that data key for that use. Raises CannotOpen, KeyTrouble."""
    return keys.data_key(wrapped).open(sealed, b"use:" + use.encode()).decode()


def phone_mac(phone: str) -> bytes:
    """What a phone number (11 digits, see parties.normal_phone) is kept by: 32 bytes, useless without the key."""
    return phone_macs(phone)[0]


def phone_macs(phone: str) -> list[bytes]:
    """What it is looked up by while keys change: under every phone key there is, the newest first."""
    return [hmac.digest(key, f"phone|{phone}".encode(), "sha256") for key in keys.phone_keys()]


def mac(use: str, text: str) -> bytes:
    """A keyed hash of 32 bytes, for what must be recognised and never read back (a phone, an address). `use` separates uses."""
    return hmac.digest(keys.first_mac_key(), f"{use}|{text}".encode(), "sha256")


def _key(party: Party) -> keys.Key:
    if party.data_key is None:
        raise Erased("the key of this party was destroyed")
    return keys.data_key(bytes(party.data_key))


def _context(party: Party) -> bytes:
    return b"party:" + party.token.encode()
