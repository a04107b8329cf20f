"""The working calendar: what is published, what is fallen back on, and what is held between requests."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.base import clock
from huying.city import calendar, loaded
from huying.city.calendar import Calendar
from huying.city.models import Day, PackState
from huying.city.tests.notices import CALENDAR, DAYS, YEARS

days = st.dates(date(2021, 1, 1), date(2030, 12, 31))


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    loaded.forget()
    yield
    loaded.forget()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-02-04", True),  # make-up Sunday
        ("2024-02-09", True),  # New Year's Eve of a year in which it was worked
        ("2024-02-12", False),  # Monday of Spring Festival
        ("2025-01-28", False),  # New Year's Eve of a year in which it was not
        ("2025-02-08", True),  # make-up Saturday
        ("2026-02-28", True),
        ("2026-03-01", False),  # a plain Sunday
        ("2026-03-02", True),  # a plain Monday
        ("2027-01-01", True),  # a Friday: nothing is published yet
        ("2027-01-02", False),
        ("2023-12-30", False),  # before the table begins
        ("2023-12-29", True),
    ],
)
def test_a_day_works_as_the_notice_says_else_as_its_weekday(day: str, works: bool) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is works


def test_the_working_days_of_each_year_add_up() -> None:
    # Mon-Fri of the year, less holidays on them, plus make-up days: 262-19+8, 261-18+5, 261-19+6
    assert [CALENDAR.working_days(date(year, 1, 1), date(year, 12, 31)) for year in YEARS] == [251, 248, 248]


@given(days, st.integers(1, 300))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, n: int) -> None:
    nth = CALENDAR.nth_after(day, n)
    assert CALENDAR.is_working(nth)
    assert CALENDAR.working_days(day + timedelta(days=1), nth) == n


@given(days, st.integers(0, 400))
def test_working_days_of_a_span_are_those_counted_one_by_one(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    assert CALENDAR.working_days(day, last) == sum(CALENDAR.is_working(day + timedelta(days=i)) for i in range(length + 1))


@given(days)
def test_the_next_working_day_is_the_first_on_or_after(day: date) -> None:
    following = day
    while not CALENDAR.is_working(following):
        following += timedelta(days=1)
    assert CALENDAR.on_or_after(day) == following


def test_a_span_that_ends_before_it_begins_has_no_working_days() -> None:
    assert CALENDAR.working_days(date(2026, 3, 10), date(2026, 3, 2)) == 0


def test_an_empty_calendar_is_monday_to_friday_and_covers_nothing() -> None:
    empty = Calendar.of({})
    assert [empty.is_working(date(2026, 3, day)) for day in range(2, 9)] == [True] * 5 + [False] * 2
    assert empty.published_through == date.min
    assert not empty.covers(date(2026, 3, 2), date(2026, 3, 2))


def test_only_a_year_of_which_every_day_is_known_is_published() -> None:
    whole = {date(2026, 1, 1) + timedelta(days=i): (i + 3) % 7 < 5 for i in range(365)}
    assert Calendar.of(whole).years == {2026}
    del whole[date(2026, 7, 1)]
    assert Calendar.of(whole).years == frozenset()


def test_a_year_left_out_between_two_is_not_covered() -> None:
    gap = Calendar.of({date(2025, 5, 1): False}, (2024, 2026))
    assert gap.covers(date(2024, 1, 1), date(2024, 12, 31))
    assert not gap.covers(date(2024, 12, 31), date(2026, 1, 1))
    assert not gap.is_working(date(2025, 5, 1))
    assert gap.published_through == date(2026, 12, 31)


def test_a_notice_reaches_to_the_first_and_the_last_day_of_its_year() -> None:
    edges = Calendar.of({date(2026, 1, 1): False, date(2026, 12, 31): False}, (2026,))
    assert edges.nth_after(date(2025, 12, 31), 1) == date(2026, 1, 2)
    assert edges.nth_after(date(2026, 12, 30), 1) == date(2027, 1, 1)
    assert not edges.is_working(date(2026, 12, 31))


def test_a_version_changes_with_the_table_and_only_with_it() -> None:
    assert Calendar.of(dict(reversed(DAYS.items())), YEARS).version == CALENDAR.version
    assert Calendar.of({**DAYS, date(2026, 3, 3): False}, YEARS).version != CALENDAR.version
    assert Calendar.of(DAYS, (*YEARS, 2027)).version != CALENDAR.version
    assert len(CALENDAR.version) == 12


@pytest.mark.django_db
def test_the_calendar_of_a_pack_is_read_once_for_each_digest(django_assert_num_queries, monkeypatch) -> None:  # noqa: ANN001
    Day.objects.create(date=date(2026, 3, 3), working=False)
    pack = PackState.objects.create(id=1, name="test", digest="one", loaded_at=clock.now())
    with django_assert_num_queries(2):
        first = calendar.current()
    with django_assert_num_queries(0):
        assert calendar.current() is first
    assert not first.is_working(date(2026, 3, 3))
    Day.objects.update(working=True)
    pack.digest = "two"
    pack.save()
    later = loaded.time.monotonic() + 2
    monkeypatch.setattr(loaded.time, "monotonic", lambda: later)
    assert calendar.current().is_working(date(2026, 3, 3))


@pytest.mark.django_db
def test_without_a_pack_the_table_is_read_each_time() -> None:
    assert calendar.current().is_working(date(2026, 3, 3))
    Day.objects.create(date=date(2026, 3, 3), working=False)
    assert not calendar.current().is_working(date(2026, 3, 3))
