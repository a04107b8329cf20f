"""Signed notes and checkpoints in the forms of C2SP: signed-note, tlog-checkpoint and cosignature/v1. Plain Python.

A key is told as `name+hash+base64`, whose hash stands at the head of each of its signatures. All are Ed25519.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from huying.events.merkle import HASH_BYTES

LOG, WITNESS = 1, 4  # signature types of signed-note: Ed25519 over the text; cosignature/v1 with its time
MOST_BYTES = 64 * 1024
_NAME = re.compile(r"[^\s+]{1,200}")
_SIGNED = re.compile(r"— ([^\s+]{1,200}) ([A-Za-z0-9+/=]{8,400})")
_PRIVATE = "PRIVATE+KEY+"


class BadNote(ValueError):
    """This is no signed note, no checkpoint or no key; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name; `kind` is LOG or WITNESS."""

    name: str
    kind: int
    raw: bytes

    @property
    def hash(self) -> bytes:
        """The four bytes that stand at the head of its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{_b64(bytes([self.kind]) + self.raw)}"

    def holds(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature (64 bytes) over the message is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name."""

    name: str
    kind: int
    seed: bytes

    @classmethod
    def new(cls, name: str, kind: int) -> "Signer":
        """A fresh key. Raises BadNote for a name with white space or a plus sign."""
        if not _NAME.fullmatch(name):
            raise BadNote(f"{name!r}: a key's name has neither white space nor a plus sign")
        return cls(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return Verifier(self.name, self.kind, public.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message always gets the same."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def __str__(self) -> str:
        # the form in which files keep it; nobody prints it
        return f"{_PRIVATE}{self.name}+{self.verifier.hash.hex()}+{_b64(bytes([self.kind]) + self.seed)}"

    __repr__ = object.__repr__  # a traceback must not tell the seed


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note."""

    name: str
    hash: bytes
    blob: bytes  # what follows the key's hash: 64 bytes, or 8 of time and 64

    def __str__(self) -> str:
        return f"— {self.name} {_b64(self.hash + self.blob)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree's size and root under the name of its log, with who signed it."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)

    def signed(self, signer: Signer, time: int = 0) -> Signature:
        """The line by which a log or, at a `time` in seconds since 1970, a witness signs it."""
        stamp = b"" if signer.kind == LOG else time.to_bytes(8, "big")
        return Signature(signer.name, signer.verifier.hash, stamp + signer.sign(_message(self.text, signer.kind, stamp)))

    def with_signatures(self, signatures: Iterable[Signature]) -> "Checkpoint":
        """The same with these signatures."""
        return Checkpoint(self.origin, self.size, self.root, tuple(signatures))

    def signature_of(self, key: Verifier) -> Signature | None:
        """The line of this key that holds, or None. A line that names the key and does not hold is none."""
        return next((s for s in self.signatures if _holds(self.text, s, key)), None)


def time_of(signature: Signature) -> int:
    """When a witness signed, in seconds since 1970."""
    return int.from_bytes(signature.blob[:8], "big")


def parse_checkpoint(note: str) -> Checkpoint:
    """A checkpoint from its signed note. Raises BadNote: anything that would not be written the same way again is refused."""
    if len(note) > MOST_BYTES:
        raise BadNote("too long for a checkpoint")
    text, _blank, tail = note.partition("\n\n")
    lines = text.split("\n")
    if len(lines) != 3 or not lines[1].isascii() or not lines[1].isdigit() or len(lines[1]) > 18:
        raise BadNote("a checkpoint has three lines: the log's name, its size, its root")
    signatures = tuple(map(parse_signature, tail.removesuffix("\n").split("\n")))
    found = Checkpoint(lines[0], int(lines[1]), _hash(lines[2]), signatures)
    if str(found) != note:
        raise BadNote("it would be written in another way")
    return found


def parse_key(text: str) -> Verifier:
    """A public key from `name+hash+base64`. Raises BadNote."""
    name, _plus, rest = text.strip().partition("+")
    given, _plus, encoded = rest.partition("+")
    raw = _unb64(encoded)
    if not _NAME.fullmatch(name) or len(raw) != 1 + HASH_BYTES or raw[0] not in (LOG, WITNESS):
        raise BadNote("a key is written as name+hash+base64")
    key = Verifier(name, raw[0], raw[1:])
    if key.hash.hex() != given:
        raise BadNote(f"{name}: the key's hash is not {given}: it was copied wrongly")
    return key


def parse_signer(text: str) -> Signer:
    """A private key as a file keeps it. Raises BadNote."""
    body = text.strip()
    name, _plus, rest = body.removeprefix(_PRIVATE).partition("+")
    raw = _unb64(rest.partition("+")[2])
    if not body.startswith(_PRIVATE) or len(raw) != 1 + HASH_BYTES or raw[0] not in (LOG, WITNESS):
        raise BadNote("no private key")
    signer = Signer(name, raw[0], raw[1:])
    if str(signer) != body:
        raise BadNote("the key does not fit its hash")
    return signer


def _holds(text: str, signature: Signature, key: Verifier) -> bool:
    if signature.name != key.name or signature.hash != key.hash:
        return False
    at = 0 if key.kind == LOG else 8
    return len(signature.blob) == at + 64 and key.holds(signature.blob[at:], _message(text, key.kind, signature.blob[:at]))


def _message(text: str, kind: int, stamp: bytes) -> bytes:
    head = "" if kind == LOG else f"cosignature/v1\ntime {int.from_bytes(stamp, 'big')}\n"
    return (head + text).encode()


def parse_signature(line: str) -> Signature:
    """One signature line. Raises BadNote."""
    found = _SIGNED.fullmatch(line)
    blob = _unb64(found[2]) if found else b""
    if found is None or len(blob) not in (4 + 64, 4 + 8 + 64):
        raise BadNote("a line below the blank one is no signature")
    return Signature(found[1], blob[:4], blob[4:])


def _hash(text: str) -> bytes:
    raw = _unb64(text)
    if len(raw) != HASH_BYTES:
        raise BadNote("the root is no SHA-256")
    return raw


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes:
    """Strictly: what would be written otherwise is refused, so that no two texts mean the same."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("no base64") from None
    if _b64(raw) != text:
        raise BadNote("no base64 as it is written")
    return raw
