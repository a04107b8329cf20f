"""What runs beside the pages: the sequencer, the timer, the partitions of coming months, and the readers of the log."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from huying.base import clock
from huying.base.faults import ForOperator
from huying.city import queries as city
from huying.config.beside import Beside
from huying.events import checkpoints, partitions, tiles
from huying.events.sequence import Sequencer
from huying.events.tiles import LogBroken
from huying.features.services import awaiting, drafts, paying, visiting
from huying.features.services.offering import ending, running
from huying.features.services.offering.ports import NotDelivered
from huying.hub import reader
from huying.kernel import learned, lessons, photos, retention, timers
from huying.kernel.search import index as search_index
from huying.kernel.search import reader as search
from huying.notify import reader as notify
from huying.notify import relays, status
from huying.notify.sender import Sender
from huying.people import limits, officers

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.5
ROUND_SECONDS = 0.3  # a round costs 20 CPU-ms before its first fact, and 1.4 for all facts of an appeal
BACKLOG = 5000  # read by all readers in one round, and there is more: an import, or a morning after the worker stood still
PARTITION_SECONDS = 3600.0
RELAY_SECONDS = 3600.0
TIMER_SECONDS = 2.0
DAY_SECONDS = 86_400.0
DRAFTS_KEPT = timedelta(days=2)  # pictures and papers of forms that were never sent
TRIM_SECONDS = 3600.0
CAUSES_SECONDS = 1800.0
FAULT_SECONDS = 5.0
SEAL_AGAIN_SECONDS = 60.0
COUNTER_SECONDS = 60.0
OFFER_SECONDS = 60.0
OFFER_AGAIN_SECONDS = 3600.0  # after a register did not answer
LEARN_SECONDS = 60.0
LEARN_AGAIN_SECONDS = 3600.0  # after learning failed


class Worker:
    """Short batches in one thread. A fault of the database is logged, and the work goes on when it answers again."""

    def __init__(self) -> None:
        self._sequencer = Sequencer()
        self._next_partitions = 0.0
        self._next_sweep = 0.0
        self._next_timers = 0.0
        self._next_trim = 0.0
        self._next_seal = 0.0
        self._next_settle = 0.0
        self._next_counters = 0.0
        self._next_offers = 0.0
        self._causes = Beside(["dispatch", "causes"], CAUSES_SECONDS)
        self._learning = Beside(["dispatch", "learn", "--if-due"], LEARN_SECONDS, _may_learn, LEARN_AGAIN_SECONDS)
        self._gone_through: tuple[str, date] | None = None
        self._reading: list[Callable[[], int]] = [self._sequencer.run_once, self._seal]
        self._reading += [reader.run, notify.run, search.run, lessons.run]
        self._working: list[Callable[[], int]] = [
            self._changes,
            self._timers,
            self._months,
            self._sweep,
            self._trim,
            self._counters,
            self._settle,
            self._offers,
            self._causes.look,
            self._learning.look,
        ]

    def once(self) -> int:
        """One round of every job; how much was done."""
        return sum(self._round())

    def _round(self) -> tuple[int, int]:
        """How much of the log was taken in, and how much else was done: in short batches, after which more may wait."""
        return sum(job() for job in self._reading), sum(job() for job in self._working)

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            began = time.monotonic()
            try:
                close_old_connections()
                read, worked = self._round()
            except DatabaseError:
                log.exception("the database did not answer; trying again in %s s", FAULT_SECONDS)
                connection.close()
                stop.wait(FAULT_SECONDS)
                continue
            stop.wait(pause(read, worked, time.monotonic() - began))

    def _seal(self) -> int:
        """Put what is numbered into the tree and sign it. A log that contradicts itself is not signed; all else goes on."""
        if time.monotonic() < self._next_seal:
            return 0
        try:
            return tiles.append() + checkpoints.sign_due()
        except (LogBroken, ForOperator) as fault:
            log.error("nothing is signed any more: %s", fault)
            self._next_seal = time.monotonic() + SEAL_AGAIN_SECONDS
            return 0

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
        """Once a day: files of forms that were never sent, limits that have run out, and what was told long ago."""
        if time.monotonic() < self._next_sweep:
            return 0
        self._next_sweep = time.monotonic() + DAY_SECONDS
        limits.sweep()
        status.sweep()
        before = clock.now() - DRAFTS_KEPT
        return photos.sweep(before) + drafts.sweep(before) + ending.trim()

    def _trim(self) -> int:
        """Calls whose time to be kept is over, in batches until nothing waits; looked for once an hour."""
        if time.monotonic() < self._next_trim:
            return 0
        done = retention.trim()
        if not done:
            self._next_trim = time.monotonic() + TRIM_SECONDS
        return done

    def _counters(self) -> int:
        """Once a minute: who did not come back from the cashier, what is given back, visits needless, near or not booked."""
        if time.monotonic() < self._next_counters:
            return 0
        self._next_counters = time.monotonic() + COUNTER_SECONDS
        done = paying.settle_asked() + paying.give_back_due() + visiting.free_dropped()
        return done + visiting.tell_near() + awaiting.tell_unbooked()

    def _settle(self) -> int:
        """Once a day, piece by piece: what was taken out of the index goes out of its files too."""
        if time.monotonic() < self._next_settle:
            return 0
        more = search_index.settle()
        if not more:
            self._next_settle = time.monotonic() + DAY_SECONDS
        return int(more)

    def _offers(self) -> int:
        """Who is looked for today, batch by batch while there are more; each day's watches are due once."""
        if time.monotonic() < self._next_offers:
            return 0
        try:
            done = running.once()
        except (NotDelivered, ForOperator) as fault:
            log.warning("nothing is offered for now: %s", fault)
            self._next_offers = time.monotonic() + OFFER_AGAIN_SECONDS
            return 0
        if not done:
            self._next_offers = time.monotonic() + OFFER_SECONDS
        return done


def pause(read: int, worked: int, spent: float) -> float:
    """Seconds to wait after a round of so many seconds: what is read of the log gathers, other work goes on at once."""
    if worked or read >= BACKLOG:
        return 0.0
    return max(0.0, ROUND_SECONDS - spent) if read else IDLE_SECONDS


def _may_learn() -> bool:
    """Whether enough was dispatched by hand since the last reader was made."""
    return settings.LEARNS and lessons.count() > 0 and learned.due()


class Teller:
    """Sends what is planned, in a thread of its own: a provider that hangs holds up nothing but the next message."""

    def run(self, stop: threading.Event) -> None:
        """Send until `stop` is set. Whatever goes wrong is logged, and it goes on."""
        sender, next_sweep = Sender(), 0.0
        while not stop.is_set():
            try:
                close_old_connections()
                done = sender.once()
                if time.monotonic() >= next_sweep:
                    next_sweep = time.monotonic() + RELAY_SECONDS
                    relays.sweep()
            except Exception:  # the thread must not end: nobody would be told anything any more
                log.exception("telling stopped; trying again in %s s", FAULT_SECONDS)
                connection.close()
                stop.wait(FAULT_SECONDS)
                continue
            if not done:
                stop.wait(IDLE_SECONDS)


def tell_beside(stop: threading.Event) -> None:
    """Start the teller as a thread that ends when `stop` is set."""
    threading.Thread(target=Teller().run, args=(stop,), name="teller", daemon=True).start()


def start_thread() -> threading.Event:
    """Start worker and teller as threads of this process; set the event that is returned to stop them."""
    stop = threading.Event()
    threading.Thread(target=Worker().run, args=(stop,), name="worker", daemon=True).start()
    tell_beside(stop)
    return stop
