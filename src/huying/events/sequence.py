"""One sequencer numbers committed facts, so that a reader who goes by number can never skip one.

Ids are given out before commit, so under several writers they appear out of order. The sequencer numbers what it sees
committed; `low` marks the id up to which every fact is numbered or will never come, and only moves past a gap once every
transaction that could still fill it has ended.
"""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from huying.base import clock
from huying.events import alone, tiles
from huying.events.models import Fact, FactOrder, Lease

LEASE = "sequencer"
LEASE_FOR = timedelta(seconds=30)
# A transaction takes its fact's id a moment before PostgreSQL gives it a transaction id; a gap is believed only after this.
GAP_AGE = timedelta(seconds=30)


@dataclass(slots=True)
class Horizon:
    """An id seen numbered, the PostgreSQL transaction id that was next then, and when: below it gaps can be settled."""

    fact_id: int
    next_xid: int
    seen_at: float


class Sequencer:
    """Numbers facts while it holds the one lease. Make one per process and call `run_once` again and again."""

    def __init__(self, holder: str | None = None) -> None:
        self.holder = holder or f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
        self._horizon: Horizon | None = None

    def run_once(self, limit: int = 2000) -> int:
        """Number up to `limit` committed facts; 0 when there are none or another sequencer is at work."""
        with transaction.atomic(), _only_one(self.holder) as lease:
            if lease is None:
                return 0
            ids = _unnumbered(lease.low, limit)
            first = _following() if ids else 0
            FactOrder.objects.bulk_create([FactOrder(seq=n, fact_id=pk, at=at) for n, (pk, at) in enumerate(ids, first)])
            self._raise_low(lease, ids)
            return len(ids)

    def run_dry(self) -> int:
        """Number everything that is committed now; how many facts that were."""
        total = 0
        while done := self.run_once():
            total += done
        return total

    def _raise_low(self, lease: Lease, ids: list[tuple[int, datetime]]) -> None:
        if connection.vendor == "sqlite":  # one writer: ids are committed in their order, there are no gaps to wait for
            if ids:
                lease.low = ids[-1][0]
                lease.save(update_fields=["low"])
            return
        oldest, following = _snapshot()
        moment = clock.now().timestamp()
        seen = self._horizon
        if seen and oldest >= seen.next_xid and moment - seen.seen_at >= GAP_AGE.total_seconds():
            lease.low = max(lease.low, seen.fact_id)
            lease.save(update_fields=["low"])
            self._horizon = seen = None
        if seen is None and ids:
            self._horizon = Horizon(ids[-1][0], following, moment)


def _following() -> int:
    """The number to give next. Never one that the tree holds: where the order's end was cut off, the gap stays to be seen."""
    last = FactOrder.objects.aggregate(last=Max("seq"))["last"] or 0
    return max(int(last), tiles.size()) + 1


def _unnumbered(low: int, limit: int) -> list[tuple[int, datetime]]:
    numbered = FactOrder.objects.filter(fact_id__gt=low).values("fact_id")
    waiting = Fact.objects.filter(id__gt=low)
    if connection.vendor != "sqlite":
        waiting = waiting.exclude(id__in=numbered)
    return list(waiting.order_by("id").values_list("id", "at")[:limit])


def _snapshot() -> tuple[int, int]:
    """The oldest transaction id still at work and the next one to be given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
        )
        oldest, following = cursor.fetchone()
        return oldest, following


@contextmanager
def _only_one(holder: str) -> Iterator[Lease | None]:
    """The lease row when this holder may work now, else None."""
    if not alone.first(alone.SEQUENCER):
        yield None
        return
    lease, _ = Lease.objects.get_or_create(name=LEASE)
    moment = clock.now()
    if connection.vendor == "sqlite" and lease.holder not in ("", holder) and lease.until and lease.until > moment:
        yield None
        return
    lease.holder, lease.until = holder, moment + LEASE_FOR
    lease.save(update_fields=["holder", "until"])
    yield lease


def is_numbered(fact_id: int) -> bool:
    """Whether readers can see the fact already."""
    return FactOrder.objects.filter(fact_id=fact_id).exists()
