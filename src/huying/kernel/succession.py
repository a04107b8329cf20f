"""区划、机构调整: bodies are closed and places move; what is open goes on with who took over, under the promises it has.

Like all that happens by itself it has its moment, the first of the day on which the pack says so, and whoever locks the
matter tells it first (`overdue.catch_up`): no verb meets a task whose bearer is no more. Facts told before keep the
bodies of their day. A body that was closed without a successor, or whose successor the matter complains about, gives the
task back to who gave it; without one, to the city's desk.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Q

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Area, Department
from huying.kernel import kinds, moves, voices
from huying.kernel.cancelling import cancel_below, end_task, let_go
from huying.kernel.chain import back_to_giver
from huying.kernel.events import MatterVacated, TaskRecalled, TaskSucceeded, TaskVacated
from huying.kernel.models import Incident, Matter, MatterState, Task, TaskRole
from huying.kernel.pauses import midnight
from huying.kernel.record import Work

Act = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Change:
    """What the city looked like from a day on, and the act of going through it."""

    day: date
    moment: datetime
    act: Act


def due(work: Work, after: date = date.min) -> list[Change]:
    """The next change of bodies or places, on a day later than `after`, that the locked matter has to go through.

    At most one: what follows from it is known only when it has happened.
    """
    today = clock.day_of(work.at)
    if work.matter.state not in moves.OPEN_MATTER or not (city.closed(today) or city.moved_areas(today)):
        return []
    days = [day for task in _open(work.matter) for day in _days(task, today)]
    days += _place_days(work.matter.area_id, work.matter.district_id, today)
    day = min((day for day in days if day > after), default=None)
    return [] if day is None else [Change(day, _moment(day, work.at), partial(_go_through, work, day))]


def waiting(limit: int) -> list[int]:
    """The ids of at most `limit` open matters that have not gone through what has changed by today."""
    today = clock.today()
    closed = [body.pk for body in city.closed(today)]
    tasks = Task.objects.filter(is_open=True).order_by("matter").values_list("matter", flat=True)
    queued = Matter.objects.filter(state__in=[MatterState.RECEIVED, MatterState.ACCEPTED]).order_by("pk")
    found: set[int] = set()
    for column in ("bearer", "turn") if closed else ():
        found.update(tasks.filter(**{f"{column}__in": closed})[:limit])
    for moved in _moved(today):
        found.update(tasks.filter(moved)[:limit])
        found.update(queued.filter(moved).values_list("pk", flat=True)[:limit])
    return sorted(found)[:limit]


def settle_incidents() -> int:
    """Known incidents stand in the area that took over, and who took over owes the news; how many moved."""
    moved = 0
    for row in Incident.objects.filter(ended_at__isnull=True).select_related("area", "teller"):
        now = {"area": city.successor_of(row.area), "teller": city.body_now(row.teller, row.area) or row.teller}
        if (now["area"].pk, now["teller"].pk) != (row.area_id, row.teller_id):
            moved += Incident.objects.filter(pk=row.pk, area=row.area_id, teller=row.teller_id).update(**now)
    return moved


@dataclass(frozen=True, slots=True)
class Line:
    """How many open matters go from one body to another (None: back to who gave them) on a day."""

    day: date
    body: Department
    to: Department | None
    matters: int


def forecast() -> list[Line]:
    """What will become of the open matters of every body that the loaded pack closes, today or on a day to come."""
    bodies = [body.pk for body in city.closed(date.max)]
    rows = Task.objects.filter(Q(bearer__in=bodies) | Q(area__in=list(city.moved_areas(date.max))), is_open=True)
    counts: Counter[tuple[date, int, int | None]] = Counter()
    for bearer_id, area_id, _matter in set(rows.values_list("bearer", "area", "matter")):
        body, area = city.department_by_id(bearer_id), city.area_by_id(area_id) if area_id else None
        assert body
        days = [day for day in (body.valid_to, area.valid_to if area else None) if day]
        day = max([clock.today(), *days])
        heir = city.body_now(body, area, day)
        if heir is None or heir.pk != body.pk:
            counts[day, body.pk, heir.pk if heir else None] += 1
    return sorted(_lines(counts), key=lambda line: (line.day, line.body.key, line.to.key if line.to else ""))


def _lines(counts: Counter[tuple[date, int, int | None]]) -> Iterator[Line]:
    for (day, body_id, heir_id), count in counts.items():
        body = city.department_by_id(body_id)
        assert body
        yield Line(day, body, city.department_by_id(heir_id) if heir_id else None, count)


# --- What has changed -------------------------------------------------------------------------------------------------


def _open(matter: Matter) -> list[Task]:
    return list(Task.objects.filter(matter=matter, is_open=True).order_by("id"))


def _moved(day: date) -> list[Q]:
    """What lies in areas that went to another district by `day` and is still counted to one they lay in before."""
    found: dict[int, tuple[set[int], set[int]]] = {}
    for area, moved in city.moved_areas(day).items():
        areas, before = found.setdefault(moved.now, (set(), set()))
        areas.add(area)
        before.update(moved.before)
    # the districts are named too: open tasks have an index by district, none by area
    return [Q(area__in=areas) & (Q(district__in=before - {now}) | Q(district=None)) for now, (areas, before) in found.items()]


def _days(task: Task, today: date) -> Iterator[date]:
    """On which days, until today, a body of the task was closed or its place went elsewhere."""
    area = city.area_by_id(task.area_id) if task.area_id else None
    moved = city.moved_areas(today).get(task.area_id) if task.area_id else None
    for pk in {pk for pk in (task.bearer_id, task.giver_id, task.turn_id) if pk is not None}:
        body = city.department_by_id(pk)
        assert body
        if body.valid_to is not None and body.valid_to <= today:
            yield body.valid_to
        if moved:
            yield from (day for day in moved.days if city.body_now(body, area, day) != body)
    yield from _place_days(task.area_id, task.district_id, today)


def _place_days(area_id: int | None, district_id: int | None, today: date) -> list[date]:
    """On which days the area came to lie in another district than that one."""
    moved = city.moved_areas(today).get(area_id) if area_id else None
    if moved is None or district_id == moved.now:
        return []
    area = city.area_by_id(area_id) if area_id else None
    assert area
    return [day for day in moved.days if (at := city.district_of(area, day)) is not None and at.pk != district_id]


def _moment(day: date, at: datetime) -> datetime:
    """The first moment of the day, or when the pack that says so was loaded, if it was later."""
    begun, loaded = midnight(day.toordinal()), city.loaded_at()
    return max(begun, loaded) if loaded is not None and loaded <= at else begun


# --- Going through it -------------------------------------------------------------------------------------------------


def _go_through(work: Work, day: date) -> None:
    """Every open task goes to who does its work on `day`, the ones above first; the copies of the place follow."""
    moves.target("matter", "succeed", work.matter.state)
    district = voices.district_on(work.matter.area, day)
    work.matter.district = district
    for pk in [task.pk for task in _open(work.matter)]:
        task = Task.objects.select_related("bearer", "giver", "turn", "parent__bearer").get(pk=pk)
        if task.is_open:  # one above may have taken it along
            _carry(work, task, district, day)


def _carry(work: Work, task: Task, district: Area | None, day: date) -> None:
    area = work.matter.area
    heir = city.body_now(task.bearer, area, day)
    if heir is None or complained_of(work.matter, heir):
        _vacate(work, task, "closed" if heir is None else "about")
        return
    before, now = _places(task), _places_on(task, heir, area, day)
    task.bearer, task.giver, task.turn, task.district = *now, district
    task.save(update_fields=["bearer", "giver", "turn", "district"])
    if before != now:
        moves.target("task", "succeed", task.state)
        why = "area" if _by_area(before[0], day) else "body"
        giver, turn = (body.key if body else None for body in now[1:])
        since = int(_moment(day, work.at).timestamp())
        work.tell(TaskSucceeded(task.pk, before[0].key, heir.key, giver, turn, why, since))
        if task.role == TaskRole.BRANCH and before[0] != heir:
            kinds.get(work.matter.kind).moved(work, task, "succeeded")


Places = tuple[Department, Department | None, Department | None]  # bearer, giver, whose turn it is


def _places(task: Task) -> Places:
    return task.bearer, task.giver, task.turn


def _places_on(task: Task, bearer: Department, area: Area | None, day: date) -> Places:
    giver = task.parent.bearer if task.parent else None
    if task.turn is None or task.turn_id == task.bearer_id:
        return bearer, giver, bearer if task.turn else None
    if task.turn_id == task.giver_id:
        return bearer, giver, giver
    return bearer, giver, city.body_now(task.turn, area, day) or giver or bearer


def complained_of(matter: Matter, body: Department) -> bool:
    """Whether the matter complains about this body, or about one that it came after."""
    return matter.about_id is not None and matter.about_id in city.bodies_behind([body.pk])


def _by_area(body: Department, day: date) -> bool:
    """Whether the body changed with its area: not when it alone was closed, by a reform of bodies."""
    own = city.area_by_id(body.area_id)
    closed = body.valid_to is not None and body.valid_to <= day
    return not closed or (own is not None and own.valid_to is not None and own.valid_to <= day)


def _vacate(work: Work, task: Task, why: str) -> None:
    """Nobody may go on with it: who gave it has it again, or the city's desk."""
    work.tell(TaskVacated(task.pk, task.bearer.key, why))
    cancel_below(work, task, "vacate")
    task.state = moves.target("task", "vacate", task.state)
    let_go(work, task)
    end_task(work, task)
    if task.role != TaskRole.LEAD:
        return
    if task.parent is not None:
        work.tell(TaskRecalled(task.parent.pk, task.parent.bearer.key))
        back_to_giver(work, task.parent)
    else:
        voices.cancel_tasks(work, "vacate")
        to_desk(work, task.bearer)


def to_desk(work: Work, body: Department) -> None:
    """A matter at work whose bearer was closed, and nobody may go on: the city's desk dispatches it anew."""
    work.move("vacate")
    work.tell(MatterVacated(work.matter.pk, body.key))
