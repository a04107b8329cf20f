"""排班: heads enter who is on duty, every week or on one day. Each change is a fact of the unit's roster."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city.models import Department
from huying.events import log
from huying.people import cutting
from huying.people.actors import Actor
from huying.people.errors import NotYours, Wrong
from huying.people.events import RosterAdded, RosterRemoved
from huying.people.models import Officer, Post, Roster, Shift
from huying.people.roster import MINUTES, length

CONTACT = 60
PHONE = "电话"  # read, not said: what cutting calls a phone number
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")


@dataclass(frozen=True, slots=True)
class NewShift:
    """A shift to be entered: on a weekday (0 is Monday) every week, or on one day; minutes of the day."""

    officer_id: int
    begins: int
    ends: int
    weekday: int | None = None
    day: date | None = None
    contact: str = ""


def may_keep(actor: Actor, department_id: int) -> bool:
    """Whether the actor keeps this department's roster: its head does, and whoever runs the system."""
    return actor.is_system or department_id in actor.departments("head")


def add(actor: Actor, department: Department, new: NewShift) -> Shift:
    """Enter a shift. Raises NotYours, Wrong (somebody holds those hours already; a person's own phone as contact)."""
    with _keeping(actor, department) as roster:
        return _add(actor, roster, department, new)


def remove(actor: Actor, department: Department, shift_id: int) -> None:
    """Take a shift out. Raises NotYours."""
    with _keeping(actor, department) as roster:
        shift = Shift.objects.filter(roster=roster, pk=shift_id).first()
        if shift is None:
            raise NotYours
        _remove(actor, roster, department, shift)


def fill(actor: Actor, department: Department, officer_id: int, start: datetime, end: datetime) -> list[Shift]:
    """Fill a gap: the officer is on duty in these hours, as shifts of single days. Raises NotYours, Wrong."""
    with _keeping(actor, department) as roster:
        return [_add(actor, roster, department, part) for part in _parts(officer_id, start, end)]


def replace_all(actor: Actor, department: Department, shifts: Iterable[NewShift]) -> int:
    """The roster is these shifts from now on: the weekly pattern and all days to come are replaced. Raises NotYours, Wrong."""
    with _keeping(actor, department) as roster:
        for old in Shift.objects.filter(roster=roster).order_by("pk"):
            if old.day is None or old.day >= clock.today():
                _remove(actor, roster, department, old)
        return len([_add(actor, roster, department, new) for new in shifts])


def minutes(text: str) -> int | None:
    """08:30 as minutes of the day, 24:00 as its end; None for what is no time."""
    found = _TIME.fullmatch(text.strip())
    if not found or int(found[2]) > 59:
        return None
    value = int(found[1]) * 60 + int(found[2])
    return value if value <= MINUTES else None


def fault_of(new: NewShift) -> dict[str, str]:
    """What is wrong with a shift by itself."""
    if not 0 <= new.begins < MINUTES:
        return {"begins": _("请写成 08:30 这样的时间。")}
    if new.ends == new.begins or not 0 <= new.ends <= MINUTES:
        return {"ends": _("请写成 18:00 这样的时间，和开始的时间不同；过夜的，写第二天几点。")}
    if (new.weekday is None) == (new.day is None):
        return {"when": _("请选星期几，或者写某一天。")}
    if len(new.contact) > CONTACT or any(span.kind == PHONE for span in cutting.find(new.contact)):
        return {"contact": _("写在哪里找得到：房间、对讲频道。不写个人电话，六十字以内。")}
    return {}


@contextmanager
def _keeping(actor: Actor, department: Department) -> Iterator[Roster]:
    """The department's roster, locked. Raises NotYours."""
    if not may_keep(actor, department.pk):
        raise NotYours
    with transaction.atomic():
        Roster.objects.get_or_create(department=department)
        yield Roster.objects.select_for_update().get(pk=department.pk)


def _add(actor: Actor, roster: Roster, department: Department, new: NewShift) -> Shift:
    if errors := fault_of(new) or _officer_fault(department, new) or _taken(roster, new):
        raise Wrong(errors)
    shift = Shift(roster=roster, weekday=new.weekday, day=new.day, begins=new.begins, ends=new.ends)
    shift.officer_id, shift.contact = new.officer_id, new.contact
    shift.save()
    _tell(actor, roster, RosterAdded(*_told(department, shift)))
    return shift


def _remove(actor: Actor, roster: Roster, department: Department, shift: Shift) -> None:
    told = RosterRemoved(*_told(department, shift))
    shift.delete()
    _tell(actor, roster, told)


def _told(department: Department, shift: Shift) -> tuple[str, str, int | None, str | None, int, int]:
    day = str(shift.day) if shift.day else None
    return department.key, f"officer:{shift.officer_id}", shift.weekday, day, shift.begins, shift.ends


def _officer_fault(department: Department, new: NewShift) -> dict[str, str]:
    day = new.day or clock.today()
    held = Post.objects.filter(officer=new.officer_id, department=department).exclude(valid_to__lte=day)
    return {} if held.exists() else {"officer": _("请选本单位的一位同事。")}


def _taken(roster: Roster, new: NewShift) -> dict[str, str]:
    """Two shifts of the same kind may not lie over each other; one of a single day may lie over a weekly one."""
    for other in Shift.objects.filter(roster=roster, day__isnull=new.day is None).select_related("officer"):
        if _overlap(new, other):
            return {"begins": _("%(name)s已经排在这段时间，请改时间，或先取消那一班。") % {"name": other.officer.name}}
    return {}


def _overlap(new: NewShift, other: Shift) -> bool:
    week = 7 * MINUTES
    begin, first = _position(new.weekday, new.day, new.begins), _position(other.weekday, other.day, other.begins)
    mine, theirs = length(new.begins, new.ends), length(other.begins, other.ends)
    if new.day is not None:
        return begin < first + theirs and first < begin + mine
    return (first - begin) % week < mine or (begin - first) % week < theirs


def _position(weekday: int | None, day: date | None, begins: int) -> int:
    return (day.toordinal() if day else weekday or 0) * MINUTES + begins


def _parts(officer_id: int, start: datetime, end: datetime) -> Iterable[NewShift]:
    """Hours as shifts of single days, parted at midnight."""
    at, last = start.astimezone(clock.CITY_TIME), end.astimezone(clock.CITY_TIME)
    while at < last:
        midnight = datetime.combine(clock.day_of(at) + timedelta(days=1), time(), clock.CITY_TIME)
        upto = min(midnight, last)
        ends = MINUTES if upto == midnight else upto.hour * 60 + upto.minute
        yield NewShift(officer_id, at.hour * 60 + at.minute, ends, day=clock.day_of(at))
        at = upto


def _tell(actor: Actor, roster: Roster, fact: msgspec.Struct) -> None:
    roster.version += 1
    roster.save(update_fields=["version"])
    log.record([log.Entry(fact, f"roster:{roster.pk}", roster.version, actor.name)])


def officer_named(username: str) -> Officer | None:
    """The officer with this user name."""
    return Officer.objects.filter(account__username=username.strip()).first()
