"""Questions that are planned once: on PostgreSQL by statements that a connection keeps; SQLite's driver keeps its own."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


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


@cache
def _prepared() -> Any:
    """The class of cursors that prepare, made when PostgreSQL is first asked: a city on SQLite never loads its driver."""
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
            values = [wide(value) for value in params or ()]
            return super().execute(query, values, **(kept | {"prepare": True, "binary": True}))

    return Prepared
