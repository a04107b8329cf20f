"""Questions on the path of every appeal, asked without building a query each time: nearly always the answer is no."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Standing:
    """A query that is always the same: composed and compiled once for each kind of database, then only asked."""

    def __init__(self, make: Callable[[], "QuerySet[Any, tuple[Any, ...]]"]) -> None:
        self._compiled = lru_cache(maxsize=4)(lambda vendor: _compile(make()))

    def rows(self) -> list[tuple[Any, ...]]:
        """What it finds now, with values as the fields' own converters make them."""
        sql, values, converters = self._compiled(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [tuple(_converted(row, converters)) for row in cursor.fetchall()]


def _compile(query: "QuerySet[Any, tuple[Any, ...]]") -> tuple[str, tuple[Any, ...], dict[int, Any]]:
    compiler = query.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    return sql, tuple(values), compiler.get_converters([column for column, _, _ in compiler.select])


def _converted(row: Sequence[Any], converters: dict[int, Any]) -> list[Any]:
    out = list(row)
    for place, (functions, expression) in converters.items():
        for function in functions:
            out[place] = function(out[place], expression, connection)
    return out
