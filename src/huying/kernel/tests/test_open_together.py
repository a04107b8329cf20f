"""Calls that come at the same moment stand each for itself, whoever wrote them into the tables."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from huying.events import log
from huying.kernel import actions, rebuild
from huying.kernel.intake import NewCall, Opened
from huying.kernel.models import Call, Matter
from huying.kernel.tests.conftest import new_call
from huying.people import parties
from huying.people.actors import SYSTEM
from huying.people.models import Party
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db(transaction=True)


class TooOften(Exception):
    """Refused before it is written."""


def refuse() -> None:
    raise TooOften


def at_once(*news: tuple[NewCall, Callable[[], object] | None]) -> tuple[list[Opened], list[Exception]]:
    """Open each in a thread of its own, all at the same moment."""
    opened: list[Opened] = []
    faults: list[Exception] = []
    start = threading.Barrier(len(news))

    def one(new: NewCall, first: Callable[[], object] | None) -> None:
        try:
            start.wait(30)
            opened.extend(actions.open_calls(SYSTEM, [new], first))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in news]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return opened, faults


def test_each_has_its_call_its_facts_and_its_own_words(small_city: SmallCity) -> None:
    news = [new_call(text=f"第 {n} 盏路灯不亮，请来修。", caller=parties.draft_of_phone(f"1380000{n:04d}")) for n in range(8)]
    opened, faults = at_once(*((new, None) for new in news))
    assert not faults and len({one.call_id for one in opened}) == len({one.number for one in opened}) == 8
    assert {row.key: row.text for row in Call.objects.all()} == {new.key: new.text for new in news}
    assert Party.objects.count() == 8 and not list(rebuild.differences())
    assert Counter(told.subject for told in log.everything() if told.name == "call.opened").most_common(1)[0][1] == 1


def test_one_that_is_refused_stops_no_other_and_leaves_nothing(small_city: SmallCity) -> None:
    counted: list[int] = []
    news = [(new_call(caller=parties.draft_of_phone(f"1390000{n:04d}")), refuse if n == 3 else None) for n in range(6)]
    opened, faults = at_once(*news, (new_call(), lambda: counted.append(1)))
    assert [type(fault) for fault in faults] == [TooOften] and len(opened) == 6 and counted
    assert Call.objects.count() == Matter.objects.count() == 6 and not list(rebuild.differences())


def test_the_same_key_and_the_same_new_phone_at_one_moment_are_one_call_and_one_person(small_city: SmallCity) -> None:
    same = [new_call(key="same", caller=parties.draft_of_phone("13800000001")) for _ in range(3)]
    others = [new_call(caller=parties.draft_of_phone("13800000001")) for _ in range(3)]
    opened, faults = at_once(*((new, None) for new in (*same, *others)))
    assert not faults and len(opened) == 6
    assert Call.objects.count() == 4 and Party.objects.count() == 1 and not list(rebuild.differences())
