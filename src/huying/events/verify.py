"""Is the log what was written? Every fact, its order, the tree, and every signature over it.

A fact is held against its commitment, the commitment against the tree, the tree against each signed checkpoint. Whoever
alters all three must also forge a signature, and then the receipts and the witnesses still hold what was signed before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet

from huying.events import merkle, notes, signing, tiles
from huying.events.checkpoints import note_of
from huying.events.erasure import Erasures
from huying.events.log import commitment
from huying.events.models import Checkpoint, Cosignature, Fact, FactOrder, Lease, Tile
from huying.events.sequence import LEASE

T = TypeVar("T")
SHOWN = 20  # faults beyond these are counted, not named


@dataclass(slots=True)
class Verified:
    """How many facts were read, how many of them readers cannot see yet, and what is wrong with the rest."""

    facts: int = 0
    unnumbered: int = 0
    in_tree: int = 0
    erased: int = 0
    checkpoints: int = 0
    cosignatures: int = 0
    faults: int = 0
    named: list[str] = field(default_factory=list)

    def fault(self, what: str) -> None:
        """Count a fault; the first ones are named."""
        self.faults += 1
        if len(self.named) < SHOWN:
            self.named.append(what)


def verify(batch: int = 4000) -> Verified:
    """Read the whole log once. Memory stays small; time grows with the log."""
    found = Verified()
    walk = _Walk(found, batch)
    for numbered in walk.batches():
        walk.take(numbered)
    walk.end()
    _versions(found)
    _unnumbered(found)
    _tiles_above(found)
    _cosignatures(found)
    return found


Numbered = tuple[int, int, datetime | None]  # number, fact, moment


class _Walk:
    """One walk through the facts in their order, beside the tree and its checkpoints."""

    def __init__(self, found: Verified, batch: int) -> None:
        self.found, self.batch = found, batch
        self.tree, self.erasures = merkle.Frontier(), Erasures()
        self.tree_size = found.in_tree = tiles.size()
        self.keys = signing.public_keys()
        self.checkpoints = iter(Checkpoint.objects.order_by("size").iterator())
        self.checkpoint = next(self.checkpoints, None)
        self.seq = self.signed = 0
        self.broken = False  # the tree left what was signed: named once, for every later checkpoint differs with it
        self.tile = b""

    def batches(self) -> Iterator[list[Numbered]]:
        """Number, fact and moment as the order holds them."""
        last = -1
        while numbers := list(
            FactOrder.objects.filter(seq__gt=last).order_by("seq").values_list("seq", flat=True)[: self.batch]
        ):
            yield _order(numbers)
            last = numbers[-1]

    def take(self, numbered: list[Numbered]) -> None:
        """One batch of the order, with its facts."""
        facts = _facts([fact for _seq, fact, _at in numbered])
        for seq, fact, at in numbered:
            if seq != self.seq + 1:
                self.missing(seq)
            self.seq = seq
            self.one(seq, fact, at, facts.get(fact))

    def missing(self, seq: int) -> None:
        """Numbers that lead to no fact."""
        first, last = self.seq + 1, seq - 1
        if last < first:
            self.found.fault(f"the order holds the number {seq}, before the first")
            return
        names = f"number {first} is" if first == last else f"numbers {first} to {last} are"
        self.found.fault(f"{names} missing: the facts there were taken out of the order")
        for place in range(first, last + 1):
            self.leaf(place)

    def one(self, seq: int, fact_id: int, at: datetime | None, fact: Fact | None) -> None:
        """One number: its fact, the commitment, the leaf in the tree."""
        leaf = self.leaf(seq)
        if fact is None:
            self.found.fault(f"fact {fact_id} (number {seq}) is missing, or cannot be read")
            return
        self.found.facts += 1
        told = f"fact {fact_id} (number {seq}, {fact.name} of {fact.subject})"
        if at != fact.at:
            self.found.fault(f"{told} has another moment in the order")
        if leaf is not None and leaf != bytes(fact.leaf):
            self.found.fault(f"{told} is not the one that the tree has at its place")
        if not fact.salt:
            self.erasures.bare(fact.subject, fact.version, seq)
        elif not _opens(fact):
            self.found.fault(f"{told} is not what was committed to")
        elif fact.name == "log.salts_erased":
            self.erasures.said(fact.body)

    def leaf(self, seq: int) -> bytes | None:
        """The tree's leaf of a number, added to the tree that is reckoned anew; None beyond the tree."""
        if not 0 < seq <= self.tree_size:
            return None
        number, at = divmod(seq - 1, tiles.WIDTH)
        if at == 0 or not self.tile:
            self.tile = tiles.stored(0, number)
        leaf = self.tile[at * 32 : at * 32 + 32]
        if len(leaf) != 32:
            self.found.fault(f"tile 0/{number} does not hold the fact numbered {seq}")
        self.tree.add([leaf])
        self.signature(seq)
        return leaf

    def signature(self, size: int) -> None:
        """Whether the tree that was reckoned up to here is the one that was signed for here."""
        while (row := self.checkpoint) is not None and row.size <= size:
            self.checkpoint = next(self.checkpoints, None)
            self.found.checkpoints += 1
            if not self.is_signed(row):
                self.found.fault(f"the checkpoint of {row.size} facts is not signed by a key of this log")
            elif not self.broken and bytes(row.root) != self.tree.root():
                self.broken = True
                self.found.fault(
                    f"the tree is not the one that was signed for at {row.size} facts: a fact numbered {self.signed + 1} to"
                    f" {row.size} was altered together with the tree"
                )
            self.signed = row.size

    def is_signed(self, row: Checkpoint) -> bool:
        """Whether a key of the log has signed this row as it stands."""
        try:
            bare = notes.Checkpoint(self.keys[0].name, row.size, bytes(row.root))
            note = bare.with_signatures([notes.parse_signature(row.line)])
        except notes.BadNote:
            return False
        return any(note.signature_of(key) for key in self.keys)

    def end(self) -> None:
        """What is signed for or in the tree beyond the last number, and salts that went without a word."""
        self.found.erased = self.erasures.facts
        for subject, seq in self.erasures.unexplained():
            self.found.fault(f"the salt of {subject} (number {seq}) is gone, and no fact says that it was erased")
        if self.seq < self.tree_size:
            last = max(self.seq, 0)
            self.found.fault(f"the log was cut off after number {last}: the tree holds {self.tree_size} facts")
            for seq in range(last + 1, self.tree_size + 1):
                self.leaf(seq)
        while self.checkpoint is not None:
            self.found.fault(f"{self.checkpoint.size} facts were signed for, the tree holds {self.tree_size}")
            self.checkpoint = next(self.checkpoints, None)


def _order(numbers: list[int]) -> list[Numbered]:
    """The rows of these numbers; one that cannot be read leads to no fact."""
    rows = FactOrder.objects.filter(seq__gte=numbers[0], seq__lte=numbers[-1]).order_by("seq")
    found = _readable(partial(_numbered, rows))
    if found is None:
        single = [(seq, _readable(partial(_numbered, FactOrder.objects.filter(seq=seq)))) for seq in numbers]
        found = [one[0] if one else (seq, 0, None) for seq, one in single]
    return found


def _numbered(rows: QuerySet[FactOrder]) -> list[Numbered]:
    return list(rows.values_list("seq", "fact_id", "at"))


def _facts(ids: list[int]) -> dict[int, Fact]:
    """Facts by their ids; one that cannot be read is left out."""
    found = _readable(partial(_fetched, Fact.objects.filter(id__in=ids)))
    if found is None:
        singly = [_readable(partial(_fetched, Fact.objects.filter(id=pk))) for pk in ids]
        found = [fact for one in singly for fact in one or []]
    return {fact.pk: fact for fact in found}


def _fetched(rows: QuerySet[Fact]) -> list[Fact]:
    return list(rows)


def _readable(read: Callable[[], T]) -> T | None:
    """What a query gives; None where a value in its rows is none of its column's kind, as only a hand can have left it."""
    try:
        with transaction.atomic():  # else a fault would end the transaction around us
            return read()
    except (ValueError, TypeError, AttributeError, OverflowError, DatabaseError):
        return None


def _opens(fact: Fact) -> bool:
    try:
        return commitment(bytes(fact.salt), fact) == bytes(fact.leaf)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return False


def _versions(found: Verified) -> None:
    """(subject, version) is told once, so first, last and count are enough to see a gap."""
    subjects = Fact.objects.values("subject").annotate(n=Count("id"), first=Min("version"), last=Max("version"))
    gaps = subjects.exclude(first=1, last=F("n")).order_by("subject")
    for line in _readable(lambda: list(gaps)) or []:  # where it cannot be read, the fact with that version was named
        found.fault(f"{line['subject']} has {line['n']} facts, versions {line['first']} to {line['last']}")


def _unnumbered(found: Verified) -> None:
    """Facts that readers cannot see yet; below the sequencer's mark none may be left."""
    numbered = FactOrder.objects.filter(fact_id=OuterRef("pk"))
    rows = Fact.objects.filter(~Exists(numbered)).order_by("id")
    low = Lease.objects.filter(name=LEASE).values_list("low", flat=True).first() or 0
    for pk, subject in rows.filter(id__lte=low).values_list("id", "subject"):
        found.fault(f"fact {pk} of {subject} was put in without a number")
    later = list(rows.filter(id__gt=low))
    found.unnumbered = len(later)
    for fact in later:
        found.facts += 1
        if not _opens(fact):
            found.fault(f"fact {fact.pk} ({fact.name} of {fact.subject}) is not what was committed to")


def _tiles_above(found: Verified) -> None:
    """Each full tile has its root at its place one level up, and nothing stands where nothing can."""
    size = tiles.size()
    for tile in Tile.objects.order_by("level", "number").iterator(500):
        held, full = len(tile.hashes) // 32, size >> 8 * tile.level
        if held != min(tiles.WIDTH, max(0, full - tile.number * tiles.WIDTH)):
            found.fault(f"tile {tile.level}/{tile.number} holds {held} hashes, which does not fit a tree of {size} facts")
        elif held == tiles.WIDTH:
            number, at = divmod(tile.number, tiles.WIDTH)
            if tiles.stored(tile.level + 1, number)[at * 32 : at * 32 + 32] != tiles.root_of(bytes(tile.hashes)):
                found.fault(f"tile {tile.level + 1}/{number} does not hold the root of tile {tile.level}/{tile.number}")


def _note(row: Checkpoint) -> notes.Checkpoint | None:
    try:
        return note_of(row)
    except notes.BadNote:
        return None


def _cosignatures(found: Verified) -> None:
    """Each witness's signature that is shown holds."""
    keys = {key.name: key for key in signing.witnesses()}
    for row in Cosignature.objects.select_related("checkpoint").iterator(500):
        found.cosignatures += 1
        key, note = keys.get(row.name), _note(row.checkpoint)
        if key is None:
            found.fault(f"the witness {row.name} (checkpoint of {row.checkpoint_id} facts) is not known")
        elif note is None or note.signature_of(key) is None:
            found.fault(f"the signature of {row.name} on the checkpoint of {row.checkpoint_id} facts does not hold")
