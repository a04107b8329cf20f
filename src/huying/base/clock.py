"""The only clock. Everything that asks for the time asks here.

The demo may move it forward (`move`), which is remembered in a file so that a restart keeps the moved day; in
production `configure` is never called with a file and `move` refuses.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

CITY_TIME = ZoneInfo("Asia/Shanghai")

_offset = timedelta()
_file: Path | None = None


class ClockIsFixed(RuntimeError):
    """Raised when something tries to move the clock of a city that is not a demo."""


def configure(file: Path) -> None:
    """Let the clock be moved, and take up the offset (seconds) that `file` holds from an earlier run."""
    global _file, _offset
    _file = file
    _offset = timedelta(seconds=float(file.read_text())) if file.exists() else timedelta()


def movable() -> bool:
    """Whether this is a demo whose clock may be moved."""
    return _file is not None


def now() -> datetime:
    """The moment, timezone-aware, in UTC."""
    return datetime.now(UTC) + _offset


def local_now() -> datetime:
    """The moment in the city's own time."""
    return now().astimezone(CITY_TIME)


def today() -> date:
    """The day it is in the city."""
    return local_now().date()


def move(to: datetime) -> None:
    """Set the demo's clock to `to`. Raises ClockIsFixed outside a demo, ValueError when asked to go back."""
    global _offset
    if _file is None:
        raise ClockIsFixed("only the demo's clock can be moved")
    if to < now():
        raise ValueError("the clock goes forward only: facts that are recorded stay in order")
    _offset = to - datetime.now(UTC)
    _file.write_text(str(_offset.total_seconds()))


def day_of(moment: datetime) -> date:
    """The day a moment falls on in the city. `moment.date()` of a stored one is Greenwich's day, until 8 in the morning."""
    return moment.astimezone(CITY_TIME).date()


@contextmanager
def showing(moment: datetime) -> Iterator[None]:
    """The clock shows `moment`, and goes on from there, within the block: how a week that never was is played."""
    before = _offset
    set_offset(moment - datetime.now(UTC))
    try:
        yield
    finally:
        set_offset(before)


def set_offset(offset: timedelta) -> None:
    """For tests: shift the clock by `offset` without a file."""
    global _offset
    _offset = offset


def forget() -> None:
    """Back to the wall's clock, fixed: what a test or a process that ends leaves behind."""
    global _file
    _file = None
    set_offset(timedelta())
