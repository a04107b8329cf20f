"""The index of documents on both databases: what is put in, taken out, and found. It knows no rule and shows nobody anything.

SQLite: FTS5 over the table, whose triggers keep it. PostgreSQL: a tsvector made here, because its own parser would cut
Chinese otherwise from one locale to the next. Documents are numbered as they come, so the newest have the highest ids; on
PostgreSQL, whose GIN index knows no order, each mark also stands there with the span of ids in which its document lies.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from huying.events.prepared import prepared_rows
from huying.kernel.models import Document
from huying.reading.terms import Phrase

SPAN = 16_384  # ids that share one mark on PostgreSQL
MOST_PLACES = 255  # of one piece in one text, as many as a tsvector holds
RARE = 8  # pieces by which a long question is looked for
COUNTED = 2_000  # documents up to which a piece is counted to see how rare it is
SEEN = 200  # the same on PostgreSQL, which fetches each row that it counts
WIDEST, MOST_WITHIN = 16, 512  # spans, and marks of spans, that are asked for at once
_BATCH = 500


class Entry(NamedTuple):
    """A document to be kept: its urn, its pieces and its scopes, each separated by single spaces."""

    urn: str
    pieces: str
    who: str


class Hit(NamedTuple):
    """A document found: its place in the order of coming, and its urn."""

    place: int
    urn: str


def put(entries: Sequence[Entry]) -> int:
    """Keep these documents as they are now; how many were new or changed."""
    known = {row.urn: row for row in Document.objects.filter(urn__in=[entry.urn for entry in entries])}
    changed = [e for e in entries if (row := known.get(e.urn)) is None or (row.pieces, row.who) != (e.pieces, e.who)]
    for begin in range(0, len(changed), _BATCH):
        part = changed[begin : begin + _BATCH]
        if connection.vendor == "postgresql":
            _put_vectors(part, {urn: row.pk for urn, row in known.items()})
        else:
            _put_rows(part)
    return len(changed)


def drop(urns: Collection[str]) -> int:
    """Forget these documents; how many there were."""
    return Document.objects.filter(urn__in=list(urns)).delete()[0]


def newest(phrases: Sequence[Phrase], who: Collection[str], before: int | None, limit: int) -> list[Hit]:
    """Documents that hold every phrase, of any of the scopes, those that came last first; `before` a place."""
    if connection.vendor == "postgresql":
        return _newest_by_spans(phrases, who, before, limit)
    under = "" if before is None else "AND s.rowid < %s"
    sql = (
        "SELECT d.id, d.urn FROM kernel_search s JOIN kernel_document d ON d.id = s.rowid "  # nosec B608
        f"WHERE kernel_search MATCH %s {under} ORDER BY s.rowid DESC LIMIT %s"
    )
    return _hits(sql, [_match(phrases, who), *([] if before is None else [before]), limit])


def likest(pieces: Sequence[str], who: Collection[str], limit: int, also: str = "") -> list[Hit]:
    """Documents with any of these pieces, of any of the scopes, those with the most and rarest first."""
    if connection.vendor == "postgresql":
        wanted = " | ".join(f"'{piece}'" for piece in pieces)
        rank = "ts_rank(vector, (%s)::tsquery) DESC, id DESC"
        sql = f"SELECT id, urn FROM kernel_document WHERE vector @@ (%s)::tsquery ORDER BY {rank} LIMIT %s"  # nosec B608
        marks = f"({_marks(who)}) & {_marks([also])}" if also else _marks(who)
        return _hits(sql, [f"({wanted}) & ({marks})", wanted, limit])
    wanted = " OR ".join(f'"{piece}"' for piece in pieces)
    sql = (
        "SELECT d.id, d.urn FROM kernel_search s JOIN kernel_document d ON d.id = s.rowid "
        "WHERE kernel_search MATCH %s ORDER BY s.rank, s.rowid DESC LIMIT %s"
    )
    marks = f"({' OR '.join(who)})" + (f" AND who : ({also})" if also else "")
    return _hits(sql, [f"pieces : ({wanted}) AND who : {marks}", limit])


def rarest(pieces: Sequence[str], *, own: bool = False) -> list[str]:
    """The pieces that the fewest documents hold, at most RARE of them. One that none holds says nothing.

    `own`: the text itself stands in the index, so that one that a single document holds says nothing either; and twice as
    many are taken, for another text shares few of the rarest with it.
    """
    counted = _shares(pieces) if connection.vendor == "postgresql" else _counts(pieces)
    told = sorted((piece for piece in pieces if counted[piece] > float(own)), key=lambda piece: counted[piece])
    return told[: 2 * RARE if own else RARE]


def settle(pages: int = 500) -> bool:
    """Write a part of the index anew without what was taken out of it; whether there may be more to do.

    FTS5 only marks what goes; the pieces lie in its segments until these are merged. PostgreSQL's vacuum does the same.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        before = cursor.fetchone()[0]
        cursor.execute("INSERT INTO kernel_search(kernel_search, rank) VALUES ('merge', %s)", [-pages])
        cursor.execute("SELECT total_changes()")
        return bool(cursor.fetchone()[0] - before >= 2)  # SQLite's own sign that something was merged


def _hits(sql: str, values: list[str | int]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Hit(*row) for row in cursor.fetchall()]


def _match(phrases: Iterable[Phrase], who: Collection[str]) -> str:
    told = " AND ".join(f'"{" ".join(phrase.pieces)}"{" *" if phrase.open else ""}' for phrase in phrases)
    return f"pieces : ({told}) AND who : ({' OR '.join(who)})"


def _put_rows(entries: Sequence[Entry]) -> None:
    rows = [Document(urn=urn, pieces=pieces, who=who) for urn, pieces, who in entries]
    Document.objects.bulk_create(rows, update_conflicts=True, unique_fields=["urn"], update_fields=["pieces", "who"])


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def _put_vectors(entries: Sequence[Entry], ids: dict[str, int]) -> None:
    new = [entry.urn for entry in entries if entry.urn not in ids]
    with connection.cursor() as cursor:
        sequence = "nextval(pg_get_serial_sequence('kernel_document', 'id'))"
        cursor.execute(f"SELECT {sequence} FROM generate_series(1, %s)", [len(new)])  # nosec B608
        ids = ids | dict(zip(new, sorted(row[0] for row in cursor.fetchall()), strict=True))
        values = [(ids[e.urn], e.urn, e.pieces, e.who, vector(e.pieces, e.who, ids[e.urn])) for e in entries]
        marks = ", ".join(["(%s, %s, %s, %s, %s)"] * len(values))
        cursor.execute(
            f"INSERT INTO kernel_document (id, urn, pieces, who, vector) VALUES {marks} "  # nosec B608
            "ON CONFLICT (urn) DO UPDATE SET pieces = excluded.pieces, who = excluded.who, vector = excluded.vector",
            [value for row in values for value in row],
        )


def vector(pieces: str, who: str, place: int) -> str:
    """A tsvector as PostgreSQL reads it: pieces with where they stand; scopes, alone and with the span of ids, without."""
    places: dict[str, list[str]] = {}
    for at, piece in enumerate(pieces.split(), 1):
        places.setdefault(piece, []).append(str(at))
    told = [f"'{piece}':{','.join(found[:MOST_PLACES])}" for piece, found in places.items()]
    marks = [f"'@{mark}'" for mark in who.split()]
    within = [f"'@{mark}.{place // SPAN}'" for mark in who.split() if not _of_one(mark)]
    return " ".join([*told, *marks, *within])


def _of_one(mark: str) -> bool:
    """Whether it is one person's, who has so few that the newest are found without spans."""
    return mark[0] == "p" and mark[1:].isdigit()


def _marks(who: Iterable[str]) -> str:
    return " | ".join(f"'@{mark}'" for mark in who)


def _within(who: Collection[str], spans: range) -> str:
    """Of these scopes, in these spans. Each span's list of a scope is short, so that PostgreSQL reads little of it."""
    within = [mark if _of_one(mark) else f"{mark}.{span}" for mark in who for span in spans]
    return _marks(dict.fromkeys(within))


def _words(phrases: Iterable[Phrase]) -> str:
    told = [" <-> ".join(f"'{piece}'" for piece in phrase.pieces) + (":*" if phrase.open else "") for phrase in phrases]
    return " & ".join(f"({one})" for one in told)


def _newest_by_spans(phrases: Iterable[Phrase], who: Collection[str], before: int | None, limit: int) -> list[Hit]:
    """Looked for in the last span of ids, then in wider and wider ones before it: a common word is found in the first, a
    rare one has few rows in the last. Without that PostgreSQL would read every row of a common word to sort them.
    """
    words, found = _words(phrases), list[Hit]()
    if all(_of_one(mark) for mark in who):
        return _hits(_NEWEST + _most(limit), [f"{words} & ({_marks(who)})", 0, before if before is not None else 2**63 - 1])
    if before is not None:
        span, width, top = before // SPAN, 1, before
    else:
        last_id = _newest_span(words, who, limit, found)
        span, width, top = last_id // SPAN - 1, _likely(len(found), limit, last_id % SPAN / SPAN), 2**63 - 1
    while span >= 0 and len(found) < limit:
        last = max(0, span - width + 1)
        rest = width > WIDEST or len(who) * width > MOST_WITHIN  # everything that is left
        first, marks = (0, _marks(who)) if rest else (last * SPAN, _within(who, range(last, span + 1)))
        found += _hits(_NEWEST + _most(limit), [f"{words} & ({marks})", first, min(top, (span + 1) * SPAN)])
        span, width = (-1 if rest else last - 1), width * 4
    return found[:limit]


def _likely(found: int, limit: int, full: float) -> int:
    """In how many spans more the rest of a page is likely to be, by half as many again as the last one says, of which so much
    is full; where it had none of the word, in few or in many.
    """
    if not found:
        return 4 if full < 0.5 else WIDEST
    return max(1, math.ceil(1.5 * (limit - found) * full / found))


def _most(limit: int) -> str:
    """In the text, for one plan serves one number of rows."""
    return f" LIMIT {int(limit)}"


# Materialized, and no plain lower bound, or the planner may walk the ids and read every document. Not prepared: a plan for any
# words reads the list of the whole scope first, which took 40 to 100 ms where one for these words takes one.
_NEWEST = (
    "WITH hits AS MATERIALIZED (SELECT id, urn FROM kernel_document "
    "WHERE vector @@ (%s)::tsquery AND id + 0 >= %s AND id < %s) "
    "SELECT id, urn FROM hits ORDER BY id DESC"
)


# which span is the last is asked in the same breath: going to the server costs as much as looking there
_IN_THE_LAST = (
    "WITH top AS MATERIALIZED (SELECT coalesce(max(id), 0) AS id, coalesce(max(id), 0) / %s AS span FROM kernel_document), "
    "hits AS MATERIALIZED (SELECT id, urn FROM kernel_document "
    "WHERE vector @@ replace(%s, '#', (SELECT span::text FROM top))::tsquery AND id + 0 >= %s * (SELECT span FROM top)) "
    "SELECT h.id, h.urn, t.id FROM top t LEFT JOIN hits h ON true ORDER BY h.id DESC"
)


def _newest_span(words: str, who: Collection[str], limit: int, found: list[Hit]) -> int:
    """Put the documents of the last span among those found; the last id of all."""
    marks = _marks(mark if _of_one(mark) else f"{mark}.#" for mark in who)
    rows = prepared_rows(_IN_THE_LAST + _most(limit), [SPAN, f"{words} & ({marks})", SPAN])
    found += [Hit(pk, urn) for pk, urn, _last in rows if pk is not None]
    return int(rows[0][2])


def _counts(pieces: Sequence[str]) -> dict[str, float]:
    one = "SELECT count(*) FROM (SELECT 1 FROM kernel_search WHERE kernel_search MATCH %s LIMIT %s)"
    with connection.cursor() as cursor:
        found = {}
        for piece in pieces:
            cursor.execute(one, [f'pieces : "{piece}"', COUNTED])
            found[piece] = float(cursor.fetchone()[0])
    return found


def _shares(pieces: Sequence[str]) -> dict[str, float]:
    """Those that PostgreSQL's own statistics name are common, by what these say; the others are counted, for most of what
    somebody tells may stand in no document at all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unnest(most_common_elems::text::text[]), unnest(most_common_elem_freqs) FROM pg_stats "
            "WHERE schemaname = current_schema() AND tablename = 'kernel_document' AND attname = 'vector'"
        )
        common = {piece: SEEN + float(share) for piece, share in cursor.fetchall() if piece in pieces}
        cursor.execute(
            "SELECT p, (SELECT count(*) FROM (SELECT 1 FROM kernel_document "
            "WHERE vector @@ quote_literal(p)::tsquery LIMIT %s) d) FROM unnest(%s::text[]) p",
            [SEEN, [piece for piece in pieces if piece not in common]],
        )
        return {piece: float(count) for piece, count in cursor.fetchall()} | common
