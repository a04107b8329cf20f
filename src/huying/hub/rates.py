"""The three rates, with what they are a share of: per department, district, level and month."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from huying.events import log
from huying.hub import places, reader
from huying.hub.models import COUNTS, Case, Cell, Held, Late, Task, Voice

BY = ("department", "district", "level", "month")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a whole: both are published."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None where there is nothing to be a share of."""
        return self.part * 100 // self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Line:
    """The counts of one department, district, level or month."""

    key: str
    counts: dict[str, int]
    others: tuple[str, ...] = ()  # the keys of other days that count to this one, as of today

    @property
    def responded(self) -> Rate:
        """响应率: first contact in time, of all whose first contact was promised and is done or late."""
        return Rate(self.counts["contact_kept"], self.counts["contact_due"])

    @property
    def solved(self) -> Rate:
        """解决率: solved in the caller's word, of those who said a word."""
        return Rate(self.counts["solved"], self.counts["solved"] + self.counts["unsolved"])

    @property
    def satisfied(self) -> Rate:
        """满意率: 4 or 5 of 5, of those who gave a grade."""
        return Rate(self.counts["satisfied"], self.counts["graded"])


def months() -> list[str]:
    """The months in which calls were received, newest first."""
    return list(Cell.objects.filter(received__gt=0).order_by("-month").values_list("month", flat=True).distinct())


def table(by: str, *, as_of: str = places.DAY, within: Q | None = None, **where: Any) -> list[Line]:
    """A line for each key of `by` (one of BY), by its calls received; `within` and `where` narrow, as in month="2026-11".

    `as_of` the day, departments and districts stand by their codes of the day. As of today they go through successors:
    what counted to a body or district that was closed counts to who took over.
    """
    if by not in BY:
        raise ValueError(f"rates stand by {', '.join(BY)}, not by {by}")
    through = _THROUGH.get(by) if as_of == places.TODAY else None
    groups = (by, "part") if through else (by,)
    cells = Cell.objects.filter(within or Q(), **where)
    found: dict[str, tuple[Counter[str], set[str]]] = {}
    for row in cells.values(*groups).annotate(**{f"n_{name}": Sum(name) for name in COUNTS}):
        key = through(row[by], row["part"]) if through else row[by]
        counts, keys = found.setdefault(key, (Counter(), set()))
        counts.update({name: row[f"n_{name}"] for name in COUNTS})
        if row["n_received"]:
            keys.add(row[by])
    lines = [Line(key, dict(counts), tuple(sorted(keys - {key}))) for key, (counts, keys) in found.items()]
    return sorted((line for line in lines if line.counts["received"]), key=lambda line: (-line.counts["received"], line.key))


_THROUGH: dict[str, Callable[[str, str], str]] = {
    "district": places.district_today,
    "department": places.department_today,
}


def total(within: Q | None = None, **where: Any) -> Line:
    """All of it in one line."""
    sums = Cell.objects.filter(within or Q(), **where).aggregate(**{f"n_{name}": Sum(name) for name in COUNTS})
    return Line("", {name: sums[f"n_{name}"] or 0 for name in COUNTS})


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What was made again from the log: facts read, cells, and those that differed from the live ones."""

    facts: int
    cells: int
    different: int


def recompute() -> Recomputed:
    """Throw the hub's tables away and make them again from the log alone; says whether they came out the same."""
    reader.run()
    with transaction.atomic():
        upto = log.position(reader.NAME)  # locked: no batch is taken meanwhile
        live = _snapshot()
        for model in (Case, Task, Voice, Held, Late, Cell):
            model._default_manager.all().delete()
        facts, seq = 0, 0
        while batch := [told for told in log.after(seq) if told.seq is not None and told.seq <= upto]:
            reader.take(batch)
            facts, seq = facts + len(batch), batch[-1].seq or upto
        again = _snapshot()
    different = sum(live.get(key) != again.get(key) for key in set(live) | set(again))
    return Recomputed(facts, len(again), different)


def _snapshot() -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Every cell that counts something."""
    found = {}
    for row in Cell.objects.values_list(*reader.PLACE, *COUNTS):
        if any(row[len(reader.PLACE) :]):
            found[row[: len(reader.PLACE)]] = row[len(reader.PLACE) :]
    return found


def held(matters: Iterable[int]) -> dict[int, list[Held]]:
    """Where the time of some matters went, hop by hop."""
    found: dict[int, list[Held]] = {}
    for row in Held.objects.filter(matter__in=list(matters)).order_by("matter", "number"):
        found.setdefault(row.matter, []).append(row)
    return found
