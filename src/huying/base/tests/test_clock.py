from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from huying.base import clock


@pytest.fixture(autouse=True)
def fixed() -> Iterator[None]:
    yield
    clock.forget()


def test_the_clock_of_a_city_cannot_be_moved() -> None:
    assert not clock.movable()
    with pytest.raises(clock.ClockIsFixed):
        clock.move(clock.now() + timedelta(days=1))


def test_the_demos_clock_goes_forward_and_stays_there_after_a_restart(tmp_path: Path) -> None:
    clock.configure(tmp_path / "clock")
    to = clock.now() + timedelta(days=3)
    clock.move(to)
    assert abs(clock.now() - to) < timedelta(seconds=5)
    clock.set_offset(timedelta())
    clock.configure(tmp_path / "clock")
    assert abs(clock.now() - to) < timedelta(seconds=5)


def test_it_never_goes_back(tmp_path: Path) -> None:
    clock.configure(tmp_path / "clock")
    with pytest.raises(ValueError, match="forward"):
        clock.move(clock.now() - timedelta(hours=1))


def test_the_day_of_a_stored_moment_is_the_citys_day() -> None:
    assert clock.day_of(datetime(2026, 11, 27, 15, 59, tzinfo=UTC)) == date(2026, 11, 27)
    assert clock.day_of(datetime(2026, 11, 27, 16, 0, tzinfo=UTC)) == date(2026, 11, 28)


def test_today_is_the_day_in_the_city() -> None:
    assert clock.local_now().utcoffset() == timedelta(hours=8)
    assert clock.today() == clock.local_now().date()


def test_another_moment_is_shown_for_a_while_only() -> None:
    then = clock.now() - timedelta(days=5)
    with clock.showing(then):
        assert abs(clock.now() - then) < timedelta(seconds=5)
    assert abs(clock.now() - then - timedelta(days=5)) < timedelta(seconds=5)
