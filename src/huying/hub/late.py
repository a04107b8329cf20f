"""What is late now, and where its time went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.base import clock
from huying.hub.models import Held, Late
from huying.hub.rates import held


@dataclass(frozen=True, slots=True)
class Share:
    """Time of a matter that one bearer used at one stage, in whole minutes; '' is the city's desk. `most` marks the largest."""

    bearer: str
    stage: str
    seconds: int
    most: bool


@dataclass(frozen=True, slots=True)
class LateRow:
    """A broken promise that is still open, and the time of its matter by who used it, in the order of the hops."""

    late: Late
    shares: list[Share]


def rows(limit: int = 100, **where: Any) -> list[LateRow]:
    """The longest late first; `where` narrows, as in district__in."""
    found = list(Late.objects.filter(**where).order_by("due_at", "key")[:limit])
    spent = held({row.matter for row in found})
    now = clock.now()
    return [LateRow(row, shares(spent.get(row.matter, []), now)) for row in found]


def shares(hops: list[Held], now: datetime) -> list[Share]:
    """The hops added up by bearer and stage."""
    used: dict[tuple[str, str], float] = {}
    for hop in hops:
        span = (hop.ended_at or now) - hop.began_at
        used[hop.bearer, hop.stage] = used.get((hop.bearer, hop.stage), 0) + span.total_seconds()
    minutes = {place: round(seconds / 60) for place, seconds in used.items()}
    most = max(minutes.values(), default=0)
    return [Share(bearer, stage, n * 60, n == most) for (bearer, stage), n in minutes.items() if n]
