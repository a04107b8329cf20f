import pytest
from django.db import transaction

from huying.events import log
from huying.events.models import Cursor
from huying.events.sequence import Sequencer
from huying.events.tests.facts import entry

pytestmark = pytest.mark.django_db(transaction=True)


def write(*numbers: int) -> None:
    with transaction.atomic():
        log.record([entry(n) for n in numbers])
    Sequencer("tests").run_dry()


def test_a_reader_gets_every_fact_once_and_in_order() -> None:
    write(*range(1, 12))
    seen: list[int] = []
    assert log.consume("tests", lambda batch: seen.extend(t.version for t in batch), limit=4) == 11
    assert seen == list(range(1, 12))
    assert log.consume("tests", lambda batch: seen.extend(t.version for t in batch)) == 0


def test_a_reader_goes_on_where_it_stopped() -> None:
    write(1, 2)
    log.consume("tests", lambda batch: None)
    write(3)
    seen: list[int] = []
    log.consume("tests", lambda batch: seen.extend(t.version for t in batch))
    assert seen == [3]


def test_what_a_failing_reader_was_told_is_told_again() -> None:
    write(1, 2, 3, 4)

    def fail_on_the_second(batch: list[log.Told]) -> None:
        if batch[0].version == 3:
            raise RuntimeError("reader fell")

    with pytest.raises(RuntimeError):
        log.consume("tests", fail_on_the_second, limit=2)
    assert Cursor.objects.get(reader="tests").seq > 0
    seen: list[int] = []
    log.consume("tests", lambda batch: seen.extend(t.version for t in batch))
    assert seen == [3, 4]


def test_readers_have_cursors_of_their_own() -> None:
    write(1, 2)
    counts = [log.consume(name, lambda batch: None) for name in ("one", "two")]
    assert counts == [2, 2]
