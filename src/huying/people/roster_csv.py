"""A roster as a CSV file: read whole, every fault named as file:line:column, and taken over all or nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.city.pack.cells import Cell
from huying.city.pack.columns import Column, Wrong, day, key, text
from huying.city.pack.faults import Fault, Faults
from huying.city.pack.source import Source
from huying.city.pack.tables import Row, read_csv
from huying.people import errors, rostering
from huying.people.actors import Actor
from huying.people.models import Officer
from huying.people.rostering import NewShift

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = "一二三四五六日"  # read, not said: 周一, 星期一


def _weekdays(cell: Cell) -> list[int]:
    """mon;tue, mon-fri, 周一, or every day as *."""
    found: list[int] = []
    for part in cell.text.strip().lower().split(";"):
        first, _dash, last = part.strip().partition("-")
        ends = [_weekday(first, cell), _weekday(last or first, cell)] if part.strip() != "*" else [0, 6]
        if ends[0] > ends[1]:
            raise Wrong(_("“{text}”前后反了；请写成 mon-fri 这样").format(text=part), cell)
        found += range(ends[0], ends[1] + 1)
    return found


def _weekday(word: str, cell: Cell) -> int:
    plain = word.strip().removeprefix("星期").removeprefix("周")  # read, not said
    if plain in WEEKDAYS:
        return WEEKDAYS.index(plain)
    if len(plain) == 1 and plain in _CHINESE:
        return _CHINESE.index(plain)
    raise Wrong(_("不认识“{text}”；请写 mon 到 sun，几天写成 mon-fri 或 mon;wed，每天写 *").format(text=word), cell)


def _time(cell: Cell) -> int:
    found = rostering.minutes(cell.text)
    if found is None:
        raise Wrong(_("“{text}”不是时间；请写成 08:30 这样，一天的末尾写 24:00").format(text=cell.text.strip()), cell)
    return found


COLUMNS = (
    Column("department", key()),
    Column("weekday", _weekdays, blank=None),
    Column("day", day, blank=None),
    Column("from", _time),
    Column("to", _time),
    Column("username", text(64)),
    Column("contact", text(rostering.CONTACT), blank="", extra=True),
)


@dataclass(slots=True)
class Read:
    """What a file says: the shifts of each department, in order, with the row they stand in; and its faults."""

    shifts: dict[str, list[tuple[NewShift, Row]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Given(Source):
    """One file that was handed over instead of a folder."""

    def __init__(self, name: str, data: bytes, faults: Faults) -> None:
        super().__init__(Path("."), faults)
        self._data = data

    def text(self, name: str) -> str | None:
        """Its text; None after noting why there is none."""
        return self._decoded(name, self._data)


def read(name: str, data: bytes) -> Read:
    """Read a file of the columns department, weekday or day, from, to, username, contact. Never raises for what is in it."""
    faults, found = Faults(), Read()
    table = read_csv(_Given(name, data, faults), name, COLUMNS, faults)
    known = {
        o.account.username: o.pk
        for o in Officer.objects.select_related("account").filter(account__username__in=_names(table.rows))
    }
    for row in table.rows:
        _take(row, known, found, faults)
    found.faults = list(faults)
    return found


def _names(rows: list[Row]) -> list[str]:
    return [row["username"] for row in rows if row["username"]]


def _take(row: Row, known: dict[str | None, int], found: Read, faults: Faults) -> None:
    department, who = row["department"], row["username"]
    if department is not None and city.department_by_key(department) is None:
        faults.add(row.file, row.at("department"), _("没有“{text}”这个单位；请写单位的 key").format(text=department))
    if who is not None and who not in known:
        faults.add(row.file, row.at("username"), _("没有“{text}”这个用户名").format(text=who))
    if (row["weekday"] is None) == (row["day"] is None) and not row.bad:
        faults.add(row.file, row.at("weekday"), _("weekday 和 day 写一个，也只写一个"))
    if row.bad or who not in known or department is None:
        return
    for weekday in row["weekday"] or [None]:
        new = NewShift(known[who], row["from"], row["to"], weekday, row["day"], row["contact"] or "")
        for fault in rostering.fault_of(new).values():
            faults.add(row.file, row, fault)
        found.shifts.setdefault(department, []).append((new, row))


def take_over(actor: Actor, name: str, data: bytes, within: set[int] | None = None) -> tuple[int, list[Fault]]:
    """Replace the rosters of the departments in the file; how many shifts, and why not. With a fault nothing is changed.

    `within`: only these departments may be named.
    """
    found, total = read(name, data), 0
    faults = Faults()
    if found.faults:
        return 0, found.faults
    with transaction.atomic():
        for key_, shifts in found.shifts.items():
            department = city.department_by_key(key_)
            assert department is not None  # read() has looked
            if within is not None and department.pk not in within:
                faults.add(name, shifts[0][1].at("department"), _("“{text}”不归您排班").format(text=key_))
                continue
            total += _replace(actor, department, shifts, faults, name)
        if len(faults):
            transaction.set_rollback(True)
            return 0, list(faults)
    return total, []


def _replace(actor: Actor, department: Department, shifts: list[tuple[NewShift, Row]], faults: Faults, name: str) -> int:
    """One row at a time, so that a fault names its row."""
    try:
        rostering.replace_all(actor, department, [])
        for new, row in shifts:
            try:
                rostering.add(actor, department, new)
            except errors.Wrong as wrong:
                for message in wrong.errors.values():
                    faults.add(name, row, message)
    except errors.NotYours:
        faults.add(name, shifts[0][1], _("“{text}”不归您排班").format(text=department.key))
    return len(shifts)
