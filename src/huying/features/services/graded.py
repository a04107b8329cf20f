"""What was said of items: who waits for an answer to a poor grade, and how many said what, by department and item."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from huying.city import queries as city
from huying.features.services import rating
from huying.features.services.models import Rating
from huying.people.actors import Actor

CONCERNED = ("handler", "head", "supervisor", "callback", "auditor")
ENOUGH = 5  # ratings, from which on an average says more than who said it
Reach = tuple[set[str], set[str]]  # keys of districts and of departments
Counts = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Graded:
    """How often each grade was given, the best in front, and the average of 1 to 5 where there are enough."""

    unit: str  # the department's key; '' for the whole of a thing
    item: str  # its code; of the whole the thing's
    counts: Counts
    average: float | None
    waiting: int  # poor ones that are not answered yet

    @property
    def total(self) -> int:
        """How many were given."""
        return sum(self.counts)


def waiting(actor: Actor) -> list[Rating]:
    """Poor grades that this actor may answer, the first due in front."""
    found = Rating.objects.filter(rating.answerable(actor), promise__isnull=False, answered_at__isnull=True)
    related = ("case__call", "branch__bearer", "branch__task", "contact", "promise", "unit")
    return list(found.select_related(*related).order_by("promise__due_at", "pk"))


def concerns(actor: Actor) -> bool:
    """Whether there is a page of grades for this officer: he may answer poor ones, or oversees. Asks no database."""
    return any(post.role in CONCERNED for post in actor.posts)


def lines(reach: Reach | None) -> list[Graded]:
    """By department and item, the most rated in front; None is the whole city with what was said of whole things."""
    rows = Rating.objects.filter(_within(reach))
    keys = ("unit__key", "branch__item", "case__thing", "grade")
    open_ones = Count("pk", filter=Q(promise__isnull=False, answered_at__isnull=True))
    grouped: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 6)
    for unit, item, thing, grade, n, owed in rows.values_list(*keys).annotate(n=Count("pk"), owed=open_ones).order_by():
        line = grouped[unit or "", item or thing]
        line[5 - grade] += n
        line[5] += owed
    found = [_graded(unit, item, counts) for (unit, item), counts in grouped.items()]
    return sorted(found, key=lambda line: (-line.total, line.unit, line.item))


def _graded(unit: str, item: str, counts: list[int]) -> Graded:
    five = (counts[0], counts[1], counts[2], counts[3], counts[4])
    return Graded(unit, item, five, average(five), counts[5])


def average(counts: Counts) -> float | None:
    """Of 1 to 5; None where too few spoke."""
    total = sum(counts)
    return round(sum((5 - at) * n for at, n in enumerate(counts)) / total, 1) if total >= ENOUGH else None


def _within(reach: Reach | None) -> Q:
    if reach is None:
        return Q()
    districts, departments = reach
    areas = {area.pk for key in districts if (area := city.area_by_key(key))}
    return Q(unit__area__in=city.areas_within(areas)) if areas else Q(unit__key__in=departments)
