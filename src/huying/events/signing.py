"""The keys of the log: files in settings.KEYS.

`log-0001.key` signs receipts and checkpoints and is made once. A file with a higher number takes over (`huying log key
--rotate`); the public halves, `log-0001.pub` and so on, stay, because what the old keys signed stays to be verified.
`witness-NAME.pub` is the key of another body whose cosignatures are taken.
"""

import re
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huying.base.faults import ForOperator
from huying.base.files import write_once
from huying.events import notes
from huying.events.notes import LOG, WITNESS, BadNote, Signer, Verifier

_SAFE = re.compile(r"[^A-Za-z0-9.-]+")


class KeyTrouble(ForOperator):
    """A key file that is missing, unreadable or not a key. One line: which file, and what to do."""


def signer() -> Signer:
    """The log's newest key, made when there is none. Raises KeyTrouble."""
    return _signer(Path(settings.KEYS))


def name() -> str:
    """The log's name: the first line of its checkpoints, the same for all its keys."""
    return signer().name


def public_keys() -> list[Verifier]:
    """The log's public keys, newest first. Raises KeyTrouble."""
    signer()
    return [_public(file, LOG) for file in sorted(Path(settings.KEYS).glob("log-*.pub"), reverse=True)]


def witnesses() -> list[Verifier]:
    """The witnesses whose cosignatures are taken. Raises KeyTrouble."""
    return [_public(file, WITNESS) for file in sorted(Path(settings.KEYS).glob("witness-*.pub"))]


def rotate() -> Signer:
    """A new key of the same name takes over; the old one's public half stays. Raises KeyTrouble."""
    folder = Path(settings.KEYS)
    old = signer()
    number = int(_newest(folder).stem.removeprefix("log-")) + 1
    _make(folder / f"log-{number:04d}.key", Signer.new(old.name, LOG))
    forget()
    return signer()


def trust(key: Verifier) -> Path:
    """Take cosignatures of this witness from now on; the file that says so. Raises BadNote for a key that is no witness's."""
    if key.kind != WITNESS:
        raise BadNote(f"{key.name}: this is the key of a log, not of a witness")
    file = Path(settings.KEYS) / f"witness-{_SAFE.sub('-', key.name)}-{key.hash.hex()}.pub"
    _write(file, f"{key}\n", 0o644)
    return file


def forget() -> None:
    """Read the files anew: after a key was added, and in tests."""
    _signer.cache_clear()


@lru_cache(maxsize=4)
def _signer(folder: Path) -> Signer:
    file = _newest(folder)
    if not file.exists():
        _make(file, Signer.new(settings.LOG_NAME or f"huying-{secrets.token_hex(4)}", LOG))
    found = _signer_in(file)
    _write(file.with_suffix(".pub"), f"{found.verifier}\n", 0o644)  # again, where somebody has removed it
    return found


def _newest(folder: Path) -> Path:
    return max(folder.glob("log-*.key"), default=folder / "log-0001.key")


def _make(file: Path, fresh: Signer) -> None:
    _write(file, f"{fresh}\n", 0o600)


def _write(file: Path, text: str, mode: int) -> None:
    if file.exists():
        return
    try:
        write_once(file, text.encode(), mode)
    except OSError as fault:
        raise KeyTrouble(f"{file}: cannot be made ({fault.strerror}). Name a folder you may write in HUYING_DATA.") from fault


def _signer_in(file: Path) -> Signer:
    try:
        found = notes.parse_signer(_read(file))
    except BadNote as fault:
        raise KeyTrouble(f"{file}: is not a key ({fault}). Put the file back from the backup.") from fault
    if found.kind != LOG:
        raise KeyTrouble(f"{file}: is not a log's key. Put the file back from the backup.")
    return found


def _public(file: Path, kind: int) -> Verifier:
    try:
        found = notes.parse_key(_read(file))
    except BadNote as fault:
        raise KeyTrouble(f"{file}: is not a public key ({fault}). Put the file back from the backup.") from fault
    if found.kind != kind:
        raise KeyTrouble(f"{file}: is a key of another kind. Remove it, or put back the right one.")
    return found


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no text"
        raise KeyTrouble(f"{file}: cannot be read ({reason}). Let this user read it.") from fault
