"""Moments as people and programs write them. Without a zone, the city's own time is meant."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from huying.base.clock import CITY_TIME
from huying.features.appeals.importing.words import AFTERNOON, CLOCK, DATE, MORNING

_STAMP = re.compile(DATE + CLOCK, re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + CLOCK, re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Day 0 of a spreadsheet's serial dates (1900 system), which counts a 29 February 1900 that never was.
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (a wall clock, given its zone below)
_SERIALS = (20_000, 80_000)  # 1954 to 2119
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class BadTime(ValueError):
    """Not a moment; `code` says why: not_a_time, ambiguous_time, impossible_time, too_early."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(written: str | datetime) -> datetime:
    """The moment that is written, with its zone. Raises BadTime."""
    try:
        moment = written if isinstance(written, datetime) else _read(unicodedata.normalize("NFKC", written).strip())
    except (ValueError, OverflowError) as fault:
        raise fault if isinstance(fault, BadTime) else BadTime("impossible_time") from fault
    moment = moment if moment.tzinfo else moment.replace(tzinfo=CITY_TIME)
    try:
        early = moment < EARLIEST
    except OverflowError:  # the first day of year 1, east of Greenwich
        early = True
    if early:
        raise BadTime("too_early")
    return moment


def _read(text: str) -> datetime:
    if found := _STAMP.fullmatch(text):
        year, month, day = map(int, found.group(1, 2, 3))
        return _at(found, year, month, day)
    if found := _DAY_FIRST.fullmatch(text):
        return _day_or_month_first(found)
    if _NUMBER.fullmatch(text):
        return _number(text)
    raise BadTime("not_a_time")


def _day_or_month_first(found: re.Match[str]) -> datetime:
    one, two, year = map(int, found.group(1, 2, 3))
    if one <= 12 and two <= 12 and one != two:
        raise BadTime("ambiguous_time")
    day, month = (one, two) if one > 12 else (two, one)
    return _at(found, year, month, day)


def _at(found: re.Match[str], year: int, month: int, day: int) -> datetime:
    hour = int(found["h"] or 0)
    half = (found["half"] or found["half2"] or "").upper()
    if half in AFTERNOON and hour < 12:
        hour += 12
    elif half in MORNING and hour == 12:
        hour = 0
    moment = datetime(year, month, day, 0, int(found["m"] or 0), int(found["s"] or 0), tzinfo=_zone(found["zone"]))
    if hour > 24 or (hour == 24 and (moment.minute or moment.second)):
        raise BadTime("impossible_time")
    # 24:00 is the end of the day
    return moment.replace(hour=hour) if hour < 24 else moment + timedelta(days=1)


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written.upper() in ("Z", "UTC"):
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))


def _number(text: str) -> datetime:
    """20190228, 20190228112505, seconds or milliseconds since 1970, or a spreadsheet's serial day."""
    whole = text.partition(".")[0]
    if len(whole) in (8, 12, 14) and whole == text:
        found = _COMPACT.fullmatch(text)
        assert found
        return datetime(*(int(part) for part in found.groups() if part))  # type: ignore[arg-type]  # noqa: DTZ001
    if len(whole) in (10, 13):
        return datetime.fromtimestamp(float(text) / (1000 if len(whole) == 13 else 1), UTC)
    if _SERIALS[0] <= float(text) <= _SERIALS[1]:
        return _SERIAL_ZERO + timedelta(seconds=round(float(text) * 86_400))
    raise BadTime("not_a_time")
