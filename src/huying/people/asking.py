"""Asking the database in its own words, where composing and planning the question costs more than its answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


def any_row(sql: str, values: Sequence[Any] = ()) -> bool:
    """Whether the statement finds a row. `sql` holds a mark (%s) for every value and nothing that somebody typed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(values))
        return cursor.fetchone() is not None


def marks(values: Sequence[object]) -> str:
    """The marks of a list of values, for `IN (…)`."""
    return ", ".join(["%s"] * len(values))


def prepared_rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement finds that is asked again and again in the same words.

    PostgreSQL parses and plans it once a connection, for any values: it must be one that a single plan serves, so a
    number of rows stands in its text. Planning an inbox anew took six times as long as walking it.
    """
    with _cursor() as cursor:
        cursor.execute(sql, tuple(values))
        return list(cursor.fetchall())


def _cursor() -> "CursorWrapper":
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    # Django's own cursors put values into the text, which then is another text each time
    cursor = _prepared()(connection.connection)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


_class: Any = None


def _prepared() -> Any:
    """The class of cursors that prepare, made when PostgreSQL is first asked: a city on SQLite never loads its driver."""
    global _class
    if _class is None:
        import psycopg  # as said above
        from psycopg.types.numeric import Int8

        def wide(value: object) -> object:
            if isinstance(value, list):
                return [wide(one) for one in value]
            return Int8(value) if type(value) is int else value

        class Prepared(psycopg.Cursor[Any]):
            """Prepares what it executes, and is answered in bytes, not in text.

            Integers are of one width, for a statement is another with each width of its values.
            """

            def execute(self, query: Any, params: Any = None, **kept: Any) -> "Prepared":
                """As psycopg's, prepared. Where the settings turn preparing off, psycopg does not."""
                return super().execute(
                    query, [wide(value) for value in params or ()], **(kept | {"prepare": True, "binary": True})
                )

        _class = Prepared
    return _class
