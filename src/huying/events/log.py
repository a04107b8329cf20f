"""Record facts in the writer's transaction; read them in the sequencer's order."""

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from django.db import connection, transaction

from huying.base import clock
from huying.events import names, rows
from huying.events.models import Cursor, Fact, FactOrder

# RFC 8785 canonical form for what facts hold (strings, integers, booleans, null): sorted keys, no white space.
_encoder = msgspec.json.Encoder(order="sorted")


Place = tuple[datetime, int]  # a fact's moment and row


class OutsideTransaction(RuntimeError):
    """A fact was recorded outside the transaction of the change it tells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact to be recorded: the struct, its subject's urn and version, who acted, and when (now, unless it is imported).

    `salt` is given where the fact itself carries a commitment under it; else a fresh one is made.
    """

    fact: msgspec.Struct
    subject: str
    version: int
    actor: str
    at: datetime | None = None
    salt: bytes | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A recorded fact as readers see it: `seq` is None in a history, where the order is that of recording."""

    seq: int | None
    at: datetime
    name: str
    subject: str
    version: int
    actor: str
    fact: msgspec.Struct
    pk: int = 0  # the recorded row, for paging through who did what


def record(entries: Sequence[Entry]) -> None:
    """Write facts, last thing in the writer's transaction. A (subject, version) that exists raises IntegrityError.

    Raises names.Undeclared for an unknown struct and OutsideTransaction when there is no transaction to belong to.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("record() belongs inside the transaction of the change")
    moment = clock.now()
    rows.insert([_row(entry, entry.at or moment) for entry in entries])


def _row(entry: Entry, moment: datetime) -> Fact:
    declared = names.declared(type(entry.fact))
    salt = entry.salt or new_salt()
    body = _encoder.encode(entry.fact).decode()
    row = rows.fresh(Fact, at=moment, name=declared.name, schema=declared.schema, subject=entry.subject, version=entry.version)
    row.actor, row.body, row.salt = entry.actor, body, salt
    row.leaf = commitment(salt, row)
    return row


def new_salt() -> bytes:
    """What hides a fact in its commitment until it is shown."""
    return secrets.token_bytes(16)


def commitment(salt: bytes, row: Fact) -> bytes:
    """SHA-256 over 0x00 (the leaf prefix of RFC 6962), the salt and the canonical JSON of the whole fact."""
    return leaf_of(salt, whole(row))


def leaf_of(salt: bytes, bound: Mapping[str, str | int]) -> bytes:
    """The same over what `whole` gave."""
    return hashlib.sha256(b"\x00" + salt + _encoder.encode(dict(bound))).digest()


def whole(row: Fact) -> dict[str, str | int]:
    """All that a fact's commitment binds."""
    return {
        "actor": row.actor,
        "at": f"{row.at.timestamp():.6f}",
        "body": row.body,
        "name": row.name,
        "schema": row.schema,
        "subject": row.subject,
        "version": row.version,
    }


def consume(reader: str, handle: Callable[[list[Told]], None], limit: int = 500) -> int:
    """Hand the reader every fact after its cursor, in batches and in order; how many facts that were.

    What `handle` writes commits together with the cursor: a batch is told at least once, and its writes stay once.
    """
    total = 0
    while True:
        with transaction.atomic():
            cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=reader)
            batch = after(cursor.seq, limit)
            if not batch:
                return total
            handle(batch)
            cursor.seq = batch[-1].seq or cursor.seq
            cursor.save(update_fields=["seq"])
            total += len(batch)


def position(reader: str) -> int:
    """The number of the last fact a reader took, locked until the transaction ends; 0 when it has read nothing."""
    cursor = Cursor.objects.select_for_update().filter(reader=reader).first()
    return cursor.seq if cursor else 0


def behind(reader: str) -> int:
    """How many numbered facts a reader has not taken yet."""
    last = Cursor.objects.filter(reader=reader).values_list("seq", flat=True).first() or 0
    newest = FactOrder.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    return newest - last


def after(seq: int, limit: int = 500) -> list[Told]:
    """The facts numbered after `seq`, in order, at most `limit`."""
    # by hand: every reader asks for every fact, and making two objects of each was a third of what reading costs
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, fact_id, at FROM events_factorder WHERE seq > %s ORDER BY seq LIMIT %s", (seq, limit))
        order = cursor.fetchall()
        if not order:
            return []
        span = [at for _, _, at in order]
        holes = ", ".join(["%s"] * len(order))
        # between the moments too, so that PostgreSQL looks at their partitions alone
        cursor.execute(
            f"SELECT id, at, name, schema, subject, version, actor, body FROM events_fact"  # nosec B608  # only holes
            f" WHERE id IN ({holes}) AND at BETWEEN %s AND %s",
            [*(fact_id for _, fact_id, _ in order), min(span), max(span)],
        )
        found = {row[0]: row for row in cursor.fetchall()}
    return [_told_by(found[fact_id], number) for number, fact_id, _ in order]


def _told_by(row: tuple[Any, ...], seq: int) -> Told:
    pk, at, name, schema, subject, version, actor, body = row
    at = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps moments of UTC and does not say so
    return Told(seq, at, name, subject, version, actor, names.revive(name, schema, body), pk)


def history(subjects: Iterable[str]) -> list[Told]:
    """Every fact of some subjects, oldest first."""
    return [_told(row, None) for row in Fact.objects.filter(subject__in=list(subjects)).order_by("id")]


def history_of(subjects: Iterable[str], name: str) -> list[Told]:
    """The facts of one name of some subjects, oldest first."""
    return [_told(row, None) for row in Fact.objects.filter(subject__in=list(subjects), name=name).order_by("id")]


def everything(batch: int = 2000) -> Iterator[Told]:
    """Every fact there is, in the order of recording: a subject's facts come in the order of their versions."""
    for row in Fact.objects.order_by("id").iterator(batch):
        yield _told(row, None)


def done_by(
    actors: Collection[str],
    limit: int,
    before: Place | None = None,
    since: datetime | None = None,
    called: Collection[str] = (),
) -> list[Told]:
    """What these actors did, the newest first: before a place (at, pk), not earlier than `since`, of the facts `called` so."""
    if not actors:
        return []
    rest, values = ["TRUE" if connection.vendor == "postgresql" else "1"], list[Any]()
    for condition, given in (("(at, id) < (%s, %s)", before), ("at >= %s", (since,) if since else None)):
        if given:
            rest.append(condition)
            values += [_moment(value) if isinstance(value, datetime) else value for value in given]
    if called:
        rest.append(f"name IN ({', '.join(['%s'] * len(called))})")
        values += called
    # one walk of the index an actor, each at most a page long; no value stands in the text
    order = "ORDER BY at DESC, id DESC LIMIT %s"
    one = f"SELECT * FROM (SELECT at, id FROM events_fact WHERE actor = %s AND {' AND '.join(rest)} {order}) w"  # nosec B608
    walks = " UNION ALL ".join([one] * len(actors))
    with connection.cursor() as cursor:
        each = [value for actor in actors for value in (actor, *values, limit)]
        cursor.execute(f"SELECT at, id FROM ({walks}) f {order}", [*each, limit])  # nosec B608
        found = cursor.fetchall()
    rows = Fact.objects.filter(id__in=[pk for _at, pk in found])
    if found and connection.vendor == "postgresql":
        rows = rows.filter(at__range=(found[-1][0], found[0][0]))  # so that only their partitions are looked at
    return [_told(row, None) for row in rows.order_by("-at", "-id")]


def before(seq: int | None, limit: int = 500) -> list[Told]:
    """The facts numbered before `seq` (None: all), the newest first, at most `limit`."""
    rows = FactOrder.objects.order_by("-seq") if seq is None else FactOrder.objects.filter(seq__lt=seq).order_by("-seq")
    order = list(rows[:limit])
    if not order:
        return []
    span = [row.at for row in order]
    facts = Fact.objects.filter(id__in=[row.fact_id for row in order], at__range=(min(span), max(span)))
    found = {fact.id: fact for fact in facts}
    return [_told(found[row.fact_id], row.seq) for row in order]


def number_at(moment: datetime) -> int:
    """The first number given to a fact of `moment` or later; one more than the last where there is none.

    Found by halving, because numbers have no gaps and follow the moments but for a few that were told late.
    """
    low, high = 1, (FactOrder.objects.order_by("-seq").values_list("seq", flat=True).first() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        at = FactOrder.objects.filter(seq=middle).values_list("at", flat=True).first()
        if at is None or at < moment:
            low = middle + 1
        else:
            high = middle
    return low


def _moment(moment: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(moment)


def _told(row: Fact, seq: int | None) -> Told:
    fact = names.revive(row.name, row.schema, row.body)
    return Told(seq, row.at, row.name, row.subject, row.version, row.actor, fact, row.id)
