"""Whether a document is genuine and still holds: the log says so, and what lies in the tables must agree with it."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from huying.base import clock, ids
from huying.events import canonical, checkpoints, evidence, log, merkle, signing
from huying.events.evidence import Evidence, Proofs
from huying.features.services import documents
from huying.features.services.documents import Said
from huying.features.services.events import DocumentIssued, DocumentRevoked
from huying.features.services.models import Document
from huying.kernel.errors import NotThere
from huying.people.models import Party

NAMES = ("document.issued", "document.revoked")
PUBLIC_DIGITS = 32  # of the digest, in an address: 128 bits cannot be found by trying
SHORT_DIGITS = 12  # of the digest, as it is read out, beside a number that nobody guesses either


class Standing(StrEnum):
    """Whether it holds today."""

    HOLDS = "holds"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    CHANGED = "changed"  # what lies here is not what the log committed to: nothing of it can be relied on


@dataclass(frozen=True, slots=True)
class Checked:
    """A document beside the log. `place` is the number of its fact once that is signed for, and the proof leads there."""

    document: Document
    says: Said
    standing: Standing
    digest: str
    place: int | None
    size: int
    signed_at: datetime | None
    witnesses: list[str]

    @property
    def code(self) -> str:
        """The digest as addresses hold it."""
        return self.digest[:PUBLIC_DIGITS]

    @property
    def short(self) -> str:
        """The digest as people read it: 7F3A 92C1 08E4."""
        return " ".join(self.digest[at : at + 4].upper() for at in range(0, SHORT_DIGITS, 4))

    @property
    def masked(self) -> str:
        """Its holder as a stranger sees her who has the paper in hand: 李*."""
        return masked(self.says.get("holder", ""))


def masked(name: str) -> str:
    """All but the first character hidden; of a long one (a firm's) all but the first two and the last two."""
    return name[:2] + "*" * (len(name) - 4) + name[-2:] if len(name) > 5 else name[:1] + "*" * (len(name) - 1)


def agrees(checked: Checked, holder: str, words: str) -> dict[str, bool]:
    """What somebody read off the paper, each of what he typed: whether the document says the same."""
    typed = {"holder": holder, "words": words}
    return {name: _plain(text) == _plain(checked.says.get(name, "")) for name, text in typed.items() if _plain(text)}


def _plain(text: str) -> str:
    return "".join(text.split())


def own(owner: Party, number: str) -> Checked:
    """A document of hers by its number. Raises NotThere, KeyTrouble."""
    found = _rows().filter(owner=owner, number=ids.plain_number(number), sealed__isnull=False).first()
    if found is None:
        raise NotThere
    return of(found)


def by_code(number: str, code: str) -> Checked:
    """The document with that number and the beginning of its digest, for whoever has the paper. Raises NotThere, KeyTrouble.

    A number that is nobody's, a code that does not fit and an erased owner are the same answer.
    """
    code = "".join(code.split()).lower()
    row = _rows().filter(number=ids.plain_number(number)).first()
    if row is None or len(code) not in (PUBLIC_DIGITS, SHORT_DIGITS):
        raise NotThere
    found = of(row)
    if not hmac.compare_digest(found.digest[: len(code)].encode(), code.encode()):
        raise NotThere
    return found


def _rows() -> QuerySet[Document]:
    return Document.objects.select_related("owner", "issuer", "version", "branch", "case__call", "replaced_by")


def of(row: Document) -> Checked:
    """A document beside the log. Raises NotThere (it was never issued, or its owner was erased), KeyTrouble."""
    says = documents.opened(row)
    try:
        told = evidence.of_subjects([f"call:{row.case.call_id}"], NAMES, f'"document":{row.pk},')
    except evidence.Erased as erased:
        raise NotThere from erased
    issued = next((one for one in told if isinstance(one.fact, DocumentIssued)), None)
    if issued is None or not isinstance(issued.fact, DocumentIssued) or not says:
        raise NotThere
    proofs = evidence.prove([one.seq for one in told if one.seq])
    sound = _kept(row, says, issued) and _as_told(row, issued.fact, told) and all(_opens(one, proofs) for one in told)
    checkpoint = proofs.checkpoint if proofs and issued.seq in proofs.steps else None
    return Checked(
        document=row,
        says=says,
        standing=_standing(row) if sound else Standing.CHANGED,
        digest=issued.fact.digest,
        place=issued.seq if checkpoint else None,
        size=checkpoint.size if checkpoint else 0,
        signed_at=checkpoints.signed_at(checkpoint.size) if checkpoint else None,
        witnesses=[key.name for key in signing.witnesses() if checkpoint and checkpoint.signature_of(key)],
    )


def _kept(row: Document, says: Said, issued: Evidence) -> bool:
    """Every field is the one that was committed to."""
    assert isinstance(issued.fact, DocumentIssued)
    return hmac.compare_digest(canonical.commitment(issued.salt, documents.body_of(row, says)), issued.fact.digest)


def _as_told(row: Document, issued: DocumentIssued, told: Sequence[Evidence]) -> bool:
    """The row belongs to the fact, and it is revoked exactly when the log says so."""
    revoked = any(isinstance(one.fact, DocumentRevoked) for one in told)
    about = (row.case.call_id, row.case_id, row.pk, row.branch.item, row.issuer.key)
    named = (issued.call, issued.matter, issued.document, issued.item, issued.issuer)
    return about == named and revoked == (row.revoked_at is not None)


def _opens(one: Evidence, proofs: Proofs | None) -> bool:
    """The fact's salt opens its leaf; and, once it is signed for, the leaf's proof leads to the signed root."""
    if log.leaf_of(one.salt, one.whole) != one.leaf:
        return False
    if proofs is None or one.seq is None or one.seq not in proofs.steps:
        return True
    tree = proofs.checkpoint
    return merkle.root_of_inclusion(one.leaf, one.seq - 1, tree.size, proofs.steps[one.seq]) == tree.root


def _standing(row: Document) -> Standing:
    if row.revoked_at is not None:
        return Standing.REPLACED if Document.objects.filter(replaces=row).exists() else Standing.REVOKED
    if row.valid_until is not None and clock.today() > row.valid_until:
        return Standing.EXPIRED
    return Standing.HOLDS
