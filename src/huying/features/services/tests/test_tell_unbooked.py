"""Who books no time for an item that waits for her is told so once, after five whole working days, in the day."""

from datetime import datetime, timedelta

import pytest

from huying.base import clock
from huying.events.models import Fact
from huying.features.services import awaiting, visiting
from huying.features.services.tests.conftest import Birth
from huying.features.services.tests.test_awaiting import THURSDAY, agrees, booked, came, coming, one, two
from huying.kernel import actions
from huying.kernel.tests.test_races import TRIES, race
from tests.small_things import CERTIFICATE, REGISTRATION

__all__ = ["one", "two"]
pytestmark = pytest.mark.django_db(transaction=True)
LAST = datetime(2026, 12, 4, 9, 5, tzinfo=clock.CITY_TIME)  # Thursday opened: Friday to Thursday are five, it is Friday
BACK = "按三定方案归别的部门管，请改由他们办。"
EARLY = LAST.replace(hour=8)


def told(at: datetime) -> int:
    with clock.showing(at):
        return awaiting.tell_unbooked()


def facts() -> int:
    return Fact.objects.filter(name="visit.unbooked").count()


def test_it_is_told_once_after_five_working_days(one: Birth) -> None:
    assert told(LAST - timedelta(days=1)) == told(EARLY) == 0
    assert told(LAST) == 1
    assert told(LAST) == told(LAST + timedelta(days=30)) == 0
    assert facts() == 1
    agrees()


def test_of_two_items_at_one_counter_it_is_told_once(two: Birth) -> None:
    assert told(LAST) == 1 and told(LAST) == 0


def test_who_has_a_time_is_told_nothing(one: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(hours=1)):
        booked(one, REGISTRATION, 13)
    assert told(LAST) == 0


def test_who_gave_it_up_or_missed_it_has_as_many_days_from_then(one: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(hours=1)):
        row = booked(one, REGISTRATION, 7)  # Thursday, 3 December
    came(one, row, False)
    assert told(LAST + timedelta(days=6)) == 0 and told(LAST + timedelta(days=7)) == 1


def test_who_was_there_is_told_nothing(one: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(hours=1)):
        row = booked(one, REGISTRATION, 1)
    came(one, row)
    assert told(LAST + timedelta(days=9)) == 0


def test_what_is_decided_taken_back_or_ruled_on_waits_for_nobody(case: Birth) -> None:
    for end in ("granted", "withdrawn", "sent back"):
        with clock.showing(THURSDAY):
            coming(case, REGISTRATION).open({"insured": "no", "where": "here"}).granted(CERTIFICATE)
        with clock.showing(THURSDAY + timedelta(hours=1)):
            if end == "granted":
                case.granted(REGISTRATION)
            elif end == "withdrawn":
                actions.withdraw(case.she, case.the.call_id)
            else:
                actions.send_back_branch(case.officer(REGISTRATION), case.task(REGISTRATION), BACK)
    assert told(LAST) == 0


def test_of_many_the_first_come_first_and_the_others_after(case: Birth) -> None:
    for _n in range(3):
        with clock.showing(THURSDAY):
            coming(case, REGISTRATION).open({"insured": "no", "where": "here"}).granted(CERTIFICATE)
    with clock.showing(LAST):
        assert [awaiting.tell_unbooked(2), awaiting.tell_unbooked(2), awaiting.tell_unbooked(2)] == [2, 1, 0]


@pytest.mark.postgres_only
@pytest.mark.parametrize("n", range(TRIES))
def test_two_workers_tell_it_once(one: Birth, n: int) -> None:
    with clock.showing(LAST):
        assert race(awaiting.tell_unbooked, awaiting.tell_unbooked) == ["done", "done"]
    assert facts() == 1 and visiting.tell_near() == 0
