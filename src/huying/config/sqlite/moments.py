"""Moments between SQLite and Python: UTC on the way in, aware of it on the way out, in one step each.

Django reads a column first as a moment without a zone and then, in a second pass over every row, gives it one; with dates
and truth values the second pass changes nothing at all.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from sqlite3 import register_adapter, register_converter
from typing import Any

from django.db.backends.sqlite3.operations import DatabaseOperations
from django.db.models.expressions import Col, Expression

# sqlite3 itself makes them of what a table's own column holds, by the type the column was declared with
BY_COLUMN = frozenset({"BooleanField", "DateField", "DateTimeField"})


def aware(stored: bytes) -> datetime:
    """The moment a column holds, in UTC, whether or not it says so. Raises ValueError for what is none."""
    moment = datetime.fromisoformat(stored.decode())
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def stored(moment: datetime) -> str:
    """A moment as SQLite keeps it: UTC, without saying so. One that has no zone is taken to be UTC."""
    if moment.tzinfo is None:
        return moment.isoformat(" ")
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(" ")[:-6]


for name in ("datetime", "timestamp"):
    register_converter(name, aware)
register_adapter(datetime, stored)  # of what is asked by hand


class Operations(DatabaseOperations):
    """Django's, without the second pass for what a table's own column holds, and without asking a moment twice for its zone."""

    def adapt_datetimefield_value(self, value: Any) -> Any:
        """As it is stored; what stands for a moment, an expression, is Django's to see to."""
        return stored(value) if type(value) is datetime else super().adapt_datetimefield_value(value)

    def get_db_converters(self, expression: Expression) -> list[Callable[..., Any]]:
        """None for a column that sqlite3 has converted; what was reckoned (Max, Coalesce) comes as text and keeps its own."""
        if isinstance(expression, Col) and expression.output_field.get_internal_type() in BY_COLUMN:
            return []
        return super().get_db_converters(expression)
