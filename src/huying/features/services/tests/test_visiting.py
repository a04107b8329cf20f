"""预约: a time at the counter is kept for one, given up, seen by the officer; the head says when the counter is open."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.events.models import Fact
from huying.features.services import visiting
from huying.features.services.deciding import Decision
from huying.features.services.models import Hours, Visit
from huying.features.services.tests.conftest import Birth
from huying.features.services.tests.paid import cashier, costly, dear
from huying.kernel import rebuild
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.tests.test_races import TRIES, race
from huying.people.actors import party_actor
from huying.people.tests.given import pass_time
from tests.people import MakeActor, MakeCaller
from tests.small_things import ALLOWANCE, BIRTH, CERTIFICATE, REGISTRATION, both, load

__all__ = ["cashier", "costly"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_(costly: Birth) -> Birth:
    """The item that wants her at the counter is open; it costs nothing here."""
    costly.thing = load(BIRTH, dear(yuan=0))
    return costly.open().granted(CERTIFICATE).signed(REGISTRATION)


def first(case: Birth) -> datetime:
    return visiting.free(case.branch(REGISTRATION).bearer)[0].starts_at


def book(case: Birth, at: datetime | None = None) -> Visit:
    return visiting.book(case.she, case.the.call_id, REGISTRATION, at or first(case))


def only(case: Birth, places: int, day: date | None = None) -> date:
    """The counter is open at one half-hour of one coming day."""
    day = day or clock.today() + timedelta(days=3)
    head = case.officer(REGISTRATION, "head")
    visiting.set_hours(head, case.branch(REGISTRATION).bearer_id, [Hours(day=day, begins=600, ends=630, places=places)])
    return day


def test_the_citys_hours_hold_on_working_days(open_: Birth) -> None:
    slots = visiting.free(open_.branch(REGISTRATION).bearer)
    hours = {slot.starts_at.astimezone(clock.CITY_TIME).time() for slot in slots}
    assert time(9) in hours and time(16, 30) in hours and time(12) not in hours and time(17) not in hours
    assert all(slot.starts_at > clock.now() and slot.free == slot.places == 3 for slot in slots)


def test_a_time_is_kept_and_another_takes_its_place(open_: Birth) -> None:
    one = book(open_)
    assert book(open_, one.starts_at) == one  # pressed twice
    later = visiting.free(open_.branch(REGISTRATION).bearer)[3].starts_at
    two = book(open_, later)
    assert Visit.objects.get(pk=one.pk).state == "cancelled" and two.state == "booked"
    assert [fact.name for fact in Fact.objects.filter(name__startswith="visit.").order_by("pk")] == [
        "visit.booked",
        "visit.cancelled",
        "visit.booked",
    ]
    assert not list(rebuild.differences())


def test_of_the_last_place_one_gets_it(open_: Birth, caller: MakeCaller) -> None:
    day = only(open_, 1)
    at = datetime.combine(day, time(10), clock.CITY_TIME)
    book(open_, at)
    other = Birth(open_.city, open_.thing, caller(), open_.make).open().granted(CERTIFICATE)
    with pytest.raises(BadInput, match="约满"):
        visiting.book(party_actor(other.caller), other.the.call_id, REGISTRATION, at)
    visiting.cancel(open_.she, open_.the.call_id, REGISTRATION)
    assert visiting.book(party_actor(other.caller), other.the.call_id, REGISTRATION, at)


@pytest.mark.postgres_only
@pytest.mark.parametrize("n", range(TRIES))
def test_two_at_once_for_the_last_place_one_gets_it(open_: Birth, caller: MakeCaller, n: int) -> None:
    at = datetime.combine(only(open_, 1), time(10), clock.CITY_TIME)
    other = Birth(open_.city, open_.thing, caller(), open_.make).open().granted(CERTIFICATE)
    pairs = [(open_.she, open_.the.call_id), (party_actor(other.caller), other.the.call_id)]
    told = []

    def want(who: int) -> None:
        try:
            visiting.book(*pairs[who], REGISTRATION, at)
            told.append("kept")
        except BadInput:
            told.append("gone")

    race(lambda: want(0), lambda: want(1))
    assert sorted(told) == ["gone", "kept"] and Visit.objects.filter(state="booked").count() == 1


@pytest.mark.parametrize("wrong", ["none", "past", "odd", "far"])
def test_no_such_time_is_said_and_nothing_is_kept(open_: Birth, wrong: str) -> None:
    at = {
        "none": None,
        "past": clock.now() - timedelta(hours=2),
        "odd": first(open_) + timedelta(minutes=7),
        "far": first(open_) + timedelta(days=60),
    }[wrong]
    with pytest.raises(BadInput):
        visiting.book(open_.she, open_.the.call_id, REGISTRATION, at)
    assert not Visit.objects.exists()


def test_what_wants_no_visit_is_not_booked(open_: Birth) -> None:
    with pytest.raises(Refused):
        visiting.book(open_.she, open_.the.call_id, CERTIFICATE, first(open_))


def test_refused_or_taken_back_the_time_is_free_again(open_: Birth) -> None:
    book(open_)
    open_.written(REGISTRATION, Decision("refused", ground="父母都不是本市户口，依据户口登记条例第七条。")).granted_only(
        REGISTRATION
    )
    assert visiting.free_dropped() == 1 and visiting.free_dropped() == 0
    assert Visit.objects.get().state == "cancelled"


def test_passed_to_another_body_the_time_at_the_old_one_is_free(open_: Birth) -> None:
    book(open_)
    branch = open_.branch(REGISTRATION)
    branch.bearer = open_.city.department("500103.housing")
    branch.save()
    assert visiting.free_dropped() == 1


@pytest.fixture
def shared(costly: Birth) -> Birth:
    """Two items at one counter, open side by side, that both want her there; the registration costs nothing."""
    same = {"body": {"key": "housing", "name": both("housing部门")}, "visits_here": 1}
    items = tuple({**one, **same} if one["code"] == ALLOWANCE else one for one in dear(yuan=0))
    costly.thing = load(BIRTH, items)
    costly.open().granted(CERTIFICATE)
    assert costly.branch(REGISTRATION).bearer == costly.branch(ALLOWANCE).bearer
    return costly


def test_one_visit_serves_all_items_at_its_counter(shared: Birth) -> None:
    row = book(shared)
    assert visiting.together(shared.branch(REGISTRATION)) == [ALLOWANCE]
    assert [branch.item for branch in visiting.served(row)] == [REGISTRATION, ALLOWANCE]
    kept = visiting.of_case(shared.case)
    assert kept == {shared.branch(REGISTRATION).pk: row, shared.branch(ALLOWANCE).pk: row}
    later = visiting.free(row.department)[5].starts_at
    moved = visiting.book(shared.she, shared.the.call_id, ALLOWANCE, later)
    assert Visit.objects.filter(state="booked").get() == moved and visiting.of_case(shared.case)[row.branch_id] == moved
    visiting.cancel(shared.she, shared.the.call_id, REGISTRATION)
    assert not Visit.objects.filter(state="booked").exists()


def test_a_shared_visit_stays_while_one_item_wants_it(shared: Birth) -> None:
    book(shared)
    ground = "父母都不是本市户口，依据户口登记条例第七条。"
    shared.written(REGISTRATION, Decision("refused", ground=ground)).granted_only(REGISTRATION)
    assert visiting.free_dropped() == 0 and visiting.together(shared.branch(ALLOWANCE)) == []
    shared.written(ALLOWANCE, Decision("refused", ground=ground)).granted_only(ALLOWANCE)
    assert visiting.free_dropped() == 1


def test_a_shared_visit_stays_for_what_is_fetched_when_all_is_over(shared: Birth) -> None:
    book(shared)
    shared.granted(ALLOWANCE)
    ground = "父母都不是本市户口，依据户口登记条例第七条。"
    shared.written(REGISTRATION, Decision("refused", ground=ground)).granted_only(REGISTRATION)
    assert shared.call.state == "answered" and visiting.free_dropped() == 0


def test_granted_she_may_still_come_to_fetch_it(open_: Birth) -> None:
    open_.granted(REGISTRATION)
    assert book(open_) and visiting.free_dropped() == 0


def test_the_officer_sees_who_comes_and_says_who_came(open_: Birth, actor: MakeActor) -> None:
    row = book(open_)
    officer, day = open_.officer(REGISTRATION), row.starts_at.astimezone(clock.CITY_TIME).date()
    assert visiting.of_day(officer, day) == [row] and visiting.concerns(officer)
    assert visiting.of_day(actor("handler", open_.branch(CERTIFICATE).bearer), day) == []
    if day > clock.today():
        with pytest.raises(Refused):
            visiting.ended(officer, row.pk, True)
        pass_time(row.starts_at - clock.now())
    assert visiting.ended(officer, row.pk, True).state == "came"
    with pytest.raises(Refused):
        visiting.ended(officer, row.pk, False)
    with pytest.raises(NotThere):
        visiting.ended(actor("handler", open_.branch(CERTIFICATE).bearer), row.pk, True)


def test_the_head_alone_sets_the_hours_of_his_counter(open_: Birth, actor: MakeActor) -> None:
    unit = open_.branch(REGISTRATION).bearer_id
    for who in (open_.officer(REGISTRATION), actor("head", open_.branch(CERTIFICATE).bearer)):
        with pytest.raises(NotThere):
            visiting.set_hours(who, unit, [])
    head = open_.officer(REGISTRATION, "head")
    for wrong in (
        Hours(weekday=1, begins=600, ends=600, places=1),
        Hours(begins=600, ends=660, places=1),
        Hours(weekday=9, begins=600, ends=660, places=1),
        Hours(weekday=1, begins=600, ends=660, places=100),
    ):
        with pytest.raises(BadInput):
            visiting.set_hours(head, unit, [wrong])
    kept = book(open_)
    day = only(open_, 0)
    assert visiting.free(open_.branch(REGISTRATION).bearer) == [] and visiting.hours_of(unit)[0].day == day
    assert Visit.objects.get(pk=kept.pk).state == "booked"  # what was kept stays kept


def test_a_single_day_goes_before_its_weekday(open_: Birth) -> None:
    day = clock.today() + timedelta(days=3)
    head, unit = open_.officer(REGISTRATION, "head"), open_.branch(REGISTRATION).bearer
    weekly = Hours(weekday=day.weekday(), begins=540, ends=720, places=2)
    visiting.set_hours(head, unit.pk, [weekly, Hours(day=day, begins=540, ends=570, places=5)])
    assert [slot.places for slot in visiting.free(unit, day)] == [5]
    assert len(visiting.free(unit, day + timedelta(days=7))) == 6


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["book 0", "book 1", "book 2", "cancel"]), max_size=8))
def test_she_has_one_time_or_none_and_places_add_up(open_: Birth, steps: list[str]) -> None:
    Visit.objects.all().delete()
    unit = open_.branch(REGISTRATION).bearer
    times = [slot.starts_at for slot in visiting.free(unit)[:3]]
    has: datetime | None = None
    for step in steps:
        if step == "cancel":
            try:
                visiting.cancel(open_.she, open_.the.call_id, REGISTRATION)
                has = None
            except Refused:
                assert has is None
        else:
            has = book(open_, times[int(step[-1])]).starts_at
        rows = list(Visit.objects.filter(state="booked").values_list("starts_at", flat=True))
        assert rows == ([has] if has else [])
        assert {slot.starts_at: slot.free for slot in visiting.free(unit)[:3]} == {at: 3 - (at == has) for at in times}
