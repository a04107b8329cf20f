"""The inbox in SQL: the first open tasks by due moment within one scope or many, never more than a page of rows read.

One scope (a unit, a district, the city) is one walk of a partial index. Many are merged: SQLite's recursive query keeps a
queue by its order, so that it takes the first row of each scope and after each row the next one of its own scope alone.
PostgreSQL has no such queue: there the first few rows of each scope bound the page, and only rows within that bound are
read. The text depends on the shape of the question and the page's length, so it is parsed and planned once: a length that
is a value would make PostgreSQL plan for a tenth of all rows, and sort a million.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

# of a task, what its row in the inbox says: a sort carries no more
_COLUMNS = ", ".join(
    f"n.{name}"
    for name in (
        *("id", "matter_id", "kind", "sort", "state", "role", "due_at", "given_at", "contacted_at"),
        *("bearer_id", "area_id", "handler_id", "parent_id", "resume_on"),
    )
)
_ORDER = "ORDER BY n.due_at, n.id"
_HIDDEN = "n.matter_id NOT IN (SELECT h.id FROM kernel_matter h WHERE h.about_id {})"


@dataclass(frozen=True, slots=True)
class Walk:
    """Open tasks whose `column` is one of `ids` (any, where there is no column), narrowed by `where`, after a row.

    `hidden` are the bodies of which what complains stands in none of the actor's boxes: as `rules.not_about`.
    """

    column: str
    ids: tuple[int, ...]
    where: tuple[str, ...]
    values: tuple[Any, ...]
    after: tuple[Any, int] | None
    hidden: Collection[int]


def tasks(walk: Walk, limit: int) -> tuple[str, list[Any]]:
    """What stands after FROM: the first `limit` tasks as `t`, in no order, and its values."""
    found, values = _found(walk, limit)
    if connection.vendor == "sqlite":  # it walks by keys alone, rows are fetched for the page
        return f"(SELECT * FROM kernel_task WHERE id IN ({found})) t", values  # nosec B608
    return f"({found}) t", values


def _found(walk: Walk, limit: int) -> tuple[str, list[Any]]:
    if len(walk.ids) > 1:
        return _many(walk, limit)
    text = _one(connection.vendor, walk.column, walk.where, walk.after is not None, bool(walk.hidden), int(limit))
    return text, [*walk.ids, *_values(walk), *(walk.after or ())]


def count(walk: Walk, limit: int) -> tuple[str, list[Any]]:
    """The query of how many there are, counted up to `limit`, and its values."""
    scope, ids = _within(walk)
    where = " AND ".join([*scope, *_conditions(walk.where, bool(walk.hidden))])
    text = f"SELECT count(*) FROM (SELECT 1 FROM kernel_task n WHERE {where} LIMIT {int(limit)}) n"  # nosec B608
    return text, [*ids, *_values(walk)]


def _within(walk: Walk) -> tuple[list[str], list[Any]]:
    if not walk.column:
        return [], []
    return [f"n.{walk.column} {one_of()}"], [listed(walk.ids)]


def one_of() -> str:
    """One of a list that is given as one value: the text does not change with its length."""
    return "IN (SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else "= ANY(%s)"


def listed(ids: Collection[int]) -> object:
    """The list as that one value."""
    found = sorted(ids)
    return json.dumps(found) if connection.vendor == "sqlite" else found


def _conditions(where: tuple[str, ...], hides: bool) -> list[str]:
    # bare, as the partial index says it: neither database sees that the index serves `is_open IS TRUE` or `= 1`
    return ["n.is_open", *where, *([_HIDDEN.format(one_of())] if hides else [])]


def _values(walk: Walk) -> list[Any]:
    return [*walk.values, *([listed(walk.hidden)] if walk.hidden else [])]


@lru_cache(maxsize=256)
def _one(vendor: str, column: str, where: tuple[str, ...], after: bool, hides: bool, limit: int) -> str:
    scope = [f"n.{column} = %s"] if column else []
    seen = ["(n.due_at, n.id) > (%s, %s)"] if after else []
    conditions = " AND ".join([*scope, *_conditions(where, hides), *seen])
    what = "n.id" if vendor == "sqlite" else _COLUMNS
    return f"SELECT {what} FROM kernel_task n WHERE {conditions} {_ORDER} LIMIT {limit}"  # nosec B608


def _many(walk: Walk, limit: int) -> tuple[str, list[Any]]:
    ids, values, after = listed(walk.ids), _values(walk), list(walk.after or ())
    shape = (walk.column, walk.where, walk.after is not None, bool(walk.hidden))
    if connection.vendor == "sqlite":
        return _queue(*shape), [ids, *values, *after, *values, limit]
    few = -(-limit // len(walk.ids)) + 1
    each = [*values, *after]
    return _bounded(*shape, few, int(limit)), [ids, *each, ids, *each]


@lru_cache(maxsize=256)
def _queue(column: str, where: tuple[str, ...], after: bool, hides: bool) -> str:
    """For SQLite: the queue holds one row of each scope; each row that leaves it is followed by the next of its scope."""
    conditions = " AND ".join(_conditions(where, hides))
    begin = f"n.{column} = d.value AND {conditions}" + (" AND (n.due_at, n.id) > (%s, %s)" if after else "")
    goes_on = f"n.{column} = w.scope AND {conditions} AND (n.due_at, n.id) > (w.due_at, w.id)"
    first, following = (f"SELECT n.id FROM kernel_task n WHERE {c} {_ORDER} LIMIT 1" for c in (begin, goes_on))  # nosec B608
    return (
        "SELECT w.id FROM (WITH RECURSIVE w(scope, due_at, id) AS ("  # nosec B608
        f"SELECT d.value, t.due_at, t.id FROM json_each(%s) d JOIN kernel_task t ON t.id = ({first}) "
        f"UNION ALL SELECT w.scope, t.due_at, t.id FROM w JOIN kernel_task t ON t.id = ({following}) "
        "ORDER BY 2, 3 LIMIT %s) SELECT id FROM w) w"
    )


@lru_cache(maxsize=256)
def _bounded(column: str, where: tuple[str, ...], after: bool, hides: bool, few: int, limit: int) -> str:
    """For PostgreSQL: no row of the page comes after the last of a page of each scope's first few."""
    seen = ["(n.due_at, n.id) > (%s, %s)"] if after else []
    conditions = " AND ".join([f"n.{column} = d.id", *_conditions(where, hides), *seen])
    each = "unnest(%s::bigint[]) d(id) CROSS JOIN LATERAL (SELECT {} FROM kernel_task n WHERE {} LIMIT {}) n"
    near = each.format("n.due_at, n.id", f"{conditions} {_ORDER}", few)
    within = each.format(
        _COLUMNS,
        f"{conditions} AND (n.due_at, n.id) <= (SELECT b.due_at, b.id FROM bound b) {_ORDER}",  # nosec B608
        limit,
    )
    return (
        f"WITH few AS (SELECT n.due_at, n.id FROM {near} {_ORDER} OFFSET {limit - 1} LIMIT 1), "  # nosec B608
        "bound AS MATERIALIZED ("
        # fewer than a page among the first few of each: then nothing bounds it
        "SELECT COALESCE((SELECT f.due_at FROM few f), 'infinity') AS due_at, COALESCE((SELECT f.id FROM few f), 0) AS id) "
        f"SELECT {_COLUMNS} FROM {within} {_ORDER} LIMIT {limit}"
    )
