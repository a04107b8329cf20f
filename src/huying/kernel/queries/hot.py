"""Hot causes as an officer may see them: made of the matters that he may see, and of nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F

from huying.base import clock
from huying.city import queries as city
from huying.kernel import rules
from huying.kernel.models import Call, Cause, CauseMember, Matter, Task, TaskRole
from huying.people.actors import Actor

MOST = 60
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause: what, where, since when, how many people and how many of them of late, who works on it, its matters."""

    cause: Cause
    title: str
    district: str
    since: datetime
    people: int
    lately: int  # who told it within seven days
    before: int  # and in the seven days before
    bearers: list[str]
    matters: list[Matter]
    may_close: bool

    @property
    def grows(self) -> bool:
        """Whether more people tell of it than a week before."""
        return self.lately > self.before


def hot(actor: Actor) -> list[CauseLine]:
    """Causes of which the actor may see two matters or more; what stands first, then by how many people tell of it."""
    scope = rules.visible_to(actor, "matter")
    if scope is None:
        return []
    his = CauseMember.objects.filter(matter__in=Matter.objects.filter(scope)).values("cause").annotate(n=Count("id"))
    rows = Cause.objects.filter(closed_at__isnull=True, pk__in=his.filter(n__gte=2).values("cause"))
    causes = list(
        rows.select_related("district", "owner").order_by(F("stands_at").asc(nulls_last=True), "-people", "id")[:MOST]
    )
    members = CauseMember.objects.filter(cause__in=causes).values("matter")
    seen = {m.pk: m for m in Matter.objects.filter(scope, pk__in=members).select_related("area").order_by("opened_at", "id")}
    of: dict[int, list[Matter]] = {}
    for cause, matter in CauseMember.objects.filter(matter__in=seen).values_list("cause", "matter"):
        of.setdefault(cause, []).append(seen[matter])
    told = _told(list(seen))
    lines = [_line(actor, cause, of[cause.pk], told) for cause in causes if len(of.get(cause.pk, [])) > 1]
    return sorted(lines, key=lambda line: (line.cause.stands_at is None, -line.people, line.cause.pk))


def closed_causes(actor: Actor, limit: int = 10) -> list[Cause]:
    """What was closed last, of which the actor may see a matter: what was changed."""
    scope = rules.visible_to(actor, "matter")
    if scope is None:
        return []
    own = CauseMember.objects.filter(matter__in=Matter.objects.filter(scope)).values("cause")
    rows = Cause.objects.filter(closed_at__isnull=False, pk__in=own).select_related("owner", "district")
    return list(rows.order_by("-closed_at")[:limit])


def has_hot(actor: Actor) -> bool:
    """Whether the page is for this officer: who dispatches, leads or oversees."""
    return bool({"dispatcher", "head", "supervisor", "auditor"} & actor.roles)


def _told(matters: Sequence[int]) -> dict[int, list[tuple[int, datetime]]]:
    found: dict[int, list[tuple[int, datetime]]] = {}
    rows = Call.objects.filter(matter__in=matters).values_list("matter", "caller", "opened_at")
    for matter, caller, at in rows:
        found.setdefault(matter, []).append((caller, at))
    return found


def _line(actor: Actor, cause: Cause, matters: list[Matter], told: dict[int, list[tuple[int, datetime]]]) -> CauseLine:
    now = clock.now()
    voices = [voice for matter in matters for voice in told.get(matter.pk, [])]
    leads = Task.objects.filter(matter__in=matters, role=TaskRole.LEAD, is_open=True).values_list("bearer", flat=True)
    bearers = [row.short for pk in sorted(set(leads)) if (row := city.department_by_id(pk))]
    matters.sort(key=lambda m: (m.opened_at, m.pk))
    heart = next((m for m in matters if m.pk == cause.heart_id), matters[0])
    return CauseLine(
        cause,
        heart.title,
        cause.district.name,
        matters[0].opened_at,
        len({caller for caller, _at in voices}),
        len({caller for caller, at in voices if at > now - WEEK}),
        len({caller for caller, at in voices if now - 2 * WEEK < at <= now - WEEK}),
        bearers,
        matters,
        may_close=cause.owner is not None and rules.may(actor, "close_cause", cause.owner),
    )
