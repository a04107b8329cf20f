"""One street in figures: what was asked, what was done, what was kept."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from huying.base import clock
from huying.hub import places
from huying.hub.models import Case, Voice
from huying.hub.rates import Rate


@dataclass(frozen=True, slots=True)
class Street:
    """The calls of one area. `kept`: answered in time, of those answered or already late.

    Answered and waiting for her word, solved, unsolved, silent: four different things. What was excluded, declined,
    withdrawn or concluded is in no denominator.
    """

    asked: int
    answered: int
    kept: Rate
    solved: Rate
    waiting: int
    silent: int


def street(area_key: str, as_of: str = places.TODAY) -> Street:
    """The figures of an area by its key; calls that only name its district are not its own.

    As of today they hold what was told while it went by another code; as of the day, only its own.
    """
    counts = Q(excluded="") & ~Q(state="ended")
    due, said = counts & (Q(answered=True) | Q(broken=True)), counts & Q(solved__isnull=False)
    unsaid = counts & Q(solved__isnull=True)
    keys = places.line(area_key) if as_of == places.TODAY else [area_key]
    found = Voice.objects.filter(area__in=keys).aggregate(
        n_asked=Count("call"),
        n_answered=Count("call", filter=Q(answered=True)),
        n_due=Count("call", filter=due),
        n_kept=Count("call", filter=due & Q(broken=False)),
        n_said=Count("call", filter=said),
        n_solved=Count("call", filter=said & Q(solved=True)),
        n_waiting=Count("call", filter=unsaid & Q(state="answered")),
        n_silent=Count("call", filter=unsaid & Q(state="closed")),
    )
    kept, solved = Rate(found["n_kept"], found["n_due"]), Rate(found["n_solved"], found["n_said"])
    return Street(found["n_asked"], found["n_answered"], kept, solved, found["n_waiting"], found["n_silent"])


def asked_about(area_key: str) -> dict[str, int]:
    """How often each duty was asked about there in the last twelve months, by its key, where one was named."""
    today = clock.today()
    duty = Case.objects.filter(matter=OuterRef("matter")).values("duty")[:1]
    rows = Voice.objects.filter(area=area_key, month__gte=f"{today.year - 1}-{today.month:02}").annotate(duty=Subquery(duty))
    return dict(rows.exclude(duty=None).exclude(duty="").values_list("duty").annotate(n=Count("call")))
