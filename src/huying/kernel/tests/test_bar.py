"""The drawn bar of a promise."""

from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.city.tests.notices import CALENDAR
from huying.kernel.promise import DAYS, HOURS, WORKDAYS, DayBlock, Pauses, blocks, reckon
from huying.kernel.tests.test_promise import at, pauses_of
from huying.kernel.tests.test_promise_properties import budgets, lengths, pauses_from, shapes, starts

pytestmark = pytest.mark.once


def bar(start: str, budget: int, now: str, unit: str = WORKDAYS, pauses: str = "") -> list[DayBlock]:
    paused = pauses_of(pauses)
    return drawn(at(start), budget, at(now), unit, paused)


def drawn(start: datetime, budget: int, now: datetime, unit: str, pauses: Pauses) -> list[DayBlock]:
    return blocks(start, reckon(start, budget, unit, CALENDAR, pauses, now).due_at, now, CALENDAR, pauses, unit)


def told(found: list[DayBlock]) -> list[str]:
    return [f"{block.label} {block.share_used:.0%}" if block.working else block.label for block in found]


def test_five_workdays_stand_as_five_blocks_with_the_weekend_between() -> None:
    found = bar("2026-11-18 09:20", 5, "2026-11-24 13:40")
    assert told(found) == ["收到", "19 日 100%", "20 日 100%", "周末", "23 日 100%", "24 日 57%", "25 日 0%"]
    assert [block.day.day for block in found if block.is_today] == [24]
    assert [block.day.day for block in found if block.is_due] == [25]
    assert (found[3].day, found[3].until, found[3].working) == (date(2026, 11, 21), date(2026, 11, 22), False)


def test_a_festival_is_one_block_and_not_called_a_weekend() -> None:
    assert told(bar("2026-02-13 10:00", 2, "2026-02-16 10:00")) == ["收到", "14 日 100%", "假日", "24 日 0%"]


def test_days_on_which_the_clock_stood_are_one_block() -> None:
    found = bar("2026-11-18 09:20", 3, "2026-11-25 12:00", pauses="2026-11-20 10:00 > 2026-11-23 11:00")
    assert told(found) == ["收到", "19 日 100%", "暂停", "24 日 100%", "25 日 50%"]
    assert [block.kind for block in found] == ["received", "counted", "paused", "counted", "counted"]


def test_an_open_pause_is_drawn_to_today() -> None:
    found = bar("2026-11-18 09:20", 2, "2026-11-20 12:00", pauses="2026-11-20 10:00 >")
    assert told(found) == ["收到", "19 日 100%", "暂停", "周末", "23 日 0%"]
    assert found[2].is_today


def test_hours_over_midnight_are_two_blocks_as_wide_as_their_time() -> None:
    found = bar("2026-03-10 18:00", 24, "2026-03-11 09:00", HOURS)
    assert told(found) == ["10 日 100%", "11 日 50%"]
    assert [block.weight for block in found] == [0.25, 0.75]


def test_two_hours_with_a_pause_are_one_block() -> None:
    found = bar("2026-03-10 09:00", 2, "2026-03-10 11:00", HOURS, "2026-03-10 09:30 > 10:30")
    assert told(found) == ["10 日 50%"]
    assert found[0].is_due
    assert found[0].is_today


def test_natural_days_count_the_weekend() -> None:
    assert told(bar("2026-03-12 10:00", 4, "2026-03-14 12:00", DAYS)) == [
        "收到",
        "13 日 100%",
        "14 日 50%",
        "15 日 0%",
        "16 日 0%",
    ]


def test_fifteen_workdays_are_joined_by_weeks_around_today() -> None:
    found = bar("2026-11-19 18:42", 15, "2026-11-23 12:00")
    assert told(found) == [
        *("收到", "20 日 100%", "周末", "23 日 50%", "24–27 日 0%", "周末"),
        *("11.30–12.4 0%", "周末", "7–9 日 0%", "10 日 0%"),
    ]
    assert [block.weight for block in found if block.working] == [1, 1, 4, 5, 3, 1]


def test_a_promise_that_is_over_is_full_and_ends_at_its_due_day() -> None:
    found = bar("2026-11-18 09:20", 2, "2026-12-08 12:00")
    assert told(found) == ["收到", "19 日 100%", "20 日 100%"]
    assert not any(block.is_today for block in found)


@given(starts, st.integers(1, 200), st.sampled_from([WORKDAYS, DAYS, HOURS]), shapes, lengths)
def test_a_bar_has_at_most_twelve_blocks_without_gaps(start, budget, unit, shape, passed) -> None:  # noqa: ANN001
    found = drawn(start, budget, start + passed, unit, pauses_from(start, shape))
    assert 1 <= len(found) <= 12
    assert all(before.until.toordinal() + 1 == after.day.toordinal() for before, after in pairwise(found))
    assert [block.is_due for block in found] == [False] * (len(found) - 1) + [True]
    assert sum(block.is_today for block in found) <= 1
    assert all(0 <= block.share_used <= 1 and block.weight > 0 for block in found)


@given(starts, budgets, shapes)
def test_the_counted_blocks_of_a_bar_are_the_budget(start, budget, shape) -> None:  # noqa: ANN001
    found = drawn(start, budget, start, WORKDAYS, pauses_from(start, shape))
    assert sum(block.weight for block in found if block.working) == budget
