"""Lay documents down in bulk, as the index itself would have them: a million in minutes, for measuring search.

Rows come first, then the index over all of them in one go, which is what it is after its segments were merged. The last
ones are put through the index as the reader puts them, so that what one costs is known where all the others lie already.
"""

import random
import time
from collections.abc import Iterator
from typing import Any

from common import texts
from fill import _moment, _series

CALLERS_EVERY = 10  # so many calls has each caller
BATCH = 5_000
PUT = 10_000  # documents that are put one batch after the other, not laid
PUT_AT_ONCE = 100
LAID_HASH, DEFAULT_HASH = 256 << 20, 1 << 20


def calls() -> None:
    """One call a matter, every ten of one caller."""
    from django.db import connection

    from huying.base import clock
    from huying.kernel.models import Matter
    from huying.people.models import Party

    last = Matter.objects.order_by("-id").values_list("id", flat=True)[0]
    parties = [Party(data_key=b"k") for _ in range(last // CALLERS_EVERY + 1)]
    Party.objects.bulk_create(parties, batch_size=500)
    first = Party.objects.order_by("id").values_list("id", flat=True)[0]
    text = "substr('000000000000' || s.n, -12)" if connection.vendor == "sqlite" else "lpad(s.n::text, 12, '0')"
    no = "FALSE" if connection.vendor == "postgresql" else "0"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO kernel_call (id, number, secret_hash, kind, sort, caller_id, matter_id, channel, title, text, place,
            openness, state, opened_at, rating_text, told_to_desk, reopened, tries, ended_how, excluded, version, area_id)
            SELECT s.n, {text}, '', 'appeal', m.sort, %(first)s + s.n / {CALLERS_EVERY}, m.id, 'web', m.title, m.title, '',
            'named', 'open', m.opened_at, '', {no}, 0, 0, '', '', 1, m.area_id
            FROM {_series()} JOIN kernel_matter m ON m.id = s.n""",
            {"start": 1, "end": last, "first": first, "now": _moment(clock.now())},
        )
        cursor.execute("ANALYZE")


def documents() -> dict[str, Any]:
    """Every call's document; what one costs that is put into the full index, and what merging its segments costs."""
    from django.db import connection

    chance, said, last = random.Random(26), _said(), _last_call()
    rows = [row for row in _rows() if row[0] <= last - PUT]  # all read before: nothing can be asked while COPY runs
    lay = _lay_vectors if connection.vendor == "postgresql" else _lay_rows
    lay(_entry(row, chance, said) for row in rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kernel_document")
    return _put([_entry(row, chance, said) for row in _rows(last - PUT)])


def _lay_rows(entries: Iterator[Any]) -> None:
    """SQLite: the table without its triggers, then the full-text table from it."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'kernel_document'")
        triggers = dict(cursor.fetchall())
        for name in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.executemany("INSERT INTO kernel_document (urn, pieces, who) VALUES (%s, %s, %s)", entries)
        for size in (LAID_HASH, DEFAULT_HASH):  # how much FTS5 gathers before it writes a segment: fewer, larger ones
            cursor.execute("INSERT INTO kernel_search(kernel_search, rank) VALUES ('hashsize', %s)", [size])
            if size == LAID_HASH:
                cursor.execute("INSERT INTO kernel_search(kernel_search) VALUES ('rebuild')")
        for sql in triggers.values():
            cursor.execute(sql)


def _lay_vectors(entries: Iterator[Any]) -> None:
    """PostgreSQL: the table without its index of words, then that index. By a connection of its own: COPY keeps it busy."""
    import psycopg
    from django.db import connection

    from huying.kernel.search.index import vector

    known = connection.get_connection_params()
    named = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if known.get(name)}
    with psycopg.connect(**named) as own, own.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'kernel_document_vector'")
        index = cursor.fetchone()[0]
        cursor.execute("DROP INDEX kernel_document_vector")
        cursor.execute("SELECT coalesce(max(id), 0) FROM kernel_document")
        first = cursor.fetchone()[0] + 1
        with cursor.copy("COPY kernel_document (id, urn, pieces, who, vector) FROM STDIN") as copy:
            for place, entry in enumerate(entries, first):
                copy.write_row((place, *entry, vector(entry.pieces, entry.who, place)))
        cursor.execute("SELECT setval(pg_get_serial_sequence('kernel_document', 'id'), (SELECT max(id) FROM kernel_document))")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(index)


def _put(entries: list[Any]) -> dict[str, Any]:
    from django.db import transaction
    from server import spent

    from huying.kernel.search import index

    began = spent()
    for at in range(0, len(entries), PUT_AT_ONCE):
        with transaction.atomic():
            index.put(entries[at : at + PUT_AT_ONCE])
    put = spent() - began
    began, settling = spent(), time.monotonic()
    while index.settle() and time.monotonic() - settling < 60:
        pass
    return {"cpu_ms_each": round(put / len(entries) * 1000, 3), "settled, cpu_s": round(spent() - began, 1)}


def _last_call() -> int:
    from huying.kernel.models import Call

    return Call.objects.order_by("-id").values_list("id", flat=True)[0]


def _rows(after: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """Call, caller, bearer and area of every call, in parts."""
    from huying.kernel.models import Call

    columns = ("pk", "caller_id", "matter__tasks__bearer_id", "matter__area_id")
    while rows := list(Call.objects.filter(pk__gt=after).order_by("pk").values_list(*columns)[:BATCH]):
        yield from rows
        after = rows[-1][0]


def _said() -> list[tuple[str, str]]:
    """The pieces of what people write about, whole and without its courtesies: cut once, for a text ends where its run does."""
    from huying.reading import terms

    return [(" ".join(terms.pieces(text)), " ".join(terms.pieces(text[3:-8]))) for text in texts()]


def _entry(row: tuple[int, int, int, int], chance: random.Random, said: list[tuple[str, str]]) -> Any:
    from huying.kernel.search.index import Entry
    from huying.kernel.search.scopes import _where
    from huying.reading import terms

    call, caller, bearer, area = row
    number = " ".join(terms.pieces(f"第{call}件"))
    pieces = f"{chance.choice(said)[0]} {number} {chance.choice(said)[1]}"
    return Entry(f"call:{call}", pieces, f"call d{bearer} p{caller} {' '.join(f'a{pk}' for pk in _where(area))}")
