"""In which order items run, and how long the longest row of them takes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from huying.city.things.shape import Whole


@dataclass(frozen=True, slots=True)
class Lane:
    """When an item runs, in working days: it begins after `start` and takes `days`. `longest`: the whole waits for it."""

    code: str
    start: int
    days: int
    longest: bool

    @property
    def end(self) -> int:
        return self.start + self.days


@dataclass(frozen=True, slots=True)
class Path:
    """The longest row of items one after another, and its working days."""

    days: int
    codes: tuple[str, ...]


class Circle(ValueError):
    """Items that wait for one another."""


def waits(whole: Whole, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each of `codes` those it waits for. Where one of those is not done in this case, its own take its place."""
    after = {entry.item: entry.after for entry in whole.thing.entries}
    return {code: _before(code, after, frozenset(codes)) for code in after if code in codes}


def _before(code: str, after: Mapping[str, tuple[str, ...]], there: frozenset[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    met, waiting = {code}, list(reversed(after.get(code, ())))
    while waiting:
        earlier = waiting.pop()
        if earlier in met:
            continue
        met.add(earlier)
        if earlier in there:
            found[earlier] = None
        else:
            waiting += reversed(after.get(earlier, ()))
    return tuple(found)


def schedule(whole: Whole, codes: Collection[str], days: Mapping[str, int] | None = None) -> tuple[Lane, ...]:
    """When each of `codes` runs, in the order of the thing. `days`: working days known better than what was promised.

    Raises Circle.
    """
    before = waits(whole, codes)
    taken = {code: whole.items[code].promised for code in before} | {k: v for k, v in (days or {}).items() if k in before}
    ends = _ends(before, taken)
    longest = set(_back(before, taken, ends))
    return tuple(Lane(code, ends[code] - taken[code], taken[code], code in longest) for code in before)


def longest_path(whole: Whole, codes: Collection[str], days: Mapping[str, int] | None = None) -> Path:
    """The longest row of `codes` one after another. Raises Circle."""
    lanes = schedule(whole, codes, days)
    row = sorted((lane for lane in lanes if lane.longest), key=lambda lane: (lane.start, lane.end))
    return Path(max((lane.end for lane in lanes), default=0), tuple(lane.code for lane in row))


def _ends(before: Mapping[str, tuple[str, ...]], days: Mapping[str, int]) -> dict[str, int]:
    """The working day at whose close each is done. Raises Circle."""
    ends: dict[str, int] = {}
    left = dict(before)
    while left:
        ready = [code for code, earlier in left.items() if all(one in ends for one in earlier)]
        if not ready:
            raise Circle(", ".join(left))
        for code in ready:
            ends[code] = max((ends[one] for one in left.pop(code)), default=0) + days[code]
    return ends


def _back(before: Mapping[str, tuple[str, ...]], days: Mapping[str, int], ends: Mapping[str, int]) -> list[str]:
    """From the one that ends last, back along those it waited for longest."""
    row: list[str] = []
    code = max(ends, key=lambda one: ends[one], default=None)
    while code is not None:
        row.append(code)
        code = max(before[code], key=lambda one: ends[one], default=None)
    return row
