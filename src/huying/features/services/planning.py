"""By which day each branch ends, and with the last of them the whole: pure, over the branches as they stand.

A department that is late moves no day of the whole: what waits for it is promised from the day on which it should have
ended. One that is early brings it forward; one that waits for the applicant moves it back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.base import clock
from huying.city.calendar import Calendar
from huying.kernel.pauses import midnight, ordinal

__all__ = ["Line", "Span", "due_of", "end_of", "ordinal", "plan", "whole"]

CLOSED = 17  # o'clock in the city: who applies later is served on the next working day


@dataclass(frozen=True, slots=True)
class Line:
    """A branch as the plan reads it. `due_at` of one that is open, `ended_at` of one that is over, else None."""

    item: str
    days: int
    waits: tuple[str, ...]
    opened_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    fallen: bool = False  # it ended, or will, with what it waited for


@dataclass(frozen=True, slots=True)
class Span:
    """The city's days (ordinals) from which a branch counts and on which it ends, both included."""

    start: int
    end: int


def end_of(start: int, days: int, calendar: Calendar) -> int:
    """The last day of an item that begins on `start`: the day itself does not count; 0 is on the spot, on a working day."""
    return calendar.at(calendar.rank(start) + days) if days else calendar.at(calendar.rank(start - 1) + 1)


def spot(at: datetime) -> int:
    """The day of what is done on the spot: the same, or the next where the offices have closed."""
    return ordinal(at) + (at.astimezone(clock.CITY_TIME).hour >= CLOSED)


def due_from(day: int, days: int, calendar: Calendar) -> datetime:
    """Until when an item is promised whose applicant is at the counter on that day; 0 days is the end of the same."""
    return midnight((end_of(day, days, calendar) if days else day) + 1)


def plan(lines: Sequence[Line], began: datetime, calendar: Calendar) -> dict[str, Span]:
    """The span of every branch, in any order of `lines`; those it waits for are looked up, fallen ones are left out."""
    by_item = {line.item: line for line in lines if not line.fallen}
    spans: dict[str, Span] = {}
    first, at_once = ordinal(began), spot(began)

    def of(item: str) -> Span:
        if item not in spans:
            line = by_item[item]
            before = [of(one) for one in line.waits if one in by_item]
            spans[item] = _span(line, before, first if line.days else at_once, calendar)
        return spans[item]

    for item in by_item:
        of(item)
    return spans


def _span(line: Line, before: Iterable[Span], first: int, calendar: Calendar) -> Span:
    start = max((span.end for span in before), default=first)
    if line.opened_at is not None:
        start = min(start, ordinal(line.opened_at)) if line.waits else first
    end = end_of(start, line.days, calendar)
    if line.opened_at is not None and line.due_at is not None:
        late_start = ordinal(line.opened_at) > start
        own = ordinal(line.due_at) - 1
        # its own clock was moved by what it waited for from her; that it began late is not hers to wait for
        end = own if not late_start else max(end, own - _slip(start, line, calendar))
    if line.ended_at is not None:
        end = min(end, max(ordinal(line.ended_at), start))
    return Span(start, end)


def _slip(start: int, line: Line, calendar: Calendar) -> int:
    """By how many days its own clock ends later only because it began later than planned."""
    assert line.opened_at is not None
    return end_of(ordinal(line.opened_at), line.days, calendar) - end_of(start, line.days, calendar)


def due_of(span: Span) -> datetime:
    """The moment that ends its last day."""
    return midnight(span.end + 1)


def whole(spans: Mapping[str, Span], began: datetime, calendar: Calendar) -> datetime:
    """When the last branch is over; of a case without branches the day on which it began."""
    last = max((span.end for span in spans.values()), default=end_of(ordinal(began), 0, calendar))
    return midnight(last + 1)
