"""The receipt: a signed promise of inclusion, and later its proof, as one file of canonical JSON.

Plain Python without a database: `huying receipt verify` reads only this, `canonical`, `merkle` and `notes`. The file:

    promise     what was recorded, when, by when an answer is promised; `leaves` are the commitments of the first facts
    signature   Ed25519 over the canonical form of the promise, by `key`
    content     her own words; the promise holds their commitment. May be null: then they were left out
    facts       each with the salt that opens its commitment and, once there is one, its `index` in the tree and its `proof`
    checkpoint  the signed tree that the proofs lead to; null at first
    witnesses   the keys of those who signed the checkpoint beside the log
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huying.events import canonical, notes
from huying.events.notes import Checkpoint, Signer, Verifier

TYPE = "huying.receipt/1"
WITHIN_SECONDS = 60  # from the recording to the proof


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact in a receipt. `index` and `proof` are None until it is signed for."""

    whole: Mapping[str, str | int]
    salt: bytes
    index: int | None = None
    proof: Sequence[bytes] | None = None

    def plain(self) -> dict[str, Any]:
        """As the file holds it."""
        proof = None if self.proof is None else [step.hex() for step in self.proof]
        return {"fact": dict(self.whole), "index": self.index, "proof": proof, "salt": self.salt.hex()}


def digest(promise: Mapping[str, Any]) -> str:
    """A receipt's own number: SHA-256 of the promise's canonical form. It stays when proofs come or a key changes."""
    return hashlib.sha256(canonical.encode(promise)).hexdigest()


def document(
    promise: Mapping[str, Any],
    signer: Signer,
    content: Mapping[str, Any] | None,
    facts: Iterable[Shown],
    checkpoint: Checkpoint | None = None,
    witnesses: Iterable[Verifier] = (),
) -> bytes:
    """The whole file, with only those witnesses whose signatures hold."""
    known = [key for key in witnesses if checkpoint and checkpoint.signature_of(key)]
    return canonical.encode(
        {
            "checkpoint": str(_shown(checkpoint, known)) if checkpoint else None,
            "content": content,
            "facts": [fact.plain() for fact in facts],
            "key": str(signer.verifier),
            "promise": promise,
            "signature": signer.sign(canonical.encode(promise)).hex(),
            "witnesses": [str(key) for key in known],
        }
    )


def _shown(checkpoint: Checkpoint, witnesses: Sequence[Verifier]) -> Checkpoint:
    """The log's own signature and those of the witnesses named: every line in a receipt can be checked."""
    named = {key.name for key in witnesses}
    return checkpoint.with_signatures(s for n, s in enumerate(checkpoint.signatures) if n == 0 or s.name in named)


def key_text(text: str) -> list[Verifier]:
    """The keys in a text, one a line. Raises notes.BadNote."""
    return [notes.parse_key(line) for line in text.split()]
