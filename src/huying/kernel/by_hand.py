"""Questions on the path of every appeal, asked without building a query: nearly always the answer is no."""

from collections.abc import Sequence

from django.db import connection


def any_row(sql: str, values: Sequence[str | int]) -> bool:
    """Whether the statement finds a row. `sql` holds a mark (%s) for every value and nothing that somebody typed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(values))
        return cursor.fetchone() is not None


def marks(values: Sequence[str | int]) -> str:
    """The marks of a list of values, for `IN (…)`."""
    return ", ".join(["%s"] * len(values))
