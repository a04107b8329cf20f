"""界线台账: quarrels that wait to be settled, and what was settled."""

from dataclasses import dataclass
from datetime import datetime

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import boundaries, rules
from huying.kernel.models import Boundary, Matter, Promise
from huying.people.actors import Actor

LIMIT = 200


@dataclass(frozen=True, slots=True)
class BoundaryRow:
    """A place: between which districts, for which duty, who works meanwhile or bears it, and by when it is settled."""

    matter: Matter
    place: str
    districts: list[str]
    duty: str
    interim: Department | None
    bearer: Department | None
    ground: str
    since: datetime
    due_at: datetime | None


def ledger(actor: Actor) -> tuple[list[BoundaryRow], list[BoundaryRow]]:
    """The open quarrels, the oldest first, and what was settled, the newest first: of matters the actor may see."""
    scope = rules.visible_to(actor, "matter")
    if scope is None:
        return [], []
    visible = Boundary.objects.filter(matter__in=Matter.objects.filter(scope)).select_related("matter", "interim", "bearer")
    open_ = visible.filter(settled_at__isnull=True, matter__state__in=boundaries.UNSETTLED).order_by("opened_at")[:LIMIT]
    settled = visible.filter(settled_at__isnull=False).order_by("-settled_at")[:LIMIT]
    return _rows(list(open_)), _rows(list(settled))


def _rows(found: list[Boundary]) -> list[BoundaryRow]:
    running = Promise.objects.filter(matter__in=[row.matter_id for row in found], what="settle", ended_at__isnull=True)
    dues = dict(running.values_list("matter_id", "due_at"))
    return [_row(row, None if row.settled_at else dues.get(row.matter_id)) for row in found]


def _row(row: Boundary, due_at: datetime | None) -> BoundaryRow:
    areas = [city.area_by_id(pk) for pk in (row.area_id, row.other_id) if pk is not None]
    duty = city.duty(row.duty_key) if row.duty_key else None
    return BoundaryRow(
        matter=row.matter,
        place=row.place,
        districts=[area.name for area in areas if area],
        duty=duty.name if duty else "",
        interim=row.interim,
        bearer=row.bearer,
        ground=row.ground,
        since=row.settled_at or row.opened_at,
        due_at=due_at,
    )
