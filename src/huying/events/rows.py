"""Insert rows in one statement whose text is made once per table.

Django composes and compiles each INSERT anew, which was a third of what recording a call cost (docs/performance.md).
Values are prepared by the model's own fields, and ids are set as bulk_create sets them.
"""

from __future__ import annotations  # django-stubs make Field generic, Django itself does not

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

MOST_VALUES = 30_000  # below SQLite's 32,766 and PostgreSQL's 65,535 placeholders


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model, whose related rows have their ids, and give each its id. Raises what the database raises."""
    if not rows:
        return
    fields, head, one = _statement(type(rows[0]), connection.vendor)
    step = max(1, MOST_VALUES // len(fields))
    for begin in range(0, len(rows), step):
        _insert_part(rows[begin : begin + step], fields, head, one)


def _insert_part(rows: Sequence[Model], fields: list[Field[Any, Any]], head: str, one: str) -> None:
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    own_key = type(rows[0])._meta.pk in fields
    tail = "" if own_key else " RETURNING id"
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {', '.join([one] * len(rows))}{tail}", values)
        keys = [] if own_key else cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=not own_key):
        row.pk = key
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=64)
def _statement(model: type[Model], vendor: str) -> tuple[list[Field[Any, Any]], str, str]:
    quote = connection.ops.quote_name
    fields = [f for f in model._meta.local_concrete_fields if not (f.primary_key and f.db_returning)]
    names = ", ".join(quote(str(f.column)) for f in fields)
    return fields, f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES", f"({', '.join(['%s'] * len(fields))})"
