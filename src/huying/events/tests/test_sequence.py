import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from huying.base import clock
from huying.events import log
from huying.events.models import Fact, FactOrder, Lease
from huying.events.sequence import GAP_AGE, Sequencer
from huying.events.tests.facts import entry

pytestmark = pytest.mark.django_db(transaction=True)


def write(*numbers: int) -> None:
    with transaction.atomic():
        log.record([entry(n) for n in numbers])


def record_and_fall() -> None:
    with transaction.atomic():
        log.record([entry(1)])
        raise ZeroDivisionError


def test_committed_facts_are_numbered_without_gaps() -> None:
    write(1, 2, 3)
    assert Sequencer().run_dry() == 3
    numbers = list(FactOrder.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_a_fact_is_numbered_once() -> None:
    write(1, 2)
    sequencer = Sequencer()
    assert sequencer.run_dry() == 2
    assert sequencer.run_dry() == 0
    write(3)
    assert sequencer.run_dry() == 1


def test_of_two_sequencers_started_at_once_one_works() -> None:
    write(*range(1, 200))
    at_work = threading.Barrier(2)
    done: dict[str, int] = {}

    def work(name: str) -> None:
        at_work.wait()
        sequencer = Sequencer(name)
        done[name] = sum(sequencer.run_once(20) for _ in range(30))
        connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    Sequencer("one" if done["one"] else "two").run_dry()
    assert FactOrder.objects.count() == Fact.objects.count() == 199
    assert len(set(FactOrder.objects.values_list("fact_id", flat=True))) == 199


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has an advisory lock instead of a lease")
def test_the_lease_of_a_dead_sequencer_is_taken_over_when_it_ends() -> None:
    write(1)
    assert Sequencer("dead").run_once() == 1
    write(2)
    assert Sequencer("living").run_once() == 0
    Lease.objects.update(until=clock.now() - timedelta(seconds=1))
    assert Sequencer("living").run_once() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer: ids are committed in order")
def test_a_fact_that_commits_late_is_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            log.record([entry(1, subject="test:slow")])
            recorded.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    recorded.wait(10)
    write(1, 2)
    sequencer = Sequencer()
    assert sequencer.run_dry() == 2
    clock.set_offset(GAP_AGE * 2)
    try:
        assert sequencer.run_once() == 0
    finally:
        clock.set_offset(timedelta())
    may_commit.set()
    thread.join()
    assert sequencer.run_dry() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite settles gaps at once")
def test_a_gap_is_passed_when_its_transaction_is_over() -> None:
    sequencer = Sequencer()
    with pytest.raises(ZeroDivisionError):
        record_and_fall()
    write(1, 2)
    assert sequencer.run_dry() == 2
    newest = max(FactOrder.objects.values_list("fact_id", flat=True))
    clock.set_offset(GAP_AGE * 2)
    # the server's other databases have transactions at work too, and a gap waits for all that were begun before it was seen
    for _ in range(1200):
        sequencer.run_once()
        if Lease.objects.get(name="sequencer").low == newest:
            return
        time.sleep(0.1)
    pytest.fail("the gap was never passed")
