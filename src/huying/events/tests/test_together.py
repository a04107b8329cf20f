"""Writers that come at the same moment write together; what is wrong with one stops no other."""

import threading
import time
from collections.abc import Sequence

import pytest
from django.db import OperationalError, connection

from huying.events.models import Cursor
from huying.events.together import Line

pytestmark = pytest.mark.django_db(transaction=True)


class Names:
    """Writes a cursor a name, slowly; remembers how many it was handed at once."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.line: Line[str] = Line(self.write)
        self.faults: dict[str, Exception] = {}
        self.down = False

    def write(self, names: Sequence[str]) -> None:
        self.sizes.append(len(names))
        for name in names:
            if name == "wrong":
                raise ValueError("wrong")
            if self.down:
                raise OperationalError("no answer")
            Cursor.objects.create(reader=name)  # unique
        time.sleep(0.05)

    def all_at_once(self, *names: str) -> list[str]:
        threads = [threading.Thread(target=self._one, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return sorted(Cursor.objects.values_list("reader", flat=True))

    def _one(self, name: str) -> None:
        try:
            self.line.write(name)
        except Exception as fault:
            self.faults[name] = fault
        finally:
            connection.close()


@pytest.fixture
def names() -> Names:
    return Names()


def test_who_comes_while_another_writes_shares_the_next_transaction(names: Names) -> None:
    wanted = [f"n{n}" for n in range(8)]
    assert names.all_at_once(*wanted) == wanted and not names.faults
    assert sum(names.sizes) == 8 and len(names.sizes) < 8


def test_who_comes_alone_writes_at_once_and_alone(names: Names) -> None:
    for name in ("a", "b"):
        names.line.write(name)
    assert names.sizes == [1, 1]


def test_what_is_wrong_with_one_is_told_to_that_one_alone(names: Names) -> None:
    assert names.all_at_once("a", "b", "wrong", "c", "d") == ["a", "b", "c", "d"]
    assert list(names.faults) == ["wrong"] and isinstance(names.faults["wrong"], ValueError)


def test_of_two_that_cannot_both_be_one_is(names: Names) -> None:
    line, taken = threading.Barrier(2), []
    threads = [threading.Thread(target=lambda: (line.wait(), names._one("same"), taken.append(1))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Cursor.objects.count() == 1 and len(names.faults) == 1 and len(taken) == 2


def test_a_database_that_does_not_answer_is_asked_twice_for_all_of_them_not_once_each(names: Names) -> None:
    names.down = True
    with names.line._turn:  # all of them come while somebody writes
        threads = [threading.Thread(target=names._one, args=(f"n{n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        while len(names.line._queue) < 6:
            time.sleep(0.01)
    for thread in threads:
        thread.join(30)
    assert names.sizes == [6, 1] and len(names.faults) == 6
    assert {type(fault) for fault in names.faults.values()} == {OperationalError}
