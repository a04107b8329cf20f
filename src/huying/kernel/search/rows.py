"""The rows of a page of results on PostgreSQL, asked for in the same words each time and so planned once a connection.

Composing and planning it anew took longer than looking in the index. What lets an officer see a call is said by the rules
alone: their clause is compiled as it stands, for whoever holds the same posts, and kept a minute at most, for one pack.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import Q

from huying.base import clock
from huying.city import loaded
from huying.city import queries as city
from huying.events.prepared import prepared_rows
from huying.kernel import rules
from huying.kernel.models import Call, Matter, Response
from huying.people.actors import Actor, Held

KEPT = 60  # seconds: nothing in the rules of officers moves with the clock today; what will is seen within a minute


def serves(actor: Actor) -> bool:
    """Whether the actor sees by his posts alone. What a person sees also hangs on the moment, and on what she was shown."""
    return actor.party is None and actor.held_call is None


def seen(actor: Actor, pks: Sequence[int], columns: Sequence[str]) -> list[Call]:
    """Those of the calls that the officer may see, in no order, with these columns of call, `matter__` and `response__`."""
    clause = _clause(actor.posts, actor.is_system, city.digest(), int(clock.now().timestamp()) // KEPT)
    if clause is None:
        return []
    rows = prepared_rows(_select(tuple(columns), clause[0]), [*clause[1], list(pks)])
    return [_call(row, tuple(columns)) for row in rows]


@lru_cache(maxsize=512)
def _clause(posts: tuple[Held, ...], system: bool, pack: str, minute: int) -> tuple[str, tuple[Any, ...]] | None:
    """Which calls the rules show whoever holds these posts, as Django says it in SQL, up to where an AND may follow."""
    scope = rules.visible_to(Actor("officer", posts=posts, is_system=system), "call")
    if scope is None:
        return None
    text, values = Call.objects.filter(Q(trimmed_at__isnull=True), scope).order_by().values("pk").query.sql_with_params()
    return text, tuple(values)


loaded.on_forget(_clause.cache_clear)


@lru_cache(maxsize=512)
def _select(columns: tuple[str, ...], clause: str) -> str:
    told = ", ".join(f"{table}.{column}" for table, _model, names in _parts(columns) for column in names)
    return (
        f"SELECT {told} FROM kernel_call c JOIN kernel_matter m ON m.id = c.matter_id "  # nosec B608
        "LEFT JOIN kernel_response r ON r.id = c.response_id "
        f'WHERE c.id IN ({clause} AND "kernel_call"."id" = ANY(%s))'
    )


@lru_cache(maxsize=8)
def _parts(columns: tuple[str, ...]) -> tuple[tuple[str, type[Call | Matter | Response], tuple[str, ...]], ...]:
    """What stands for each table, its model, and the columns that are read of it."""
    of_matter, of_response = (tuple(c.removeprefix(p) for c in columns if c.startswith(p)) for p in ("matter__", "response__"))
    return (
        ("c", Call, ("id", "matter_id", "response_id", *(c for c in columns if "__" not in c))),
        ("m", Matter, ("id", *of_matter)),
        ("r", Response, ("id", *of_response)),
    )


def _call(row: tuple[Any, ...], columns: tuple[str, ...]) -> Call:
    found, cells = list[Any](), iter(row)
    for _table, model, names in _parts(columns):
        values = tuple(islice(cells, len(names)))
        found.append(model.from_db("default", names, values) if values[0] is not None else None)
    call, call._state.fields_cache["matter"], call._state.fields_cache["response"] = found[0], found[1], found[2]
    assert isinstance(call, Call)
    return call
