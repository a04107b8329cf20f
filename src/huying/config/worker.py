"""What runs beside the pages: the sequencer, the timer, the partitions of coming months, and the readers of the log."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

from django.db import DatabaseError, close_old_connections, connection

from huying.base import clock
from huying.city import queries as city
from huying.events import partitions
from huying.events.sequence import Sequencer
from huying.hub import reader
from huying.kernel import photos, timers
from huying.people import limits, officers

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.5
PARTITION_SECONDS = 3600.0
TIMER_SECONDS = 2.0
DAY_SECONDS = 86_400.0
DRAFTS_KEPT = timedelta(days=2)  # pictures of forms that were never sent
FAULT_SECONDS = 5.0


class Worker:
    """Short batches in one thread. A fault of the database is logged, and the work goes on when it answers again."""

    def __init__(self) -> None:
        self._sequencer = Sequencer()
        self._next_partitions = 0.0
        self._next_sweep = 0.0
        self._next_timers = 0.0
        self._gone_through: tuple[str, date] | None = None
        self.jobs: list[Callable[[], int]] = [
            *(self._sequencer.run_once, self._changes, self._timers, reader.run, self._months, self._sweep),
        ]

    def once(self) -> int:
        """One round of every job; how much was done."""
        return sum(job() for job in self.jobs)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            try:
                close_old_connections()
                done = self.once()
            except DatabaseError:
                log.exception("the database did not answer; trying again in %s s", FAULT_SECONDS)
                connection.close()
                stop.wait(FAULT_SECONDS)
                continue
            if not done:
                stop.wait(IDLE_SECONDS)

    def _timers(self) -> int:
        """What is due now; again at once while there is more, else after a pause."""
        if time.monotonic() < self._next_timers:
            return 0
        done = timers.sweep() + timers.recompute()
        if not done:
            self._next_timers = time.monotonic() + TIMER_SECONDS
        return done

    def _changes(self) -> int:
        """Bodies that are closed as of today, and places that moved: once a day and pack, in batches until nothing waits."""
        now = (city.digest(), clock.today())
        if self._gone_through == now:
            return 0
        officers.follow_bodies()
        done = timers.succeed()
        if not done:
            self._gone_through = now
        return done

    def _months(self) -> int:
        if time.monotonic() < self._next_partitions:
            return 0
        self._next_partitions = time.monotonic() + PARTITION_SECONDS
        return len(partitions.ensure())

    def _sweep(self) -> int:
        """Once a day: pictures of forms that were never sent, and limits that have run out."""
        if time.monotonic() < self._next_sweep:
            return 0
        self._next_sweep = time.monotonic() + DAY_SECONDS
        limits.sweep()
        return photos.sweep(clock.now() - DRAFTS_KEPT)


def start_thread() -> threading.Event:
    """Start the worker as a thread of this process; set the event that is returned to stop it."""
    stop = threading.Event()
    threading.Thread(target=Worker().run, args=(stop,), name="worker", daemon=True).start()
    return stop
