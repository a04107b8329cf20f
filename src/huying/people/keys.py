"""The city's keys: files in settings.KEYS, or a key service (settings.KEEPER). All that is sealed needs them (docs/keys.md).

`city-0001.key`, `city-0002.key` … wrap the data keys of the parties: the highest number wraps, the others still unwrap.
`phone.key`, then `phone-0002.key` … make the codes by which a phone number is looked up. Running processes see a new file
at once, because every use looks at the folder's own time stamp.
"""

import base64
import binascii
import hashlib
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.module_loading import import_string

from huying.people.ports import ID_BYTES, KEY_BYTES, CannotOpen, Keeper, KeyTrouble, key_id

__all__ = ["ID_BYTES", "KEY_BYTES", "CannotOpen", "Key", "KeyTrouble", "keeper", "key_id", "new_data_key"]

NONCE_BYTES = 12
REMEMBERED_SECONDS = 300.0  # how long a data key that a service unwrapped stays in memory
AES_256_GCM = b"\x01"  # the first byte of every ciphertext names the cipher: SM4 will be another number


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


def new_data_key() -> bytes:
    """A fresh data key for one party, wrapped by the city's newest key: this is what the party's row holds."""
    return keeper().wrap(secrets.token_bytes(KEY_BYTES))


def data_key(wrapped: bytes) -> Key:
    """The data key in a party's row. Raises KeyTrouble when the city's key that wrapped it is not there."""
    if settings.KEEPER:
        return _unwrapped(wrapped, int(time.monotonic() // REMEMBERED_SECONDS))
    return Key(Files().unwrap(wrapped))


def rewrap(wrapped: bytes) -> bytes:
    """The same data key under the city's newest key. Raises KeyTrouble."""
    held = keeper()
    return held.wrap(held.unwrap(wrapped))


def keeper() -> Keeper:
    """Who holds the city's key: files, or the service that settings.KEEPER names."""
    return _service(settings.KEEPER) if settings.KEEPER else Files()


def passing_key() -> Key:
    """What seals texts that live for minutes and belong to no party yet. Follows from the secret key that signs sessions."""
    return _derived(settings.SECRET_KEY)


def phone_keys() -> list[bytes]:
    """The keys that phone numbers are looked up by, the newest first."""
    return [key.raw for key in reversed(_phones(settings.KEYS, _stamp(settings.KEYS)))]


def first_mac_key() -> bytes:
    """The oldest of them: hashes of what is kept nowhere could not be made anew, so they stay with it."""
    return phone_keys()[-1]


def renew_phone_key() -> None:
    """Make a phone key that is used from now on; the old ones still find. Raises KeyTrouble."""
    _made_once(_next(settings.KEYS, "phone", len(phone_keys())))
    _changed()


class Files:
    """Fulfils ports.Keeper with files in settings.KEYS."""

    def newest(self) -> bytes:
        return city_key().id

    def wrap(self, raw: bytes) -> bytes:
        return city_key().close(raw, b"data key")

    def unwrap(self, wrapped: bytes) -> bytes:
        city = _ring(settings.KEYS, _stamp(settings.KEYS)).get(key_id(wrapped))
        if city is None:
            raise KeyTrouble(f"{settings.KEYS}: no key with the id {key_id(wrapped).hex()}. Put the file back from the backup.")
        return city.open(wrapped, b"data key")

    def renew(self) -> bytes:
        last = int(_city_files(settings.KEYS)[-1].stem.partition("-")[2])
        _made_once(_next(settings.KEYS, "city", last))
        _changed()
        return self.newest()

    def retire(self, gone: bytes) -> None:
        for file in _city_files(settings.KEYS):
            if _read(file).id == gone:
                file.unlink()
        _changed()


def city_key() -> Key:
    """The city's newest key, where it lies in files."""
    return list(_ring(settings.KEYS, _stamp(settings.KEYS)).values())[-1]


def forget() -> None:
    """Read everything anew: for tests, which write over files within one tick of the clock."""
    for cached in (_ring, _phones, _unwrapped, _service, _derived):
        cached.cache_clear()


def _changed() -> None:
    """What this process changes it sees at once, also twice within one tick of the folder's clock."""
    for cached in (_ring, _phones):
        cached.cache_clear()


def _stamp(folder: Path) -> int:
    """Changes whenever a file comes or goes; 0 where the folder is still to be made."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _ring(folder: Path, stamp: int) -> dict[bytes, Key]:
    return {key.id: key for key in map(_read, _city_files(folder))}


@lru_cache(maxsize=4)
def _phones(folder: Path, stamp: int) -> list[Key]:
    return [_read(file) for file in (_made_once(folder / "phone.key"), *sorted(folder.glob("phone-*.key")))]


@lru_cache(maxsize=4096)
def _unwrapped(wrapped: bytes, span: int) -> Key:
    return Key(keeper().unwrap(wrapped))


@lru_cache(maxsize=2)
def _service(path: str) -> Keeper:
    made: Keeper = import_string(path)()
    return made


@lru_cache(maxsize=2)
def _derived(secret: str) -> Key:
    return Key(HKDF(SHA256(), KEY_BYTES, salt=None, info=b"huying passing key").derive(secret.encode()))


def _next(folder: Path, name: str, last: int) -> Path:
    return folder / f"{name}-{last + 1:04d}.key"


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
