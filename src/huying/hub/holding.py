"""Who holds a matter's time: told hop by hop, charged to who used it, and a quarrel to who caused it.

The lead's chain holds it, one unit at a time, without a gap. While the lead is at work and a part that was promised to it
is late, the time is that of whoever is late with the part.
"""

from datetime import date, datetime
from typing import Any

from huying.base import clock
from huying.city import queries as city
from huying.events.log import Told
from huying.hub.book import Book, matter_of, on
from huying.hub.models import Held, Task

AT_WORK = ("work", "rework")
DESK_TYPE = "hotline"


def hand(book: Book, told: Told, bearer: str | None, stage: str, at: datetime | None = None) -> None:
    """From here the time is charged to `bearer`; None: to nobody."""
    rows = book.held.setdefault(matter_of(told), [])
    _next(rows, matter_of(told), None if bearer is None else _unit(bearer), stage, at or told.at)
    lean(book, matter_of(told), at or told.at)


def _next(rows: list[Held], matter: int, bearer: str | None, stage: str, at: datetime) -> None:
    open_ = rows[-1] if rows and rows[-1].ended_at is None else None
    if open_ is not None and open_.began_at == at and bearer is not None:
        open_.bearer, open_.stage = bearer, stage  # who held it for no time held it not
        return
    if open_ is not None:
        open_.ended_at = at
    if bearer is not None:
        rows.append(Held(matter=matter, number=len(rows) + 1, bearer=bearer, stage=stage, began_at=at))


def lean(book: Book, matter: int, at: datetime) -> None:
    """Charge the lead's working time to who is late with a part, and back to the lead when none is."""
    rows = book.held.get(matter, [])
    if not rows or rows[-1].ended_at is not None:
        return
    lead = next(row for row in reversed(rows) if row.stage != "assist")
    late = [row for row in book.late.values() if row.matter == matter and row.what == "assist"]
    first = min(late, key=lambda row: (row.due_at, row.key), default=None)
    leans = first is not None and lead.stage in AT_WORK
    wanted = (_unit(first.bearer), "assist") if first is not None and leans else (lead.bearer, lead.stage)
    if (rows[-1].bearer, rows[-1].stage) != wanted:
        _next(rows, matter, *wanted, max(at, rows[-1].began_at))


def district_of(bearer: str, day: date) -> str:
    """The key of the district in which a unit lay on that day; '' for the city's own."""
    department = city.department_by_key(bearer)
    area = city.area_by_id(department.area_id) if department else None
    district = city.district_of(area, day) if area else None
    return district.key if district else ""


def _unit(key: str) -> str:
    """A unit as time is charged to it: the city's desk is ''."""
    found = city.department_by_key(key) if key else None
    return "" if found is not None and found.type == DESK_TYPE else key


def _charge(rows: list[Held], last: int, sender: str, to: str) -> None:
    """Who caused it bears the whole round trip: the time of judging it, and what another used to find it is not his.

    What that one used beyond his promise to sign stays his own.
    """
    rows[last].bearer, rows[last].stage = to, "dispute"
    for row in reversed(rows[:last]):
        if sender == to or row.bearer != sender or row.stage not in ("sign", "work", "overdue"):
            return
        if row.stage != "overdue":
            row.bearer, row.stage = to, "dispute"


@on("matter.opened")
def _matter_opened(book: Book, told: Told, fact: Any) -> None:
    book.case(fact.matter)
    hand(book, told, "", "dispatch")


@on("matter.reopened")
def _reopened(book: Book, told: Told, fact: Any) -> None:
    rows = book.held.get(fact.matter, [])
    if not rows or rows[-1].ended_at is not None:
        hand(book, told, "", "dispatch")


@on("task.given")
def _given(book: Book, told: Told, fact: Any) -> None:
    row = Task(task=fact.task, matter=fact.matter, bearer=fact.bearer, giver=fact.giver or "", parent=fact.parent)
    row.role = fact.role
    book.tasks[fact.task] = row
    if fact.role != "lead" or fact.how == "above":  # who stands over a reopened task has handed it on already
        return
    case = book.case(fact.matter)
    case.duty = fact.duty or case.duty
    if case.bearer != fact.bearer:
        case.bearer, case.contact = fact.bearer, ""
    hand(book, told, fact.bearer, "sign")


@on("matter.requeued")
def _requeued(book: Book, told: Told, fact: Any) -> None:
    """What the desk answered at once waits for a bearer."""
    case = book.case(fact.matter)
    case.bearer, case.contact = "", ""
    hand(book, told, "", "dispatch")


@on("task.signed", "task.returned", "task.submitted")
def _turned(book: Book, told: Told, fact: Any) -> None:
    task = book.tasks.get(fact.task)
    if task is None or task.role != "lead":
        return
    if told.name == "task.submitted":
        hand(book, told, task.giver if task.parent else task.bearer, "review")
    else:
        hand(book, told, task.bearer, "work" if told.name == "task.signed" else "rework")


@on("task.paused", "task.resumed", "task.recalled")
def _stood(book: Book, told: Told, fact: Any) -> None:
    task = book.tasks.get(fact.task)
    if task is None or task.role != "lead":
        return
    if told.name == "task.recalled" and book.case(task.matter).bearer != task.bearer:
        book.case(task.matter).bearer, book.case(task.matter).contact = task.bearer, ""
    hand(book, told, task.bearer, "paused" if told.name == "task.paused" else "work")


@on("task.approved")
def _approved(book: Book, told: Told, fact: Any) -> None:
    """Halfway up the next reviewer has it."""
    task = book.tasks.get(fact.task)
    above = book.tasks.get(task.parent or 0) if task else None
    if above and above.parent and above.role == "lead":
        hand(book, told, above.giver, "review")


@on("task.sent_back")
def _sent_back(book: Book, told: Told, fact: Any) -> None:
    if leads(book, fact):
        hand(book, told, fact.to, "adjudicate")
    else:
        _part_turned(book, told, fact.task, fact.to)


@on("task.adjudicated")
def _adjudicated(book: Book, told: Told, fact: Any) -> None:
    """Back and forth is charged to who caused it: to the unit whose ground did not hold, else to who gave it wrongly."""
    if not leads(book, fact):
        _part_turned(book, told, fact.task, fact.bearer if fact.stays else fact.by)
        return
    rows = book.held.get(matter_of(told), [])
    if rows and rows[-1].stage == "adjudicate":
        _charge(rows, len(rows) - 1, _unit(fact.bearer), _unit(fact.bearer if fact.stays else fact.by))
    hand(book, told, fact.bearer if fact.stays else fact.by, "sign" if fact.stays else "dispatch")


@on("task.transferred")
def _transferred(book: Book, told: Told, fact: Any) -> None:
    """What was sent back goes to another: its ground held."""
    rows = book.held.get(matter_of(told), [])
    if leads(book, fact) and rows and rows[-1].stage == "adjudicate":
        _charge(rows, len(rows) - 1, _unit(fact.bearer), rows[-1].bearer)


@on("task.interim")
def _interim(book: Book, told: Told, fact: Any) -> None:
    """Whose it is stays open, and with it to whom the quarrel is charged."""
    if fact.to == fact.bearer:
        hand(book, told, fact.bearer, "sign")


@on("matter.boundary_settled")
def _boundary_settled(book: Book, told: Told, fact: Any) -> None:
    """The whole quarrel is charged to the unit that sent back what is its own, else to who gave it wrongly."""
    rows = book.held.get(matter_of(told), [])
    at_fault = _unit(fact.bearer if fact.bearer in fact.senders else fact.by)
    for number, row in enumerate(rows):
        if row.stage == "dispute" or (row.stage == "adjudicate" and row.ended_at is not None):
            sender = rows[number - 1].bearer if number and row.stage == "adjudicate" else at_fault
            _charge(rows, number, sender, at_fault)


def leads(book: Book, fact: Any) -> bool:
    """Whether a fact is about a task that leads, not one that assists."""
    task = book.tasks.get(fact.task)
    return task is not None and task.role == "lead"


def stage_of(book: Book, matter: int) -> str:
    """At which stage the matter lies now; '' when nobody holds it."""
    rows = book.held.get(matter, [])
    return rows[-1].stage if rows and rows[-1].ended_at is None else ""


def _part_turned(book: Book, told: Told, task: int, bearer: str) -> None:
    """A part that is late already is late in other hands from here."""
    for row in book.late.values():
        if row.what == "assist" and row.key.split(".")[1] == str(task):
            row.bearer = bearer
    lean(book, matter_of(told), told.at)


@on("task.succeeded")
def _succeeded(book: Book, told: Told, fact: Any) -> None:
    """Another body goes on: from here the time is its own, and what is late is late with it."""
    task = book.tasks.get(fact.task)
    if task is None:
        return
    heirs = {task.bearer: fact.to} | ({task.giver: fact.giver} if task.giver and fact.giver else {})
    task.bearer, task.giver = fact.to, fact.giver or ""
    case = book.case(task.matter)
    case.bearer = heirs.get(case.bearer, case.bearer) if task.role == "lead" else case.bearer
    for late in book.late.values():
        if late.matter == task.matter and late.bearer in heirs:
            late.bearer = heirs[late.bearer]
            late.district = district_of(late.bearer, clock.day_of(told.at))
    rows = book.held.get(task.matter, [])
    if rows and rows[-1].ended_at is None and (heir := heirs.get(rows[-1].bearer, rows[-1].bearer)) != rows[-1].bearer:
        hand(book, told, heir, rows[-1].stage)


@on("task.reassigned")
def _reassigned(book: Book, told: Told, fact: Any) -> None:
    """One branch goes on with another body: what is late of it is late there."""
    task = book.tasks.get(fact.task)
    if task is None:
        return
    task.bearer = fact.to
    for late in book.late.values():
        if late.matter == task.matter and late.key.split(".")[1] == str(fact.task):
            late.bearer, late.district = fact.to, district_of(fact.to, clock.day_of(told.at))


@on("matter.vacated")
def _vacated(book: Book, told: Told, fact: Any) -> None:
    hand(book, told, "", "dispatch")


@on(
    "matter.answered",
    "matter.closed",
    "matter.declined",
    "matter.referred",
    "matter.withdrawn",
    "matter.merged",
    "matter.concluded",
    "matter.settled",
)
def _matter_ended(book: Book, told: Told, fact: Any) -> None:
    hand(book, told, None, "")
