"""The city's keys: files in settings.KEYS, made once. Everything sealed depends on them, so they are backed up with care.

`city-0001.key`, `city-0002.key` … wrap the data keys of the parties: the highest number wraps, the others still unwrap,
so a new key is taken up by putting a file beside the old ones. `phone.key` makes the codes by which a phone number is
looked up, and has no other use.
"""

import base64
import binascii
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from huying.base.faults import ForOperator

KEY_BYTES = 32
ID_BYTES = 4
NONCE_BYTES = 12
AES_256_GCM = b"\x01"  # the first byte of every ciphertext names the cipher: SM4 will be another number


class KeyTrouble(ForOperator):
    """A key that is missing, unreadable or not a key. One line: which file, and what to do."""


class CannotOpen(ValueError):
    """A ciphertext that this key does not open: another party's, or changed."""


@dataclass(frozen=True)
class Key:
    """A key of 32 bytes. `id` (4 bytes of its hash) stands on every ciphertext it makes."""

    raw: bytes

    @cached_property
    def id(self) -> bytes:
        return hashlib.sha256(b"huying key id|" + self.raw).digest()[:ID_BYTES]

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.raw)

    def close(self, plain: bytes, context: bytes) -> bytes:
        """Cipher byte, key id, nonce, ciphertext with its tag. `context` must be given again to open it."""
        nonce = os.urandom(NONCE_BYTES)
        return AES_256_GCM + self.id + nonce + self._cipher.encrypt(nonce, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """What `close` was given. Raises CannotOpen."""
        at = 1 + ID_BYTES
        if sealed[:1] != AES_256_GCM or key_id(sealed) != self.id:
            raise CannotOpen("sealed with another key")
        try:
            return self._cipher.decrypt(sealed[at : at + NONCE_BYTES], sealed[at + NONCE_BYTES :], context)
        except (InvalidTag, ValueError) as fault:
            raise CannotOpen("changed, or sealed for somebody else") from fault


def key_id(sealed: bytes) -> bytes:
    """The id of the key that made this ciphertext."""
    return sealed[1 : 1 + ID_BYTES]


def new_data_key() -> bytes:
    """A fresh data key for one party, wrapped by the city's newest key: this is what the party's row holds."""
    return _newest(settings.KEYS).close(secrets.token_bytes(KEY_BYTES), b"data key")


def data_key(wrapped: bytes) -> Key:
    """The data key in a party's row. Raises KeyTrouble when the city's key that wrapped it is not there."""
    city = _ring(settings.KEYS).get(key_id(wrapped))
    if city is None:
        raise KeyTrouble(f"{settings.KEYS}: no key with the id {key_id(wrapped).hex()}. Put the file back from the backup.")
    return Key(city.open(wrapped, b"data key"))


def city_key() -> Key:
    """The city's newest key."""
    return _newest(settings.KEYS)


def phone_key() -> bytes:
    """The key that phone numbers are looked up by."""
    return _phone(settings.KEYS)


def forget() -> None:
    """Read the files anew: after a key was added, and in tests."""
    for cached in (_ring, _newest, _phone):
        cached.cache_clear()


@lru_cache(maxsize=4)
def _ring(folder: Path) -> dict[bytes, Key]:
    return {key.id: key for key in map(_read, _city_files(folder))}


@lru_cache(maxsize=4)
def _newest(folder: Path) -> Key:
    return _read(_city_files(folder)[-1])


@lru_cache(maxsize=4)
def _phone(folder: Path) -> bytes:
    return _read(_made_once(folder / "phone.key")).raw


def _city_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("city-*.key")) or [_made_once(folder / "city-0001.key")]


def _read(file: Path) -> Key:
    try:
        raw = base64.b64decode(file.read_bytes().strip(), validate=True)
    except OSError as fault:
        raise KeyTrouble(f"{file}: cannot be read ({fault.strerror}). Let this user read it.") from fault
    except binascii.Error as fault:
        raise KeyTrouble(f"{file}: is not a key. Put the file back from the backup.") from fault
    if len(raw) != KEY_BYTES:
        raise KeyTrouble(f"{file}: is not a key. Put the file back from the backup.")
    return Key(raw)


def _made_once(file: Path) -> Path:
    """The file, made with a fresh key when it is missing. Whole or not at all: written aside, then linked into place."""
    if file.exists():
        return file
    aside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):  # another process was first: its key stands
            os.link(aside, file)
    except OSError as fault:
        raise KeyTrouble(f"{file}: cannot be made ({fault.strerror}). Name a folder you may write in HUYING_DATA.") from fault
    finally:
        with suppress(OSError):
            aside.unlink()
    return file
