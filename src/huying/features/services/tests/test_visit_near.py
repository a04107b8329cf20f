"""预约快到了: told once of each visit on its eve, in the day; never of one that was moved, given up or booked that day."""

import json
from datetime import datetime, time, timedelta

import pytest

from huying.base import clock
from huying.events.models import Fact
from huying.features.services import visiting
from huying.features.services.models import Visit
from huying.features.services.tests.conftest import Birth
from huying.features.services.tests.paid import cashier, costly
from huying.features.services.tests.test_visiting import book, open_, shared
from huying.kernel import rebuild
from huying.kernel.tests.test_races import TRIES, race
from tests.small_things import ALLOWANCE, CERTIFICATE, REGISTRATION

__all__ = ["cashier", "costly", "open_", "shared"]
pytestmark = pytest.mark.django_db(transaction=True)


def later(case: Birth, days: int = 2) -> datetime:
    """The first time that can be had at the counter on a day that lies so many days ahead, or after."""
    day = clock.today() + timedelta(days=days)
    slots = visiting.free(case.branch(REGISTRATION).bearer)
    return next(slot.starts_at for slot in slots if slot.starts_at.astimezone(clock.CITY_TIME).date() >= day)


def eve_of(row: Visit, hour: int = 9, minute: int = 0) -> None:
    """It is that time of the day before the visit."""
    day = row.starts_at.astimezone(clock.CITY_TIME).date() - timedelta(days=1)
    to = datetime.combine(day, time(hour, minute), clock.CITY_TIME)
    clock.set_offset(to - datetime.now(clock.CITY_TIME))


def facts() -> list[dict[str, object]]:
    return [json.loads(fact.body) for fact in Fact.objects.filter(name="visit.near").order_by("pk")]


def test_it_is_told_once_on_the_eve_from_nine_on(open_: Birth) -> None:
    row = book(open_, later(open_))
    assert visiting.tell_near() == 0
    eve_of(row, 8, 59)
    assert visiting.tell_near() == 0
    eve_of(row)
    assert visiting.tell_near() == 1 and visiting.tell_near() == 0
    said = {"bearer": row.department.key, "item": REGISTRATION, "at": int(row.starts_at.timestamp())}
    assert [{key: one[key] for key in said} for one in facts()] == [said]
    assert not list(rebuild.differences())


def test_on_the_day_itself_it_is_too_late_to_tell(open_: Birth) -> None:
    row = book(open_, later(open_))
    clock.set_offset(row.starts_at - datetime.now(clock.CITY_TIME) - timedelta(minutes=5))
    assert visiting.tell_near() == 0


def test_booked_on_the_eve_she_knows(open_: Birth) -> None:
    eve_of(Visit(starts_at=later(open_, 4)), 10)
    tomorrow = clock.today() + timedelta(days=1)
    row = book(open_, later(open_, 1))
    assert row.starts_at.astimezone(clock.CITY_TIME).date() == tomorrow
    assert visiting.tell_near() == 0


def test_cancelled_it_is_not_told(open_: Birth) -> None:
    row = book(open_, later(open_))
    visiting.cancel(open_.she, open_.the.call_id, REGISTRATION)
    eve_of(row)
    assert visiting.tell_near() == 0


def test_moved_it_is_told_of_the_new_time_alone(open_: Birth) -> None:
    old = book(open_, later(open_, 2))
    new = book(open_, later(open_, 5))
    eve_of(old)
    assert visiting.tell_near() == 0
    eve_of(new)
    assert visiting.tell_near() == 1 and facts()[0]["at"] == int(new.starts_at.timestamp())


def test_a_time_that_nobody_needs_any_more_is_not_told_though_it_is_not_free_yet(open_: Birth) -> None:
    row = book(open_, later(open_))
    open_.refused(REGISTRATION)
    eve_of(row)
    assert visiting.tell_near() == 0 and visiting.free_dropped() == 1


def test_one_visit_for_two_items_is_told_once_and_as_long_as_one_wants_it(shared: Birth) -> None:
    row = book(shared, later(shared))
    shared.refused(REGISTRATION)
    eve_of(row)
    assert visiting.tell_near() == 1 and visiting.tell_near() == 0
    assert len(facts()) == 1 and shared.branch(ALLOWANCE).ended_at is None


def test_of_what_was_granted_the_way_to_fetch_it_is_told(open_: Birth) -> None:
    open_.granted(REGISTRATION)
    row = book(open_, later(open_))
    eve_of(row)
    assert visiting.tell_near() == 1


def test_of_many_the_first_come_first_and_the_others_after(open_: Birth) -> None:
    rows = []
    for _n in range(3):
        other = Birth(open_.city, open_.thing, open_.caller, open_.make, officers=open_.officers).open().granted(CERTIFICATE)
        rows.append(book(other, later(open_)))
    eve_of(rows[0])
    assert visiting.tell_near(2) == 2 and visiting.tell_near(2) == 1 and visiting.tell_near(2) == 0


@pytest.mark.postgres_only
@pytest.mark.parametrize("n", range(TRIES))
def test_two_workers_tell_it_once(open_: Birth, n: int) -> None:
    eve_of(book(open_, later(open_)))
    assert race(visiting.tell_near, visiting.tell_near) == ["done", "done"]
    assert len(facts()) == 1
