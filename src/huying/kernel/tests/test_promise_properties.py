"""What holds for every promise, whatever its start, budget, unit and pauses."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.base.clock import CITY_TIME
from huying.city.tests.notices import CALENDAR
from huying.kernel.promise import DAYS, HOURS, UNITS, WORKDAYS, Pauses, last_day, reckon, used

pytestmark = pytest.mark.once

BEGIN = datetime(2023, 12, 20, tzinfo=CITY_TIME)
MINUTES = 3 * 366 * 24 * 60
DAY = timedelta(days=1)

starts = st.integers(0, MINUTES).map(lambda m: BEGIN + timedelta(minutes=m))
budgets = st.integers(1, 40)
units = st.sampled_from(UNITS)
lengths = st.one_of(st.integers(0, 600), st.integers(0, 20 * 24 * 60)).map(lambda m: timedelta(minutes=m))
offsets = st.integers(-3 * 24 * 60, 40 * 24 * 60).map(lambda m: timedelta(minutes=m))
shapes = st.lists(st.tuples(offsets, lengths), max_size=5)


def pauses_from(start: datetime, shape: list[tuple[timedelta, timedelta]]) -> Pauses:
    return [(start + offset, start + offset + length) for offset, length in shape]


def due(start: datetime, budget: int, unit: str, pauses: Pauses) -> datetime:
    return reckon(start, budget, unit, CALENDAR, pauses).due_at


@given(starts, budgets, units, shapes)
def test_a_larger_budget_is_due_later_or_on_the_same_moved_day(start, budget, unit, shape) -> None:  # noqa: ANN001
    pauses = pauses_from(start, shape)
    sooner, later = due(start, budget, unit, pauses), due(start, budget + 1, unit, pauses)
    assert later >= sooner if unit == DAYS else later > sooner


@given(starts, lengths, budgets, units, shapes)
def test_who_starts_later_is_never_due_sooner(start, lag, budget, unit, shape) -> None:  # noqa: ANN001
    pauses = pauses_from(start, shape)
    assert due(start + lag, budget, unit, pauses) >= due(start, budget, unit, pauses)


@given(starts, budgets, units, shapes)
def test_a_promise_is_due_after_it_started(start, budget, unit, shape) -> None:  # noqa: ANN001
    assert due(start, budget, unit, pauses_from(start, shape)) > start


@given(starts, budgets, units, shapes, st.tuples(offsets, lengths))
def test_one_pause_more_never_makes_it_due_sooner(start, budget, unit, shape, more) -> None:  # noqa: ANN001
    fewer, all_ = pauses_from(start, shape), pauses_from(start, [*shape, more])
    assert due(start, budget, unit, all_) >= due(start, budget, unit, fewer)


@given(starts, budgets, units, shapes, st.randoms())
def test_the_order_of_pauses_does_not_matter(start, budget, unit, shape, random) -> None:  # noqa: ANN001
    shuffled = list(shape)
    random.shuffle(shuffled)
    assert due(start, budget, unit, pauses_from(start, shape)) == due(start, budget, unit, pauses_from(start, shuffled))


@given(starts, budgets, shapes)
def test_n_workdays_are_exactly_n_whole_working_days(start, budget, shape) -> None:  # noqa: ANN001
    pauses = pauses_from(start, shape)
    end, day, counted = due(start, budget, WORKDAYS, pauses), start.date() + DAY, []
    while day <= last_day(end):
        begins = datetime.combine(day, time.min, CITY_TIME)
        touched = any(since < begins + DAY and to > begins and to > since for since, to in pauses)
        counted += [day] if CALENDAR.is_working(day) and not touched else []
        day += DAY
    assert len(counted) == budget
    assert counted[-1] == last_day(end)


@given(starts, budgets, shapes)
def test_n_days_end_on_a_working_day_that_is_not_paused(start, budget, shape) -> None:  # noqa: ANN001
    pauses = pauses_from(start, shape)
    end = due(start, budget, DAYS, pauses)
    begins = datetime.combine(last_day(end), time.min, CITY_TIME)
    assert CALENDAR.is_working(last_day(end))
    assert not any(since < begins + DAY and to > begins and to > since for since, to in pauses)
    assert used(start, end, DAYS, CALENDAR, pauses) >= budget


@given(starts, budgets, shapes)
def test_at_its_due_moment_exactly_the_budget_is_used(start, budget, shape) -> None:  # noqa: ANN001
    pauses = pauses_from(start, shape)
    assert used(start, due(start, budget, WORKDAYS, pauses), WORKDAYS, CALENDAR, pauses) == budget
    assert used(start, due(start, budget, HOURS, pauses), HOURS, CALENDAR, pauses) == budget * 3600


@given(starts, lengths, lengths, units, shapes)
def test_what_is_used_never_shrinks(start, first, more, unit, shape) -> None:  # noqa: ANN001
    pauses = pauses_from(start, shape)
    before, after = (used(start, end, unit, CALENDAR, pauses) for end in (start + first, start + first + more))
    assert 0 <= before <= after


@given(starts, budgets, units, offsets, lengths, lengths)
def test_while_a_pause_is_open_due_only_moves_away(start, budget, unit, offset, first, more) -> None:  # noqa: ANN001
    pauses = [(start + offset, None)]
    sooner, later = (reckon(start, budget, unit, CALENDAR, pauses, start + now) for now in (first, first + more))
    assert later.due_at >= sooner.due_at >= due(start, budget, unit, ())


@given(starts, budgets, units)
def test_the_zone_in_which_a_moment_is_written_does_not_matter(start, budget, unit) -> None:  # noqa: ANN001
    assert due(start.astimezone(UTC), budget, unit, ()) == due(start, budget, unit, ())
