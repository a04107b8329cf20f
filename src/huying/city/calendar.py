"""Which days work: the pack's calendar as an immutable value, quick enough to ask for every promise.

A year is *published* when its whole table is known (the State Council's notice for it is in the pack). Days of other
years fall back to Monday to Friday, and whoever reckons with them must say that the result is provisional: `covers`
tells.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from huying.city import loaded
from huying.city.models import Day


def _weekdays_through(ordinal: int) -> int:
    """Mondays to Fridays from day 1 (0001-01-01, a Monday) through `ordinal`."""
    weeks, days = divmod(ordinal, 7)
    return weeks * 5 + min(days, 5)


def _weekday_at(count: int) -> int:
    """The ordinal of the `count`-th Monday-to-Friday day: the inverse of `_weekdays_through`."""
    weeks, days = divmod(count - 1, 5)
    return weeks * 7 + days + 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a city. Days are `date`s, or their proleptic ordinals where speed matters.

    `version` is a short digest of the table: the same table gives the same version. `years` are the published years.
    """

    version: str
    years: frozenset[int]
    _first: int  # ordinals of the known span, both ends known
    _last: int
    _ranks: tuple[int, ...]  # for each day of the span, the working days from _first through it
    _works: tuple[int, ...]  # the ordinals of the span's working days

    @classmethod
    def of(cls, days: Mapping[date, bool], years: Collection[int] | None = None) -> "Calendar":
        """A calendar out of `{day: works}`. Days that are left out are plain weekdays and weekends.

        `years` says which years are published; left out, they are those of which `days` holds every day.
        """
        published = frozenset(_whole_years(days) if years is None else years)
        touched = published | {day.year for day in days}
        first, last = (date(min(touched), 1, 1).toordinal(), date(max(touched), 12, 31).toordinal()) if touched else (1, 0)
        known = {day.toordinal(): works for day, works in days.items()}
        works = tuple(o for o in range(first, last + 1) if known.get(o, (o - 1) % 7 < 5))
        return cls(_version(days, published), published, first, last, _ranks_of(works, first, last), works)

    @property
    def published_through(self) -> date:
        """The last day of the last published year; `date.min` when none is."""
        return date(max(self.years), 12, 31) if self.years else date.min

    def covers(self, first: date, last: date) -> bool:
        """Whether every day from `first` through `last` lies in a published year."""
        years = self.years
        return all(year in years for year in range(first.year, last.year + 1))

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`; beyond what is published, whether it is a Monday to Friday."""
        ordinal = day.toordinal()
        return self.rank(ordinal) > self.rank(ordinal - 1)

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie from `first` through `last`, both included; 0 when `last` is before `first`."""
        return max(0, self.rank(last.toordinal()) - self.rank(first.toordinal() - 1))

    def nth_after(self, day: date, n: int) -> date:
        """The `n`-th working day after `day`, which itself does not count; `n` at least 1."""
        return date.fromordinal(self.at(self.rank(day.toordinal()) + n))

    def on_or_after(self, day: date) -> date:
        """`day` itself if it works, else the next working day."""
        return date.fromordinal(self.at(self.rank(day.toordinal() - 1) + 1))

    def rank(self, ordinal: int) -> int:
        """Working days from the start of the known span through `ordinal`; negative or 0 before it."""
        if self._first <= ordinal <= self._last:
            return self._ranks[ordinal - self._first]
        if ordinal > self._last:
            return len(self._works) + _weekdays_through(ordinal) - _weekdays_through(self._last)
        return _weekdays_through(ordinal) - _weekdays_through(self._first - 1)

    def at(self, rank: int) -> int:
        """The ordinal of the working day with that rank: the inverse of `rank`, by look-up."""
        if 1 <= rank <= len(self._works):
            return self._works[rank - 1]
        if rank > len(self._works):
            return _weekday_at(_weekdays_through(self._last) + rank - len(self._works))
        return _weekday_at(_weekdays_through(self._first - 1) + rank)


def _whole_years(days: Mapping[date, bool]) -> list[int]:
    counts: dict[int, int] = {}
    for day in days:
        counts[day.year] = counts.get(day.year, 0) + 1
    return [year for year, count in counts.items() if count == (date(year + 1, 1, 1) - date(year, 1, 1)).days]


def _ranks_of(works: tuple[int, ...], first: int, last: int) -> tuple[int, ...]:
    ranks, seen, working = [], 0, set(works)
    for ordinal in range(first, last + 1):
        seen += ordinal in working
        ranks.append(seen)
    return tuple(ranks)


def _version(days: Mapping[date, bool], years: Collection[int]) -> str:
    lines = [f"{day.isoformat()} {int(works)}" for day, works in sorted(days.items())]
    return hashlib.sha256("\n".join([*map(str, sorted(years)), *lines]).encode()).hexdigest()[:12]


_held: tuple[str, Calendar] | None = None


def current() -> Calendar:
    """The calendar of the loaded pack. Built once for each pack digest; a new pack is seen within a second.

    Without a pack the table is read each time: nothing says when it changes.
    """
    global _held
    digest = loaded.digest()
    if _held is not None and digest and _held[0] == digest:
        return _held[1]
    calendar = Calendar.of(dict(Day.objects.values_list("date", "working")))
    _held = (digest, calendar)
    return calendar


@loaded.on_forget
def forget() -> None:
    """Drop what is held, so that the next `current()` reads the table. `loaded.forget` calls it."""
    global _held
    _held = None
