"""The days of an offer: 29 February, the year of a school, and that a look comes back neither too late nor too often."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.city.things.offers import ChildStarts, Expires, Turns, birthday

pytestmark = pytest.mark.once
days = st.dates(date(1900, 1, 1), date(2060, 12, 31))
EIGHTY, SIX = Turns(80, 45, 90), ChildStarts(6, (8, 31), (5, 1), (7, 15))
PASS = Expires(("pass",), 60)


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(1948, 2, 29), 80, date(2028, 2, 29)),
        (date(1948, 2, 29), 79, date(2027, 2, 28)),  # 民法典第二百零二条: that month's last day
        (date(2020, 2, 29), 6, date(2026, 2, 28)),
        (date(1947, 3, 1), 80, date(2027, 3, 1)),
        (date(1946, 12, 31), 80, date(2026, 12, 31)),
    ],
)
def test_the_day_on_which_an_age_is_reached(born: date, age: int, day: date) -> None:
    assert birthday(born, age) == day


@given(days, st.integers(1, 120))
def test_an_age_is_reached_once_and_one_year_after_the_one_before(born: date, age: int) -> None:
    reached = birthday(born, age)
    assert timedelta(365) <= reached - birthday(born, age - 1) <= timedelta(366)
    assert (reached.year, reached.month) == (born.year + age, born.month)


@pytest.mark.parametrize(
    ("born", "year"),
    [
        (date(2020, 8, 31), 2026),
        (date(2020, 9, 1), 2027),
        (date(2020, 1, 1), 2026),
        (date(2019, 12, 31), 2026),
        (date(2020, 2, 29), 2026),
    ],
)
def test_a_child_starts_school_in_the_year_in_which_it_is_six_by_the_end_of_august(born: date, year: int) -> None:
    window = SIX.window(born)
    assert (window.first, window.last, window.day) == (date(year, 5, 1), date(year, 7, 15), date(year, 8, 31))


@given(days)
def test_every_child_starts_school_in_one_year_and_then_it_is_six_and_not_seven(born: date) -> None:
    day = SIX.window(born).day
    assert birthday(born, 6) <= day < birthday(born, 7)


@given(days, st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(7, 120))
def test_no_day_of_a_birthday_is_missed_and_what_is_over_is_looked_at_no_more(born: date, today: date, every: int) -> None:
    window = EIGHTY.window(born)
    again = EIGHTY.next_look([window], today, every)
    if today >= window.first:
        assert again is None
    else:
        assert again is not None
        assert today < again <= window.first
        assert again <= today + timedelta(every)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(7, 120))
def test_children_are_looked_for_in_the_days_of_a_year_alone_and_in_each_year(today: date, every: int) -> None:
    again = SIX.next_look([], today, every)
    assert again > today
    assert (5, 1) <= (again.month, again.day) <= (7, 15)
    opens = date(today.year + (today >= date(today.year, 5, 1)), 5, 1)
    assert again <= opens, "the first day of the next enrolment is never passed over"


@given(st.lists(days, max_size=3), st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(1, 60))
def test_no_document_ends_unseen(ends: list[date], today: date, every: int) -> None:
    windows = [PASS.window(day) for day in ends]
    again = PASS.next_look(windows, today, every)
    assert today < again <= today + timedelta(every)
    assert all(again <= window.first for window in windows if window.first > today)
