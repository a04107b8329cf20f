"""What was begun lately, from whoever runs things; the kernel knows no feature, so the feature says who tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from huying.base import clock
from huying.city import catalogue
from huying.kernel.finding import browse

DAYS = 30
Teller = Callable[[date], Mapping[str, int]]  # how many cases of each thing, by code, were begun since that day
_tellers: list[Teller] = []


@dataclass(frozen=True, slots=True)
class Popular:
    """Things by how often they were begun lately. `begun` is 0 where nobody began any: then they stand in the order of life."""

    things: tuple[catalogue.InForce, ...]
    begun: int


def teller(tell: Teller) -> Teller:
    """Have `tell` asked for what was begun. Usable as a decorator."""
    _tellers.append(tell)
    return tell


def popular(most: int, who: str = "") -> Popular:
    """Up to `most` things for `who` (person or firm; '' for both), those begun most often first.

    What nobody began is not called popular: it is there only while nothing was begun at all.
    """
    since = clock.today() - timedelta(days=DAYS)
    counts: dict[str, int] = {}
    for tell in _tellers:
        for code, count in tell(since).items():
            counts[code] = counts.get(code, 0) + count
    there = browse.things(who)
    begun = sorted((thing for thing in there if counts.get(thing.row.key)), key=lambda thing: -counts[thing.row.key])
    if begun:
        return Popular(tuple(begun[:most]), sum(counts[thing.row.key] for thing in begun))
    return Popular(tuple(there[:most]), 0)
