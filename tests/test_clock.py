"""There is one clock."""

from pathlib import Path

import pytest

from tools.guards.clocks import clock_breaches

pytestmark = pytest.mark.once


def test_nothing_but_the_clock_asks_for_the_time() -> None:
    assert not clock_breaches(), "\n".join(map(str, clock_breaches()))


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "timezone.now()",
        "time.time()",
        "DateTimeField(default=timezone.now)",
        "DateTimeField(auto_now_add=True)",
        "row.made_at.date()",
    ],
)
def test_whoever_asks_elsewhere_is_caught(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.py").write_text(f"x = {line}\n")
    assert len(clock_breaches(tmp_path)) == 1


def test_measuring_how_long_something_took_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = time.monotonic(), time.process_time(), clock.now()\n")
    assert not clock_breaches(tmp_path)
