"""A witness of another's log: what it saw last, whether the log only grew since, and its signature.

Needs neither database nor settings. In the witness's folder: `witness.key`, `log.pub` (the keys of the log it watches),
`seen` (the last checkpoint that it signed), and `evidence-…` when the log was caught rewriting its past.
"""

import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from huying.base import clock
from huying.base.files import write_once
from huying.events import merkle, notes
from huying.events.notes import LOG, WITNESS, BadNote, Checkpoint, Signer, Verifier

SECONDS = 20
MOST_BYTES = 1 << 20


class Refused(RuntimeError):
    """The witness does not sign; the message says why."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A log under an address, as `/log/` of a city serves it."""

    url: str

    def checkpoint(self) -> str:
        """Its newest checkpoint."""
        return self._get("checkpoint").decode()

    def consistency(self, old: int, size: int) -> list[bytes]:
        """Its proof that the tree of `size` only adds to the one of `old`."""
        lines = self._get(f"consistency/{old}/{size}").decode().split()
        return [bytes.fromhex(line) for line in lines]

    def send(self, note: str) -> str:
        """Hand a cosigned checkpoint over; what the log says. Raises OSError."""
        request = urllib.request.Request(f"{self._base}/cosign", note.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # nosec B310  # https or http: _base
                return str(answer.read(MOST_BYTES).decode()).strip()
        except urllib.error.HTTPError as fault:
            raise OSError(fault.read(2000).decode(errors="replace").strip() or fault.reason) from fault

    def _get(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(f"{self._base}/{path}", timeout=SECONDS) as answer:  # nosec B310  # _base
                body: bytes = answer.read(MOST_BYTES)
                return body
        except urllib.error.HTTPError as fault:
            raise OSError(f"{self._base}/{path}: {fault.code} {fault.reason}") from fault

    @property
    def _base(self) -> str:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise OSError(f"{self.url}: must begin with https:// or http://")
        return self.url.rstrip("/")


@dataclass(slots=True)
class Witness:
    """One witness of one log."""

    folder: Path
    signer: Signer
    keys: list[Verifier]

    @classmethod
    def in_folder(cls, folder: Path, name: str = "", keys: list[Verifier] | None = None) -> "Witness":
        """The witness whose folder it is; made when it is new, which needs its name and the log's key.

        Raises Refused, BadNote, OSError.
        """
        key, pinned = folder / "witness.key", folder / "log.pub"
        if not key.exists():
            if not name:
                raise Refused(f"{folder}: a new witness needs --name, as in --name witness.example.org")
            write_once(key, f"{Signer.new(name, WITNESS)}\n".encode())
        if keys:  # the log took a new key: whoever runs the witness says so
            _replace(pinned, "".join(f"{one}\n" for one in keys))
        if not pinned.exists():
            raise Refused(f"{folder}: name the log's public key once with --log-key, from somewhere you trust")
        return cls(folder, notes.parse_signer(key.read_text()), [notes.parse_key(t) for t in pinned.read_text().split()])

    def look(self, log: Remote) -> str:
        """See that the log only grew; sign its checkpoint, remember it, and hand it back cosigned. Raises Refused, BadNote."""
        note = log.checkpoint()
        given = notes.parse_checkpoint(note)
        if not any(key.kind == LOG and key.name == given.origin and given.signature_of(key) for key in self.keys):
            raise Refused(f"the checkpoint of {given.origin} is not signed by the key of the log that is watched here")
        self._see(given, note, log)
        line = given.signed(self.signer, int(clock.now().timestamp()))
        # remembered before it is given away: a witness that forgot what it signed could sign a fork
        _replace(self.folder / "seen", note)
        return str(given.with_signatures([given.signatures[0], line]))

    def _see(self, given: Checkpoint, note: str, log: Remote) -> None:
        file = self.folder / "seen"
        if not file.exists():
            return
        seen = notes.parse_checkpoint(file.read_text())
        if seen.origin != given.origin:
            raise Refused(f"this folder watches {seen.origin}, not {given.origin}")
        if given.size < seen.size:
            self._caught(f"the log has {given.size} facts and had {seen.size}: it was cut back", note)
        try:
            proof = log.consistency(seen.size, given.size)
        except (OSError, ValueError) as fault:
            raise Refused(f"the log gives no proof that it only grew: {fault}") from fault
        if not merkle.is_consistent(seen.size, seen.root, given.size, given.root, proof):
            self._caught(f"the log of {given.size} facts is not the continuation of what was signed at {seen.size}", note)

    def _caught(self, what: str, note: str) -> None:
        evidence = self.folder / f"evidence-{int(clock.now().timestamp())}"
        write_once(evidence, f"{(self.folder / 'seen').read_text()}\n{note}".encode())
        raise Refused(f"{what}. Both checkpoints are kept in {evidence}")


def _replace(file: Path, text: str) -> None:
    """Whole or not at all."""
    aside = file.with_name(f".{file.name}.new")
    file.parent.mkdir(parents=True, exist_ok=True)
    with aside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)


__all__ = ["BadNote", "Refused", "Remote", "Witness"]
