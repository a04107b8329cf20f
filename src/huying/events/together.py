"""Writers of one process that come at the same moment write together: one transaction, one wait for the disk.

Whoever comes first writes for all who came while the one before wrote; with nobody else about, each writes at once and alone.
Databases call it group commit; here the statements are shared too.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import OperationalError, transaction

T = TypeVar("T")


class _Waiting(Generic[T]):
    __slots__ = ("done", "fault", "item")

    def __init__(self, item: T) -> None:
        self.item, self.done = item, False
        self.fault: Exception | None = None


class Line(Generic[T]):
    """A line before one kind of writing. `write` takes all that are waiting, within a transaction; when it fails for several
    of them, each is written by itself, so that what is wrong with one stops no other. It must bear being tried again. Where
    the database itself does not answer, the others are not kept waiting for it one by one."""

    def __init__(self, write: Callable[[Sequence[T]], None]) -> None:
        self._write = write
        self._queue: list[_Waiting[T]] = []
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def write(self, item: T) -> None:
        """Return when it is committed. Not from within a transaction. Raises what writing it alone raises."""
        mine = _Waiting(item)
        with self._lock:
            self._queue.append(mine)
        with self._turn:
            if not mine.done:
                self._all(self._next(mine))
        if mine.fault is not None:
            raise mine.fault

    def _next(self, mine: _Waiting[T]) -> list[_Waiting[T]]:
        with self._lock:
            batch, self._queue = self._queue, []
        return batch if mine in batch else [mine, *batch]  # whoever had taken it along was ended before he wrote

    def _all(self, batch: list[_Waiting[T]]) -> None:
        try:
            self._commit(batch)
        except Exception as fault:
            if len(batch) == 1:
                batch[0].fault, batch[0].done = fault, True
                return
            for n, one in enumerate(batch):
                self._all([one])
                if isinstance(one.fault, OperationalError):  # again, and alone: no deadlock between two of them
                    for other in batch[n + 1 :]:
                        other.fault, other.done = one.fault, True
                    return

    def _commit(self, batch: list[_Waiting[T]]) -> None:
        with transaction.atomic(durable=True):
            self._write([one.item for one in batch])
        for one in batch:
            one.done = True
