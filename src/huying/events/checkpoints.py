"""Signed checkpoints: the log binds itself to every fact up to a number, and witnesses sign beside it."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from huying.base import clock
from huying.events import alone, notes, signing, tiles
from huying.events.models import Checkpoint, Cosignature
from huying.events.notes import BadNote
from huying.events.tiles import LogBroken

# A receipt promises inclusion within 60 s; the sequencer, the tiles and a slow disk have the rest of it.
EVERY = timedelta(seconds=20)
FAR = 1 << 37  # seconds since 1970, the year 6325: what comes later fits no date


def sign_due() -> int:
    """Sign the tree when it has grown and the last checkpoint is old enough; how many were signed.

    Raises LogBroken instead of ever signing a tree that is not the continuation of what was signed before.
    """
    last = Checkpoint.objects.order_by("-size").only("at").first()
    if last and timedelta() <= clock.now() - last.at < EVERY:
        return 0
    return sign()


def sign() -> int:
    """Sign the tree now, when it has grown."""
    with transaction.atomic():
        if not alone.first(alone.CHECKPOINTS):
            return 0
        size, last = tiles.size(), Checkpoint.objects.order_by("-size").first()
        if last and size < last.size:
            raise LogBroken(f"{last.size} facts were signed for, the tiles hold {size}")
        if size == (last.size if last else 0):
            return 0
        _sign(size, last)
    return 1


def _sign(size: int, last: Checkpoint | None) -> None:
    tree, signer = tiles.Tree(), signing.signer()
    if last and tree.root(last.size) != bytes(last.root):
        raise LogBroken(f"the tiles no longer lead to the checkpoint of {last.size} facts")
    found = notes.Checkpoint(signer.name, size, tree.root(size))
    Checkpoint.objects.create(size=size, root=found.root, at=clock.now(), line=str(found.signed(signer)))


def newest() -> notes.Checkpoint | None:
    """The newest checkpoint with the witnesses it has; None while there is none."""
    row = Checkpoint.objects.order_by("-size").first()
    return note_of(row) if row else None


def covering(size: int) -> notes.Checkpoint | None:
    """The checkpoint to show to somebody whose facts end at number `size`: witnessed where there is one, else the newest."""
    seen = Cosignature.objects.filter(checkpoint_id__gte=size).order_by("-checkpoint_id").values_list("checkpoint_id")
    rows = Checkpoint.objects.filter(size__gte=size).order_by("-size")
    row = rows.filter(size__in=seen[:1]).first() or rows.first()
    return note_of(row) if row else None


def of_size(size: int) -> notes.Checkpoint | None:
    """The checkpoint of exactly that many facts."""
    row = Checkpoint.objects.filter(size=size).first()
    return note_of(row) if row else None


def signed_at(size: int) -> datetime | None:
    """When the checkpoint of that size was signed."""
    return Checkpoint.objects.filter(size=size).values_list("at", flat=True).first()


def witnessed(checkpoint: notes.Checkpoint) -> list[tuple[str, datetime]]:
    """Who has signed a checkpoint beside the log, and when."""
    held = [(key.name, line) for key in signing.witnesses() if (line := checkpoint.signature_of(key))]
    return [(name, datetime.fromtimestamp(notes.time_of(line), UTC)) for name, line in held]


def note_of(row: Checkpoint) -> notes.Checkpoint:
    """A stored checkpoint as the note it is."""
    lines = [row.line, *row.cosignatures.order_by("id").values_list("line", flat=True)]
    bare = notes.Checkpoint(signing.name(), row.size, bytes(row.root))
    return bare.with_signatures(map(notes.parse_signature, lines))


def take(note: str) -> list[str]:
    """Take up the witnesses' signatures of a cosigned checkpoint of ours; the names of those that were new.

    Raises BadNote: another log's, a size or root that we never signed, or no signature of a known witness that holds.
    """
    given = notes.parse_checkpoint(note)
    row = Checkpoint.objects.filter(size=given.size).first()
    if row is None or given.text != note_of(row).text:
        raise BadNote("this log has signed no such checkpoint")
    found = [(key, line) for key in signing.witnesses() if (line := given.signature_of(key))]
    if not found:
        raise BadNote("no signature of a known witness holds. A witness is made known by `huying log trust KEY`")
    if any(notes.time_of(line) > FAR for _key, line in found):
        raise BadNote("it is signed for a time that is far away")
    return [key.name for key, line in found if _kept(row, line)]


def _kept(row: Checkpoint, line: notes.Signature) -> bool:
    at = datetime.fromtimestamp(notes.time_of(line), UTC)
    _row, made = Cosignature.objects.get_or_create(checkpoint=row, name=line.name, defaults={"at": at, "line": str(line)})
    return made
