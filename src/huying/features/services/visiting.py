"""预约: a time at the counter for the items that want her there once; a place that is kept is nobody else's.

Items of one case that are open at one counter share one visit. The calendar of a counter is its department's hours, on
working days where they are the pack's; each time has so many places.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import calendar, catalogue
from huying.city import queries as city
from huying.city.models import Department
from huying.features.services import awaiting
from huying.features.services.awaiting import wants
from huying.features.services.events import VisitBooked, VisitCancelled, VisitEnded, VisitNear
from huying.features.services.models import Branch, Case, Hours, Outcome, Visit
from huying.kernel import moves
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.record import Work
from huying.kernel.work import on_call, on_task
from huying.people.actors import SYSTEM, Actor

MINUTES, DAYS_AHEAD, SOONEST = 30, 14, timedelta(hours=1)
DEFAULT = ({"begins": "09:00", "ends": "12:00", "places": 3}, {"begins": "13:30", "ends": "17:00", "places": 3})
AT_ONCE = 200
REMINDED_FROM = time(9)  # of the day before


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at a counter: when it begins, how many places there are, and how many are free."""

    starts_at: datetime
    places: int
    free: int


# --- Hers -------------------------------------------------------------------------------------------------------------


def free(department: Department, on: date | None = None) -> list[Slot]:
    """The times that can still be had at this counter, in order: of one day, or of the coming days."""
    now, today = clock.now(), clock.today()
    days = [today + timedelta(days=n) for n in range(DAYS_AHEAD + 1)]
    wanted = [day for day in days if on in (None, day)]
    hours = _hours(department, wanted)
    taken = _taken(department, wanted)
    found = [slot for day in wanted for slot in _slots(day, hours.get(day, ()), taken)]
    return [slot for slot in found if slot.free > 0 and slot.starts_at >= now + SOONEST]


def book(actor: Actor, call_id: int, item: str, starts_at: datetime | None) -> Visit:
    """Keep a time for her; another that was kept for this item is given up. Of the last place one gets it.

    Raises NotThere, Refused (she need not come, or the item is over), BadInput (no such time, or it has gone).
    """
    if starts_at is None:
        raise BadInput({"at": _("请选一个时间。")})
    with on_call(actor, "book", call_id) as (work, call):
        branch = _branch(call.pk, item)
        whole = catalogue.whole(branch.case.version_id)
        if whole is None or not wants(branch, whole):
            raise Refused("no_visit", _("这一件不用到窗口来。"))
        if not _lasts(work, branch):
            raise Refused("over", _("这一件已经结束了，不用再约。"))
        before = _ahead(branch)
        if before is not None and before.starts_at == starts_at and before.department_id == branch.bearer_id:
            return before
        if before is not None:
            _cancelled(work, before.branch, before)
        row = _placed(branch, starts_at, work.at)
        work.tell(VisitBooked(*_about(work, branch), int(starts_at.timestamp())))
    return row


def cancel(actor: Actor, call_id: int, item: str) -> None:
    """She does not come. Raises NotThere, Refused (nothing is booked)."""
    with on_call(actor, "book", call_id) as (work, call):
        branch = _branch(call.pk, item)
        row = _ahead(branch)
        if row is None:
            raise Refused("not_booked", _("没有约过时间，或者已经取消了。"))
        _cancelled(work, row.branch, row)


def of_case(case: Case) -> dict[int, Visit]:
    """By branch, the latest visit that was not cancelled and serves it."""
    rows = Visit.objects.filter(branch__case=case).exclude(state=Visit.State.CANCELLED)
    found: dict[int, Visit] = {}
    for row in rows.select_related("department", "branch").order_by("starts_at"):
        found |= {branch.pk: row for branch in served(row)}
    return found


def served(row: Visit) -> list[Branch]:
    """For what she comes: each item of the case that was open at this counter by then and wants her there."""
    near = Branch.objects.filter(case=row.branch.case_id, bearer=row.department_id, opened_at__lte=row.starts_at)
    return [one for one in _wanting(near) if one.pk == row.branch_id or not _over(one)]


def together(branch: Branch) -> list[str]:
    """The other items that one visit to this counter would serve, by their codes."""
    near = Branch.objects.filter(case=branch.case_id, bearer=branch.bearer_id, opened_at__isnull=False)
    return [one.item for one in _wanting(near) if one.pk != branch.pk and not _over(one)]


def free_dropped(limit: int = AT_ONCE) -> int:
    """Times kept for items that were refused, passed on or taken back are free again; how many that were."""
    rows = Visit.objects.filter(_needless(), state=Visit.State.BOOKED, starts_at__gt=clock.now())
    done = 0
    for row in rows.select_related("branch__bearer", "branch__case__call").order_by("starts_at")[:limit]:
        with on_call(SYSTEM, "book", row.branch.case.call_id) as (work, _call):
            now = Visit.objects.select_related("branch__bearer", "branch__case").get(pk=row.pk)
            if now.state == Visit.State.BOOKED and _freed(work, now):
                _cancelled(work, row.branch, now)
                done += 1
    return done


def tell_near(limit: int = AT_ONCE) -> int:
    """Of each visit of tomorrow it is told once, from nine o'clock on, that it is near; how many that were.

    Not of one that was booked today: she knows. Nor of one that is needed no more, which `free_dropped` frees.
    """
    if localtime(clock.now()).time() < REMINDED_FROM:
        return 0
    begin = datetime.combine(clock.today(), time(0), clock.CITY_TIME)
    eve = Q(starts_at__gte=begin + timedelta(days=1), starts_at__lt=begin + timedelta(days=2), booked_at__lt=begin)
    rows = Visit.objects.filter(eve, state=Visit.State.BOOKED, near_at__isnull=True)
    done = 0
    for pk, call in rows.order_by("starts_at", "pk").values_list("pk", "branch__case__call")[:limit]:
        with on_call(SYSTEM, "book", call) as (work, _call):
            row = rows.select_related("branch__case", "branch__bearer", "department").filter(pk=pk).first()
            if row is not None and not _freed(work, row):
                row.near_at = work.at
                row.save(update_fields=["near_at"])
                matter, task, item, _bearer = _about(work, row.branch)
                work.tell(VisitNear(matter, task, item, row.department.key, int(row.starts_at.timestamp())))
                done += 1
    return done


# --- At the counter ---------------------------------------------------------------------------------------------------


def concerns(actor: Actor) -> bool:
    """Whether somebody comes to a counter of this officer, today or later, or nobody has said of one before who came."""
    units = actor.departments("handler", "head", "clerk")
    begin = datetime.combine(clock.today(), time(0), clock.CITY_TIME)
    comes = Visit.objects.filter(department__in=units, starts_at__gte=begin)
    return bool(units) and (comes.exists() or _unsaid(units).exists())


def of_day(actor: Actor, day: date) -> list[Visit]:
    """Who comes to the actor's counters on this day, in order."""
    begin = datetime.combine(day, time(0), clock.CITY_TIME)
    units = actor.departments("handler", "head", "clerk")
    rows = Visit.objects.filter(department__in=units, starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1))
    rows = rows.exclude(state=Visit.State.CANCELLED)
    return list(rows.select_related("branch__case__call", "branch__task", "department").order_by("starts_at", "place"))


def unsaid(actor: Actor, limit: int = 50) -> list[Visit]:
    """Of earlier days at the actor's counters, the latest first: nobody has said whether they came, and their clocks stand."""
    rows = _unsaid(actor.departments("handler", "head", "clerk")).order_by("-starts_at", "place")
    return list(rows.select_related("branch__case__call", "branch__task", "department")[:limit])


def ended(actor: Actor, visit_id: int, came: bool) -> Visit:
    """She came, or did not. Said by who works her item. Raises NotThere, Refused (it is not time yet, or said already)."""
    own = actor.departments("handler", "head")  # what is not his is asked for like what is not there
    found = Visit.objects.filter(pk=visit_id, branch__bearer__in=own).values_list("branch__task", flat=True).first()
    if found is None:
        raise NotThere
    with on_task(actor, "answer", found) as (work, _task):
        row = Visit.objects.select_related("branch__bearer").get(pk=visit_id)
        if row.state != Visit.State.BOOKED:
            raise Refused("ended", _("这次预约已经记过了。"))
        if clock.day_of(row.starts_at) > clock.today():
            raise Refused("early", _("还没到约的那天。"))
        row.state, row.ended_at = Visit.State.CAME if came else Visit.State.MISSED, work.at
        row.save(update_fields=["state", "ended_at"])
        work.tell(VisitEnded(*_about(work, row.branch), came), to_caller=False)
        if came:
            awaiting.begin(work, row)
    return row


def set_hours(actor: Actor, department_id: int, given: Sequence[Hours]) -> list[Hours]:
    """The head says when this counter is open, week by week and on single days; what was kept for people stays kept.

    Monday to Friday hold on working days alone.

    Raises NotThere (it is not his), BadInput.
    """
    if department_id not in actor.departments("head"):
        raise NotThere
    faults = {}
    for row in given:
        if not 0 <= row.begins < row.ends <= 1440:
            faults["hours"] = _("结束要晚于开始。")
        if row.places > 99:
            faults["places"] = _("同时最多 99 位。")
        if (row.weekday is None) == (row.day is None) or (row.weekday is not None and not 0 <= row.weekday <= 6):
            faults["day"] = _("请选星期几，或者写哪一天。")
    by_day = sorted(given, key=lambda row: (row.weekday is None, row.weekday or 0, str(row.day), row.begins))
    for one, then in pairwise(by_day):
        if (one.weekday, one.day) == (then.weekday, then.day) and then.begins < one.ends:
            faults["hours"] = _("同一天的两段时间不能重叠。")
    if faults:
        raise BadInput(faults)
    with transaction.atomic():
        Department.objects.select_for_update().get(pk=department_id)
        Hours.objects.filter(department=department_id).delete()
        for row in given:
            row.pk, row.department_id = None, department_id
        return list(Hours.objects.bulk_create(given))


def hours_of(department_id: int) -> list[Hours]:
    """What a department set for its counter; empty where the pack's hours hold."""
    return list(Hours.objects.filter(department=department_id).order_by("weekday", "day", "begins"))


def hours_of_city() -> list[Hours]:
    """Those of the pack, as a week: Monday to Friday."""
    spans = [_span(row) for row in city.setting("counter.hours", list(DEFAULT))]
    return [Hours(weekday=day, begins=span[0], ends=span[1], places=span[2]) for day in range(5) for span in spans]


# --- Inside -----------------------------------------------------------------------------------------------------------


def _branch(call_id: int, item: str) -> Branch:
    rows = Branch.objects.select_related("case", "bearer", "task")
    row = rows.filter(case__call=call_id, item=item, task__isnull=False).first()
    if row is None:
        raise NotThere
    return row


def _lasts(work: Work, branch: Branch) -> bool:
    """She may come while the item is worked, and once it is granted, to fetch what it gives."""
    if branch.ended_at is not None:
        return branch.outcome == Outcome.GRANTED
    return work.matter.state in moves.OPEN_MATTER


def _wanting(rows: QuerySet[Branch]) -> list[Branch]:
    """Those of these branches for which she has to come, in the order of the thing."""
    there = rows.select_related("bearer", "case").order_by("place")
    return [one for one in there if (whole := catalogue.whole(one.case.version_id)) and wants(one, whole)]


def _over(branch: Branch) -> bool:
    return branch.ended_at is not None and branch.outcome != Outcome.GRANTED


def _still(work: Work, row: Visit) -> bool:
    """Another item of the case wants her at the same counter at that time, if only to fetch what it gives."""
    return any(one.pk != row.branch_id and _lasts(work, one) for one in served(row))


def _unsaid(units: Collection[int]) -> QuerySet[Visit]:
    """Of items that are still these bodies' to decide: of what is over nothing waits for the word."""
    begin = datetime.combine(clock.today(), time(0), clock.CITY_TIME)
    rows = Visit.objects.filter(department__in=units, starts_at__lt=begin, state=Visit.State.BOOKED)
    return rows.filter(branch__bearer=F("department"), branch__task__is_open=True)


def _needless() -> Q:
    """Visits for items that were refused, taken back with their case, or are another body's now."""
    lost = Q(branch__outcome__in=(Outcome.REFUSED, Outcome.FALLEN), branch__ended_at__isnull=False)
    dropped = Q(branch__ended_at__isnull=True, branch__case__matter__ended_at__isnull=False)
    return lost | dropped | ~Q(branch__bearer=F("department"))


def _freed(work: Work, row: Visit) -> bool:
    return Visit.objects.filter(_needless(), pk=row.pk).exists() and not _still(work, row)


def _ahead(branch: Branch) -> Visit | None:
    """The visit that is kept for this item: its own, or that of another item of the case at the same counter."""
    rows = Visit.objects.filter(branch__case=branch.case_id, state=Visit.State.BOOKED).select_related("branch__bearer")
    own = [row for row in rows if row.branch_id == branch.pk]
    return next(iter(own + [row for row in rows if row.department_id == branch.bearer_id]), None)


def _about(work: Work, branch: Branch) -> tuple[int, int, str, str]:
    return work.matter.pk, branch.task_id or 0, branch.item, branch.bearer.key


def _placed(branch: Branch, starts_at: datetime, at: datetime) -> Visit:
    """The first free place of that time. Two who want the last one meet at the constraint."""
    slot = next((one for one in free(branch.bearer, clock.day_of(starts_at)) if one.starts_at == starts_at), None)
    if slot is None:
        raise BadInput({"at": _("这个时间约满了或者约不了，请另选一个。")})
    taken = set(_places(branch.bearer, starts_at))
    for place in (one for one in range(1, slot.places + 1) if one not in taken):
        row = Visit(branch=branch, department=branch.bearer, starts_at=starts_at, place=place, booked_at=at)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            continue
        return row
    raise BadInput({"at": _("这个时间约满了或者约不了，请另选一个。")})


def _places(department: Department, starts_at: datetime) -> list[int]:
    rows = Visit.objects.filter(department=department, starts_at=starts_at).exclude(state=Visit.State.CANCELLED)
    return list(rows.values_list("place", flat=True))


def _cancelled(work: Work, branch: Branch, row: Visit) -> None:
    row.state, row.ended_at = Visit.State.CANCELLED, work.at
    row.save(update_fields=["state", "ended_at"])
    matter, task, item, _bearer = _about(work, branch)  # the item may be another body's now
    work.tell(VisitCancelled(matter, task, item, row.department.key, int(row.starts_at.timestamp())))


def _taken(department: Department, days: Sequence[date]) -> dict[datetime, int]:
    if not days:
        return {}
    begin = datetime.combine(days[0], time(0), clock.CITY_TIME)
    end = datetime.combine(days[-1], time(0), clock.CITY_TIME) + timedelta(days=1)
    rows = Visit.objects.filter(department=department, starts_at__gte=begin, starts_at__lt=end)
    found: dict[datetime, int] = {}
    for moment in rows.exclude(state=Visit.State.CANCELLED).values_list("starts_at", flat=True):
        found[moment] = found.get(moment, 0) + 1
    return found


Span = tuple[int, int, int]  # begins, ends (minutes of the day), places


def _hours(department: Department, days: Sequence[date]) -> dict[date, list[Span]]:
    own, work = hours_of(department.pk), calendar.current()
    if not own:
        spans = [_span(row) for row in city.setting("counter.hours", list(DEFAULT))]
        return {day: spans for day in days if work.is_working(day)}
    found: dict[date, list[Span]] = {}
    for day in days:
        weekly = [row for row in own if row.weekday == day.weekday()] if day.weekday() > 4 or work.is_working(day) else []
        rows = [row for row in own if row.day == day] or weekly
        found[day] = [(row.begins, row.ends, row.places) for row in rows]
    return found


def _span(row: dict[str, str | int]) -> Span:
    begins, ends = (sum(int(part) * size for part, size in zip(str(row[name]).split(":"), (60, 1), strict=True))
                    for name in ("begins", "ends"))  # fmt: skip
    return begins, ends, int(row["places"])


def _slots(day: date, spans: Sequence[Span], taken: dict[datetime, int]) -> list[Slot]:
    found = []
    for begins, ends, places in spans:
        for minute in range(begins, ends - MINUTES + 1, MINUTES):
            at = datetime.combine(day, time(minute // 60, minute % 60), clock.CITY_TIME)
            found.append(Slot(at, places, places - taken.get(at, 0)))
    return found
