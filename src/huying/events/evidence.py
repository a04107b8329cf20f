"""What the log can show of single facts: the facts themselves with their salts, and the proofs that they are in the tree."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.db.models import Q

from huying.events import checkpoints, log, names, notes, tiles
from huying.events.models import Checkpoint, Fact, FactOrder


class Erased(LookupError):
    """The salt was destroyed: nobody can show any more what the commitment holds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact with all that opens its commitment. `seq` is its number, None until the sequencer has seen it."""

    fact: msgspec.Struct
    name: str
    whole: dict[str, str | int]
    salt: bytes
    leaf: bytes
    seq: int | None


def of_subjects(subjects: Sequence[str], fact_names: Sequence[str], holding: str = "") -> list[Evidence]:
    """The facts of these names about these subjects, in the order of recording.

    `holding`: only those in whose body this piece of canonical JSON stands. Raises Erased.
    """
    rows = list(Fact.objects.filter(Q(subject__in=subjects), name__in=fact_names, body__contains=holding).order_by("id"))
    if any(not row.salt for row in rows):
        raise Erased(", ".join(subjects))
    order = dict(FactOrder.objects.filter(fact_id__in=[row.pk for row in rows]).values_list("fact_id", "seq"))
    return [_evidence(row, order.get(row.pk)) for row in rows]


def _evidence(row: Fact, seq: int | None) -> Evidence:
    fact = names.revive(row.name, row.schema, row.body)
    return Evidence(fact, row.name, log.whole(row), bytes(row.salt), bytes(row.leaf), seq)


def place(subject: str) -> int | None:
    """The number of the first fact about a subject, once it is signed for."""
    pk = Fact.objects.filter(subject=subject, version=1).values_list("pk", flat=True).first()
    seq = FactOrder.objects.filter(fact_id=pk).values_list("seq", flat=True).first() if pk else None
    return seq if seq and Checkpoint.objects.filter(size__gte=seq).exists() else None


@dataclass(frozen=True, slots=True)
class Proofs:
    """A checkpoint and, for each number it covers that was asked for, the steps that lead from the fact to its root."""

    checkpoint: notes.Checkpoint
    steps: dict[int, list[bytes]]


def prove(numbers: Sequence[int]) -> Proofs | None:
    """Proofs for those of the numbers that are signed for already; None when none is."""
    signed = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    known = [seq for seq in numbers if seq <= signed]
    checkpoint = checkpoints.covering(max(known)) if known else None
    if checkpoint is None:
        return None
    tree = tiles.Tree()
    return Proofs(checkpoint, {seq: tree.inclusion(seq - 1, checkpoint.size) for seq in known})
