"""One street in figures: what was asked, what was done, what was kept."""

from dataclasses import dataclass

from django.db.models import Count, Q

from huying.hub import places
from huying.hub.models import Voice
from huying.hub.rates import Rate


@dataclass(frozen=True, slots=True)
class Street:
    """The calls of one area. `kept`: answered in time, of those answered or already late."""

    asked: int
    answered: int
    kept: Rate
    solved: Rate


def street(area_key: str, as_of: str = places.TODAY) -> Street:
    """The figures of an area by its key; calls that only name its district are not its own.

    As of today they hold what was told while it went by another code; as of the day, only its own.
    """
    due = Q(answered=True) | Q(broken=True)
    keys = places.line(area_key) if as_of == places.TODAY else [area_key]
    found = Voice.objects.filter(area__in=keys).aggregate(
        n_asked=Count("call"),
        n_answered=Count("call", filter=Q(answered=True)),
        n_due=Count("call", filter=due),
        n_kept=Count("call", filter=due & Q(broken=False)),
        n_said=Count("call", filter=Q(solved__isnull=False)),
        n_solved=Count("call", filter=Q(solved=True)),
    )
    return Street(
        found["n_asked"], found["n_answered"], Rate(found["n_kept"], found["n_due"]), Rate(found["n_solved"], found["n_said"])
    )
