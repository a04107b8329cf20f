"""Insert rows in one statement whose text is made once per table.

Django composes and compiles each INSERT anew, which was a third of what recording a call cost (docs/performance.md).
Values are prepared by the model's own fields, and ids are set as bulk_create sets them.
"""

from __future__ import annotations  # django-stubs make Field generic, Django itself does not

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Field, Model
from django.db.models.base import ModelState

MOST_VALUES = 30_000  # below SQLite's 32,766 and PostgreSQL's 65,535 placeholders
# What such a field keeps as it is, once it has that very type: preparing it was half of what an INSERT cost.
_WORDS: frozenset[type] = frozenset({str, type(None)})
_NUMBERS: frozenset[type] = frozenset({int, type(None)})
_PLAIN: dict[type, frozenset[type]] = {
    **dict.fromkeys((models.CharField, models.TextField), _WORDS),
    **dict.fromkeys((models.AutoField, models.BigAutoField, models.IntegerField, models.BigIntegerField), _NUMBERS),
    **dict.fromkeys((models.SmallIntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField), _NUMBERS),
    models.BooleanField: frozenset({bool, type(None)}),
    models.FloatField: frozenset({float, type(None)}),
    models.BinaryField: frozenset({bytes, type(None)}),
    models.DateTimeField: frozenset({type(None)}),  # but one that sets itself
}
M = TypeVar("M", bound=Model)
_Column = tuple[str, frozenset[type], Any]  # name, types kept as they are, the field


def fresh(model: type[M], **values: Any) -> M:
    """A new row, unsaved: `model(**values)` for a third of what that costs, where rows are made in crowds.

    No signal of its making is sent; nothing here listens to any.
    """
    row = model.__new__(model)
    fixed, made, points = _defaults(model)
    row.__dict__.update(fixed, _state=ModelState())
    for name, make in made:
        if name not in values:
            row.__dict__[name] = make()
    for name, value in values.items():
        if name in points and value is not None:
            row.__dict__[points[name]], row._state.fields_cache[name] = value.pk, value
        else:
            setattr(row, name, value)
    return row


@lru_cache(maxsize=64)
def _defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]], dict[str, str]]:
    """What a new row holds: the values that are always the same, how others are made, and what points at another row's id."""
    fixed, made, points = {}, [], {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.target_field.primary_key:
            points[field.name] = field.attname
        if field.has_default() and callable(field.default):
            made.append((field.attname, field.get_default))
        else:
            fixed[field.attname] = field.get_default()
    return fixed, made, points


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model, whose related rows have their ids, and give each its id. Raises what the database raises."""
    if not rows:
        return
    columns, head, one = _statement(type(rows[0]), connection.vendor)
    step = max(1, MOST_VALUES // len(columns))
    for begin in range(0, len(rows), step):
        _insert_part(rows[begin : begin + step], columns, head, one)


def upsert(rows: Sequence[Model], unique: Sequence[str]) -> None:
    """Insert rows of one model, or write over those with the same values of `unique` (attribute names); their ids stay unset.

    Raises what the database raises.
    """
    if not rows:
        return
    columns, head, one = _statement(type(rows[0]), connection.vendor)
    quote, names = connection.ops.quote_name, {str(field.attname): str(field.column) for _, _, field in columns}
    sets = ", ".join(f"{quote(column)} = excluded.{quote(column)}" for name, column in names.items() if name not in unique)
    key = ", ".join(quote(names[name]) for name in unique)
    tail = f" ON CONFLICT ({key}) DO UPDATE SET {sets}"  # nosec B608  # our own names
    step = max(1, MOST_VALUES // len(columns))
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), step):
            part = rows[begin : begin + step]
            cursor.execute(f"{head} {', '.join([one] * len(part))}{tail}", _values(part, columns))


def update(changed: Sequence[Model], names: Sequence[str]) -> None:
    """Write these columns (attribute names) of rows of one model, each by its id, in one prepared statement."""
    if not changed:
        return
    model, quote = type(changed[0]), connection.ops.quote_name
    fields = [next(f for f in model._meta.local_concrete_fields if name in (f.attname, f.name)) for name in names]
    key = model._meta.pk
    assert key is not None
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {quote(str(key.column))} = %s"  # nosec B608  # our own names
    columns: list[_Column] = [(str(field.attname), _plain(field), field) for field in fields]
    with connection.cursor() as cursor:
        values, wide = _values(changed, columns), len(columns)
        cursor.executemany(sql, [[*values[n * wide : (n + 1) * wide], row.pk] for n, row in enumerate(changed)])


def _insert_part(rows: Sequence[Model], columns: list[_Column], head: str, one: str) -> None:
    values = _values(rows, columns)
    own_key = any(field.primary_key for _, _, field in columns)
    tail = "" if own_key else " RETURNING id"
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {', '.join([one] * len(rows))}{tail}", values)
        keys = [] if own_key else cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=not own_key):
        row.pk = key
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


def _values(rows: Sequence[Model], columns: list[_Column]) -> list[Any]:
    adapt = connection.ops.adapt_datetimefield_value  # asked of the connection once, not with every moment
    values = []
    for row in rows:
        for name, plain, field in columns:
            value = getattr(row, name)
            if type(value) in plain:
                values.append(value)
            elif type(value) is datetime and value.tzinfo is not None and type(field) is models.DateTimeField:
                values.append(adapt(value))  # what its field would come to, after asking what it is
            else:
                values.append(field.get_db_prep_save(field.pre_save(row, True), connection))
    return values


@lru_cache(maxsize=64)
def _statement(model: type[Model], vendor: str) -> tuple[list[_Column], str, str]:
    quote = connection.ops.quote_name
    fields = [f for f in model._meta.local_concrete_fields if not (f.primary_key and f.db_returning)]
    names = ", ".join(quote(str(f.column)) for f in fields)
    head = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES"
    return [(f.attname, _plain(f), f) for f in fields], head, f"({', '.join(['%s'] * len(fields))})"


def _plain(field: Field[Any, Any]) -> frozenset[type]:
    """The types of values that the field hands to the database unchanged; a reference does what its target does."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return frozenset()
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return _PLAIN.get(type(target), frozenset())
