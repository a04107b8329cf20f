"""Check a receipt offline: every promise in it by itself, so that a broken one is told by its name."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import msgspec

from huying.events import canonical, merkle, notes
from huying.events.notes import LOG, Checkpoint, Verifier
from huying.events.receipt_form import ReceiptFile, ShownFact
from huying.events.receipts import TYPE, WITHIN_SECONDS

NEVER = datetime.max.replace(tzinfo=UTC)  # then every time to prove is over


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise of the receipt: what it is, whether it is kept, and a word for how (the command says it in sentences)."""

    what: str  # form, signature, facts, content, inclusion, checkpoint, witness, photo, answer
    kept: bool
    how: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Wanted:
    """What the receipt is held against: the log's keys, witnesses that must have signed, photos, the moment it is now."""

    keys: Sequence[Verifier]
    witnesses: Sequence[Verifier] = ()
    photos: Path | None = None
    now: datetime = NEVER


def check(data: bytes, wanted: Wanted) -> list[Finding]:
    """Every finding about a receipt file; it is good when all are kept."""
    try:
        plain = canonical.decode(data)
        file = msgspec.convert(plain, ReceiptFile, strict=True)
        if file.promise.type != TYPE or not file.promise.leaves or len(file.facts) < len(file.promise.leaves):
            raise ValueError(f"no {TYPE}")
        moments = _moments(file)
    except (ValueError, msgspec.ValidationError) as fault:
        return [Finding("form", False, "malformed", {"why": str(fault)})]
    checks: list[Callable[..., Iterator[Finding]]] = [_signature, _facts, _content, _inclusion, _witnesses, _photos, _answer]
    subject = _Subject(file, plain["promise"], moments, wanted)
    return [Finding("form", True, "canonical"), *(finding for one in checks for finding in one(subject))]


@dataclass(slots=True)
class _Subject:
    """A receipt being checked."""

    file: ReceiptFile
    plain: dict[str, Any]  # the promise as it stood in the file
    moments: tuple[datetime, datetime | None]  # received, answer promised by
    wanted: Wanted

    @property
    def log_keys(self) -> list[Verifier]:
        return [key for key in self.wanted.keys if key.kind == LOG and key.name == self.file.promise.log]


def _moments(file: ReceiptFile) -> tuple[datetime, datetime | None]:
    """When it was received, and by when an answer is promised. Raises ValueError."""
    received = datetime.fromisoformat(file.promise.received_at)
    by = datetime.fromisoformat(file.promise.answer_by) if file.promise.answer_by else None
    if received.tzinfo is None or (by and by.tzinfo is None):
        raise ValueError("a moment without its zone")
    return received, by


def _signature(receipt: _Subject) -> Iterator[Finding]:
    file = receipt.file
    key = next((key for key in receipt.log_keys if str(key) == file.key), None)
    if key is None:
        yield Finding("signature", False, "stranger", {"key": file.key})
        return
    signature = _unhex(file.signature, 64)
    holds = signature is not None and key.holds(signature, canonical.encode(receipt.plain))
    yield Finding("signature", holds, "signed" if holds else "forged", {"key": key.name})


def leaf_of(shown: ShownFact) -> bytes | None:
    """The commitment that a fact and its salt make; None when the salt is none."""
    salt = _unhex(shown.salt, 16)
    fact = canonical.encode(msgspec.structs.asdict(shown.fact))
    return None if salt is None else merkle.leaf_hash(salt + fact)


def _facts(receipt: _Subject) -> Iterator[Finding]:
    """The facts are those that were promised, and the promise says what they say."""
    promise, facts = receipt.file.promise, receipt.file.facts
    for leaf, shown in zip(promise.leaves, facts, strict=False):
        if (made := leaf_of(shown)) is None or made.hex() != leaf:
            yield Finding("facts", False, "leaf", {"name": shown.fact.name})
            return
    differing = sorted(_differing(receipt))
    yield Finding("facts", not differing, "differ" if differing else "committed", {"fields": ", ".join(differing)})


def _differing(receipt: _Subject) -> set[str]:
    promise, (received, by) = receipt.file.promise, receipt.moments
    opened, made = _body(receipt, "call.opened"), _body(receipt, "promise.made")
    first = receipt.file.facts[0].fact
    told = {
        "received_at": first.name == "call.opened" and first.at == f"{received.timestamp():.6f}",
        "kind": opened.get("kind") == promise.kind,
        "sort": opened.get("sort") == promise.sort,
        "area": opened.get("area") == promise.area,
        "content": opened.get("content", "") == promise.content,
        "photos": opened.get("photos") == len(promise.photos),
        "answer_by": by is None or made.get("due") == int(by.timestamp()),
    }
    call = opened.get("call")
    for shown in receipt.file.facts:
        told[shown.fact.name] = _parsed(shown.fact.body).get("call") == call
    return {name for name, same in told.items() if not same}


def _content(receipt: _Subject) -> Iterator[Finding]:
    file = receipt.file
    if file.content is None:
        yield Finding("content", True, "left out")
        return
    salt = _unhex(file.facts[0].salt, 16) or b""
    made = canonical.commitment(salt, {**msgspec.structs.asdict(file.content), "photos": file.promise.photos})
    yield Finding("content", made == file.promise.content, "hers" if made == file.promise.content else "changed")


def _inclusion(receipt: _Subject) -> Iterator[Finding]:
    """Every fact is in the tree that the log has signed; or there is still time."""
    file = receipt.file
    if file.checkpoint is None:
        if file.witnesses or any(f.index is not None or f.proof is not None for f in file.facts) or _extra(file):
            yield Finding("inclusion", False, "half")
            return
        overdue = (receipt.wanted.now - receipt.moments[0]).total_seconds() > WITHIN_SECONDS
        yield Finding("inclusion", not overdue, "overdue" if overdue else "soon")
        return
    checkpoint = _checkpoint(receipt)
    if checkpoint is None:
        yield Finding("checkpoint", False, "unsigned")
        return
    for shown in file.facts:
        leaf, proof = leaf_of(shown), [_unhex(step, 32) for step in shown.proof or []]
        led = None
        if leaf and shown.index is not None and shown.proof is not None and None not in proof:
            led = merkle.root_of_inclusion(leaf, shown.index, checkpoint.size, [p for p in proof if p])
        if led != checkpoint.root:
            yield Finding("inclusion", False, "not there", {"name": shown.fact.name})
            return
    places = {"place": (file.facts[0].index or 0) + 1, "size": checkpoint.size}
    yield Finding("checkpoint", True, "signed", places)
    yield Finding("inclusion", True, "there", places)


def _extra(file: ReceiptFile) -> bool:
    """Facts beyond those that the promise names must be proven."""
    return len(file.facts) > len(file.promise.leaves)


def _checkpoint(receipt: _Subject) -> Checkpoint | None:
    """The checkpoint, when a key of the log has signed it and nothing else stands on it but the witnesses named."""
    try:
        found = notes.parse_checkpoint(receipt.file.checkpoint or "")
    except notes.BadNote:
        return None
    signed = any(found.signature_of(key) == found.signatures[0] for key in receipt.log_keys)
    whole = len(found.signatures) == 1 + len(receipt.file.witnesses)
    return found if signed and whole and found.origin == receipt.file.promise.log else None


def _witnesses(receipt: _Subject) -> Iterator[Finding]:
    file, told = receipt.file, set()
    for text, line in zip(file.witnesses, _lines(file), strict=False):
        try:
            key = notes.parse_key(text)
        except notes.BadNote:
            key = None
        if key is None or str(key) != text or _note(file).signature_of(key) != line:
            yield Finding("witness", False, "forged", {"key": text})
            return
        told.add(text)
        yield Finding("witness", True, "signed", {"key": key.name, "at": _day(notes.time_of(line))})
    for wanted in receipt.wanted.witnesses:
        if str(wanted) not in told:
            yield Finding("witness", False, "absent", {"key": wanted.name})


def _lines(file: ReceiptFile) -> tuple[notes.Signature, ...]:
    return _note(file).signatures[1:] if file.checkpoint else ()


def _note(file: ReceiptFile) -> Checkpoint:
    """The checkpoint; an empty one where it is none, which was told already."""
    try:
        return notes.parse_checkpoint(file.checkpoint or "")
    except notes.BadNote:
        return Checkpoint("", 0, b"")


def _photos(receipt: _Subject) -> Iterator[Finding]:
    """Each photo of the receipt is in the folder, unchanged."""
    folder, hashes = receipt.wanted.photos, receipt.file.promise.photos
    if folder is None:
        return
    there = {hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()}
    for sha256 in hashes:
        yield Finding("photo", sha256 in there, "same" if sha256 in there else "absent", {"sha256": sha256[:12]})


def _answer(receipt: _Subject) -> Iterator[Finding]:
    """What became of the promised answer, as far as the log had come when the file was made."""
    received, by = receipt.moments
    met, broken = _body(receipt, "promise.met"), _body(receipt, "promise.broken")
    late = bool(met.get("late") or broken)
    due = met.get("due") or broken.get("due") or (int(by.timestamp()) if by else 0)
    how = "late" if met and late else "kept" if met else "broken" if broken else "waiting" if by else "none"
    yield Finding("answer", not late, how, {"by": _day(due, received.tzinfo) if due else ""})


def _body(receipt: _Subject, name: str) -> dict[str, Any]:
    found = next((f.fact.body for f in receipt.file.facts if f.fact.name == name), "{}")
    return _parsed(found)


def _parsed(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _day(seconds: int, zone: tzinfo | None = UTC) -> str:
    try:
        return datetime.fromtimestamp(seconds, zone).strftime("%Y-%m-%d %H:%M %Z")
    except (OverflowError, ValueError, OSError):
        return str(seconds)


def _unhex(text: str, length: int) -> bytes | None:
    """Bytes of lower-case hexadecimals; None for what would be written otherwise."""
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        return None
    return raw if raw.hex() == text and len(raw) == length else None
