"""The drawn bar of a promise: its days as at most twelve blocks, filled as far as they are used."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from huying.city.calendar import Calendar
from huying.kernel.pauses import DAYS, HOURS, WORKDAYS, Pauses, last_day, midnight, ordinal, spans, still_days, stood

MAX_BLOCKS = 12
COUNTED = "counted"  # the clock runs
OFF = "off"  # weekend or holiday
PAUSED = "paused"
RECEIVED = "received"  # the day of receipt, which does not count in days

_NARROW = 0.5  # of a day's width, for days that do not count
_LEAST = 0.2  # of a day's width, for a few hours


class DayBlock(NamedTuple):
    """One block: the days from `day` through `until`. `kind` is counted, off, paused or received.

    `share_used` is 0..1 of the block's own time; `weight` its width, 1 for one counted day; `working` whether the clock
    runs in it (hatch it where not). `label` is what a person reads under it.
    """

    day: date
    until: date
    kind: str
    label: str
    share_used: float
    weight: float
    working: bool
    is_today: bool
    is_due: bool


class _Piece(NamedTuple):
    first: int
    last: int
    kind: str
    size: float = 0.0  # days that count
    used: float = 0.0

    def joined(self, other: "_Piece") -> "_Piece":
        kind = COUNTED if COUNTED in (self.kind, other.kind) else self.kind
        return _Piece(self.first, other.last, kind, self.size + other.size, self.used + other.used)

    def holds(self, day: int) -> bool:
        return self.first <= day <= self.last


def blocks(
    start: datetime, due_at: datetime, now: datetime, calendar: Calendar, pauses: Pauses = (), unit: str = WORKDAYS
) -> list[DayBlock]:
    """The bar from receipt to `due_at` as it stands at `now` (for a promise that ended, pass the moment it ended).

    In days the first block is the day of receipt (`received`: leave it out where the page says it elsewhere), then each
    counted day stands alone and days off stand together. Long spans are joined until at most twelve blocks are left;
    today and the last day stay visible.
    """
    today, last = ordinal(now), last_day(due_at).toordinal()
    fine = _by_hours(start, due_at, now, pauses) if unit == HOURS else _by_days(start, last, now, calendar, pauses, unit)
    return [_block(piece, today, last) for piece in _squeezed(_runs(fine), today, last)]


def _by_days(start: datetime, last: int, now: datetime, calendar: Calendar, pauses: Pauses, unit: str) -> Iterable[_Piece]:
    receipt, today = ordinal(start), ordinal(now)
    so_far = (now - midnight(today)) / (midnight(today + 1) - midnight(today))
    still = still_days(receipt, pauses, now)
    yield _Piece(receipt, receipt, RECEIVED)
    for day in range(receipt + 1, last + 1):
        if any(since <= day <= to for since, to in still):
            yield _Piece(day, day, PAUSED)
        elif unit == DAYS or calendar.is_working(date.fromordinal(day)):
            yield _Piece(day, day, COUNTED, 1.0, so_far if day == today else float(day < today))
        else:
            yield _Piece(day, day, OFF)


def _by_hours(start: datetime, due_at: datetime, now: datetime, pauses: Pauses) -> Iterable[_Piece]:
    still = spans(start, pauses, now)
    for day in range(ordinal(start), last_day(due_at).toordinal() + 1):
        begin, end = max(start, midnight(day)), min(due_at, midnight(day + 1))
        reached = min(max(now, begin), end)
        size = (end - begin).total_seconds() - stood(begin, end, still)
        used = (reached - begin).total_seconds() - stood(begin, reached, still)
        yield _Piece(day, day, COUNTED if size else PAUSED, size / 86_400, used / 86_400)


def _runs(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Days that do not count stand together where they are of one kind."""
    runs: list[_Piece] = []
    for piece in pieces:
        if runs and piece.kind == runs[-1].kind != COUNTED:
            runs[-1] = runs[-1].joined(piece)
        else:
            runs.append(piece)
    return runs


def _squeezed(pieces: list[_Piece], today: int, last: int) -> list[_Piece]:
    if len(pieces) <= MAX_BLOCKS:
        return pieces
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and before.kind == piece.kind == COUNTED and not (_stays(before, today, last) or _stays(piece, today, last)):
            joined[-1] = before.joined(piece)
        else:
            joined.append(piece)
    return joined if len(joined) <= MAX_BLOCKS else _chunked(joined, today, last)


def _stays(piece: _Piece, today: int, last: int) -> bool:
    return piece.holds(today) or piece.holds(last)


def _chunked(pieces: list[_Piece], today: int, last: int) -> list[_Piece]:
    """What lies before and after today, each joined evenly into its part of the room."""
    kept = [piece for piece in pieces if _stays(piece, today, last)]
    room, loose = MAX_BLOCKS - len(kept), len(pieces) - len(kept)
    chunked: list[_Piece] = []
    segment: list[_Piece] = []
    for piece in pieces:
        if piece not in kept:
            segment.append(piece)
            continue
        slots = max(1, room * len(segment) // loose)
        chunked += [*_in_chunks(segment, -(-len(segment) // slots)), piece]
        segment = []
    return chunked


def _in_chunks(pieces: list[_Piece], size: int) -> Iterable[_Piece]:
    for at in range(0, len(pieces), size or 1):
        chunk = pieces[at]
        for piece in pieces[at + 1 : at + size]:
            chunk = chunk.joined(piece)
        yield chunk


def _block(piece: _Piece, today: int, last: int) -> DayBlock:
    working = piece.kind == COUNTED
    day, until = date.fromordinal(piece.first), date.fromordinal(piece.last)
    return DayBlock(
        day=day,
        until=until,
        kind=piece.kind,
        label=_label(piece.kind, day, until),
        share_used=piece.used / piece.size if piece.size else 0.0,
        weight=max(piece.size, _LEAST) if working else _NARROW,
        working=working,
        is_today=piece.holds(today),
        is_due=piece.holds(last),
    )


def _label(kind: str, day: date, until: date) -> str:
    if kind == RECEIVED:
        return _("收到")
    if kind == PAUSED:
        return _("暂停")
    if kind == OFF:
        weekend = (until - day).days < 2 and day.weekday() >= 5 and until.weekday() >= 5
        return _("周末") if weekend else _("假日")
    if day == until:
        return _("%(day)d 日") % {"day": day.day}
    if day.month == until.month:
        return _("%(first)d–%(last)d 日") % {"first": day.day, "last": until.day}
    return f"{day.month}.{day.day}–{until.month}.{until.day}"
