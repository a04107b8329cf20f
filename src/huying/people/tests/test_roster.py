"""Somebody is always on duty: who, and where nobody is."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.city.models import Department
from huying.events import log
from huying.people import leave, roster, rostering
from huying.people.actors import SYSTEM, Actor
from huying.people.errors import NotYours, Wrong
from huying.people.models import Officer, Post, Shift
from huying.people.rostering import NewShift, minutes
from tests.people import MakeActor, MakeOfficer
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)


@pytest.fixture
def centre(small_city: SmallCity) -> Department:
    return small_city.department("500106.governance-centre")


@pytest.fixture
def head(actor: MakeActor, centre: Department) -> Actor:
    return actor("head", centre)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.CITY_TIME)


def every_day(head: Actor, centre: Department, day: Officer, night: Officer) -> None:
    for weekday in range(7):
        rostering.add(head, centre, NewShift(day.pk, 480, 1200, weekday))
        rostering.add(head, centre, NewShift(night.pk, 1200, 480, weekday, contact="值班室"))


@pytest.fixture
def two(officer: MakeOfficer, centre: Department, head: Actor) -> tuple[Officer, Officer]:
    day, night = officer("dispatcher", centre), officer("supervisor", centre)
    every_day(head, centre, day, night)
    return day, night


@pytest.mark.parametrize(("hour", "who"), [(0, 1), (7, 1), (8, 0), (19, 0), (20, 1), (23, 1)])
def test_who_is_on_duty_by_the_hour(two: tuple[Officer, Officer], centre: Department, hour: int, who: int) -> None:
    turn = roster.on_duty(centre.pk, at(MONDAY, hour))
    assert turn is not None and turn.officer_id == two[who].pk


def test_a_shift_over_midnight_is_one_turn(two: tuple[Officer, Officer], centre: Department) -> None:
    turn = roster.turns(centre.pk, at(MONDAY, 12), at(MONDAY + timedelta(days=1), 12))[1]
    assert (turn.start, turn.end) == (at(MONDAY, 20), at(MONDAY + timedelta(days=1), 8)) and turn.contact == "值班室"


def test_a_whole_week_has_no_gap(two: tuple[Officer, Officer], centre: Department) -> None:
    assert roster.gaps(centre, at(MONDAY), at(MONDAY + timedelta(days=14))) == []


def test_what_nobody_holds_is_a_gap_with_its_hours(two: tuple[Officer, Officer], centre: Department) -> None:
    Shift.objects.filter(weekday=2, begins=480).delete()
    gaps = roster.gaps(centre, at(MONDAY), at(MONDAY + timedelta(days=7)))
    wednesday = MONDAY + timedelta(days=2)
    assert gaps == [roster.Gap(at(wednesday, 8), at(wednesday, 20))]


def test_a_unit_that_must_have_a_roster_and_has_none_is_one_gap(small_city: SmallCity) -> None:
    desk, bureau = small_city.department("city.hotline"), small_city.department("500106.housing")
    assert roster.keeps_one(desk) and not roster.keeps_one(bureau)
    span = (at(MONDAY), at(MONDAY, 12))
    assert roster.gaps(desk, *span) == [roster.Gap(*span)]


def test_one_day_goes_before_the_week(
    two: tuple[Officer, Officer], centre: Department, head: Actor, officer: MakeOfficer
) -> None:
    other = officer("handler", centre)
    rostering.add(head, centre, NewShift(other.pk, 600, 660, day=MONDAY))
    names = [(t.officer_id, t.one_day) for t in roster.turns(centre.pk, at(MONDAY, 8), at(MONDAY, 20))]
    assert names == [(two[0].pk, False), (other.pk, True), (two[0].pk, False)]


def test_who_is_away_is_not_on_duty_but_who_stands_in_is(two: tuple[Officer, Officer], centre: Department, head: Actor) -> None:
    day, _night = two
    first = clock.today() + timedelta(days=1)
    assert head.officer
    leave.enter(head, day.pk, leave.Span(first, first), {Post.objects.get(officer=day).pk: head.officer.pk})
    turn = roster.on_duty(centre.pk, at(first, 9))
    assert turn is not None and (turn.officer_id, turn.instead) == (head.officer.pk, day.name)


def test_whose_post_has_ended_leaves_a_gap(two: tuple[Officer, Officer], centre: Department) -> None:
    Post.objects.filter(officer=two[1]).update(valid_to=MONDAY)
    assert roster.gaps(centre, at(MONDAY), at(MONDAY, 24 - 1)) == [
        roster.Gap(at(MONDAY, 0), at(MONDAY, 8)),
        roster.Gap(at(MONDAY, 20), at(MONDAY, 23)),
    ]


def test_a_gap_is_filled_over_midnight(head: Actor, centre: Department, officer: MakeOfficer) -> None:
    one = officer("handler", centre)
    start, end = at(MONDAY, 20), at(MONDAY + timedelta(days=1), 8)
    assert len(rostering.fill(head, centre, one.pk, start, end)) == 2
    assert roster.gaps(centre, start, end) == []


def test_two_shifts_do_not_lie_over_each_other(two: tuple[Officer, Officer], centre: Department, head: Actor) -> None:
    for new in (NewShift(two[0].pk, 1000, 1300, 0), NewShift(two[0].pk, 0, 60, 0), NewShift(two[0].pk, 1380, 30, 6)):
        with pytest.raises(Wrong) as wrong:
            rostering.add(head, centre, new)
        assert "已经排在这段时间" in wrong.value.errors["begins"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"begins": -1}, "begins"),
        ({"ends": 480}, "ends"),
        ({"weekday": None}, "when"),
        ({"day": MONDAY}, "when"),
        ({"contact": "手机 13800138000"}, "contact"),
        ({"officer_id": 0}, "officer"),
    ],
)
def test_a_shift_that_cannot_be_names_its_field(
    head: Actor, centre: Department, officer: MakeOfficer, changes: dict[str, object], field: str
) -> None:
    values: dict[str, object] = {"officer_id": officer("handler", centre).pk, "begins": 480, "ends": 1200, "weekday": 0}
    with pytest.raises(Wrong) as wrong:
        rostering.add(head, centre, NewShift(**{**values, **changes}))  # type: ignore[arg-type]
    assert list(wrong.value.errors) == [field]


def test_only_the_head_keeps_the_roster(centre: Department, actor: MakeActor, small_city: SmallCity) -> None:
    for stranger in (actor("dispatcher", centre), actor("head", small_city.department("500106.housing"))):
        assert stranger.officer
        with pytest.raises(NotYours):
            rostering.add(stranger, centre, NewShift(stranger.officer.pk, 0, 60, 0))


def test_a_unit_without_a_roster_has_its_centre_s_then_the_city_s(
    two: tuple[Officer, Officer], small_city: SmallCity, actor: MakeActor
) -> None:
    bureau, other = small_city.department("500106.housing"), small_city.department("500103.housing")
    turn = roster.named_for(bureau, at(MONDAY, 9))
    assert turn is not None and turn.officer_id == two[0].pk
    assert roster.named_for(other, at(MONDAY, 9)) is None
    desk = small_city.department("city.hotline")
    liu = actor("head", desk)
    assert liu.officer
    rostering.add(liu, desk, NewShift(liu.officer.pk, 0, 1440, 0))
    turn = roster.named_for(other, at(MONDAY, 9))
    assert turn is not None and turn.officer_id == liu.officer.pk


@pytest.mark.parametrize(
    ("day", "hour", "night"), [(MONDAY, 9, False), (MONDAY, 8, True), (MONDAY, 18, True), (date(2026, 11, 29), 12, True)]
)
def test_night_is_what_lies_outside_office_hours(small_city: SmallCity, day: date, hour: int, night: bool) -> None:
    assert roster.is_night(at(day, hour)) is night


def test_every_change_is_a_fact(two: tuple[Officer, Officer], centre: Department, head: Actor) -> None:
    rostering.remove(head, centre, Shift.objects.order_by("pk").first().pk)  # type: ignore[union-attr]
    told = log.history([f"roster:{centre.pk}"])
    assert [t.version for t in told] == list(range(1, 16))
    assert {t.name for t in told} == {"roster.added", "roster.removed"}


def test_my_turns_are_those_of_every_roster(two: tuple[Officer, Officer]) -> None:
    turns = roster.my_turns(two[0].pk, at(MONDAY), at(MONDAY + timedelta(days=7)))
    assert len(turns) == 7 and roster.hours_of(turns) == {two[0].pk: 84.0}


@pytest.mark.parametrize(("text", "value"), [("08:30", 510), ("24:00", 1440), ("8：05", 485), ("24:01", None), ("9", None)])
def test_a_time_as_it_is_typed(text: str, value: int | None) -> None:
    assert minutes(text) == value


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_turns_and_gaps_are_all_of_the_time_and_nothing_twice(
    officer: MakeOfficer, centre: Department, data: st.DataObject
) -> None:
    """Whatever shifts there are: turn follows turn, gap follows gap, and together they are the whole fortnight."""
    Shift.objects.all().delete()
    one = officer("handler", centre)
    for weekday, begins, ends in data.draw(
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1440)), max_size=6)
    ):
        try:
            rostering.add(SYSTEM, centre, NewShift(one.pk, begins, ends, weekday))
        except Wrong:
            continue
    start = at(MONDAY, data.draw(st.integers(0, 23)))
    end = start + timedelta(days=14)
    spans = [(t.start, t.end) for t in roster.turns(centre.pk, start, end)]
    spans += [(g.start, g.end) for g in roster.gaps(centre, start, end)]
    edge = start
    for begin, finish in sorted(spans):
        assert begin == edge and finish > begin
        edge = finish
    assert edge == end
