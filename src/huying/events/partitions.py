"""Months of the log as partitions on PostgreSQL; on SQLite there is nothing to do."""

from datetime import date, datetime, timedelta

from django.db import connection

from huying.base import clock

MONTHS_AHEAD = 3


def ensure(today: date | None = None, ahead: int = MONTHS_AHEAD) -> list[str]:
    """Make the partitions of this month and `ahead` more; the names of those made now.

    Facts of other months (an import of old appeals) go to the default partition and stay readable.
    """
    if connection.vendor != "postgresql":
        return []
    month = (today or clock.today()).replace(day=1)
    made = []
    for _ in range(ahead + 1):
        following = (month + timedelta(days=32)).replace(day=1)
        if name := _make(month, following):
            made.append(name)
        month = following
    return made


def _make(first: date, following: date) -> str | None:
    name = f"events_fact_{first:%Y_%m}"
    begin, end = (datetime(d.year, d.month, 1, tzinfo=clock.CITY_TIME).isoformat() for d in (first, following))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [name])
        if cursor.fetchone()[0] is not None:
            return None
        # Rows of that month that already lie in the default partition would forbid it; they stay there then.
        cursor.execute("SELECT EXISTS (SELECT 1 FROM events_fact_rest WHERE at >= %s AND at < %s)", [begin, end])
        if cursor.fetchone()[0]:
            return None
        cursor.execute(f"CREATE TABLE {name} PARTITION OF events_fact FOR VALUES FROM ('{begin}') TO ('{end}')")
    return name
