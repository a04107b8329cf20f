"""What only one process may do at a time, until its transaction ends."""

from django.db import connection

SEQUENCER = 0x4875_5969  # "HuYi"
TILES = SEQUENCER + 1
CHECKPOINTS = SEQUENCER + 2
ERASURE = SEQUENCER + 3
INDEX = SEQUENCER + 4


def first(what: int) -> bool:
    """Whether nobody else is at it. On SQLite a transaction that writes is alone from its beginning (BEGIN IMMEDIATE)."""
    return _asked("pg_try_advisory_xact_lock", what)


def wait_for(what: int) -> None:
    """Wait until nobody else is at it."""
    _asked("pg_advisory_xact_lock", what)


def _asked(function: str, what: int) -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [what])
        return cursor.fetchone()[0] is not False
