"""Facts folded into the hub's rows, by their names: the hub knows the log, not who writes it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from huying.base import clock
from huying.city import queries as city
from huying.events.log import Told
from huying.hub.models import Case, Held, Late, Task, Voice


@dataclass(slots=True)
class Book:
    """The rows that a batch of facts touches."""

    cases: dict[int, Case] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    voices: dict[int, Voice] = field(default_factory=dict)
    held: dict[int, list[Held]] = field(default_factory=dict)
    late: dict[str, Late] = field(default_factory=dict)

    def case(self, matter: int) -> Case:
        """The matter's case, new when this is its first fact."""
        return self.cases.setdefault(matter, Case(matter=matter))


Apply = Callable[[Book, Told, Any], None]
_APPLY: dict[str, Apply] = {}


def fold(book: Book, told: Told) -> None:
    """Take one fact into the book; what the hub does not count changes nothing."""
    if apply := _APPLY.get(told.name):
        apply(book, told, told.fact)


def known() -> set[str]:
    """The names of facts the hub reads."""
    return set(_APPLY)


def matters_of(told: Told) -> set[int]:
    """The matters a fact is about."""
    found = {getattr(told.fact, "matter", None), getattr(told.fact, "source", None)} - {None}
    if told.subject.startswith("matter:"):
        found.add(int(told.subject.removeprefix("matter:")))
    return {int(pk) for pk in found if pk is not None}


def _on(*names: str) -> Callable[[Apply], Apply]:
    def wrap(apply: Apply) -> Apply:
        _APPLY.update(dict.fromkeys(names, apply))
        return apply

    return wrap


def _matter(told: Told) -> int:
    return int(told.subject.removeprefix("matter:"))


# --- Voices -----------------------------------------------------------------------------------------------------------


@_on("call.opened")
def _opened(book: Book, told: Told, fact: Any) -> None:
    day = told.at.astimezone(clock.CITY_TIME).date()
    area = city.area_by_key(fact.area) if fact.area else None
    # the district of that day: what an area becomes later does not move what was asked before
    district = city.district_of(area, day) if area else None
    book.voices[fact.call] = Voice(
        call=fact.call,
        matter=fact.matter,
        month=f"{day:%Y-%m}",
        area=fact.area or "",
        district=district.key if district else "",
    )
    book.case(fact.matter)


@_on("call.moved", "call.followed")
def _moved(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.matter = fact.matter


@_on("call.answered")
def _voice_answered(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.state, voice.answered = "answered", True


@_on("call.rated")
def _rated(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.solved, voice.grade = fact.solved, fact.grade
        if fact.solved is False:
            voice.state = "open"


@_on("call.closed", "call.ended")
def _voice_ended(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.state, voice.how = told.name.removeprefix("call."), fact.how


# --- Promises ---------------------------------------------------------------------------------------------------------


def _key(fact: Any) -> str:
    return f"{fact.matter}.{fact.task or ''}.{fact.call or ''}.{fact.what}"


def _of_bearer(book: Book, fact: Any) -> bool:
    """Whether a first contact is that of the unit which leads the matter now."""
    task = book.tasks.get(fact.task or 0)
    return fact.what == "contact" and task is not None and task.bearer == book.case(fact.matter).bearer


@_on("promise.made")
def _made(book: Book, told: Told, fact: Any) -> None:
    case = book.case(fact.matter)
    if _of_bearer(book, fact) and not case.contact:
        case.contact = "due"


@_on("promise.met")
def _met(book: Book, told: Told, fact: Any) -> None:
    _no_longer_late(book, told, fact)
    case = book.case(fact.matter)
    if _of_bearer(book, fact) and case.contact != "late":
        case.contact = "late" if fact.late else "kept"


@_on("promise.dropped")
def _dropped(book: Book, told: Told, fact: Any) -> None:
    _no_longer_late(book, told, fact)
    case = book.case(fact.matter)
    if _of_bearer(book, fact) and case.contact == "due":
        case.contact = ""


@_on("promise.broken")
def _broken(book: Book, told: Told, fact: Any) -> None:
    if _of_bearer(book, fact):
        book.case(fact.matter).contact = "late"
    if fact.what == "answer" and (voice := book.voices.get(fact.call or 0)):
        voice.broken = True
    due = datetime.fromtimestamp(fact.due, UTC)
    row = Late(key=_key(fact), matter=fact.matter, what=fact.what, bearer=fact.bearer, due_at=due)
    row.district = _district_of(fact.bearer, told.at.date())
    book.late[row.key] = row
    if fact.what == "assist":
        _lean(book, fact.matter, due)
    elif fact.what == "sign" and _leads(book, fact) and _stage(book, fact.matter) == "sign":
        _pass(book, told, fact.bearer, "overdue", due)  # beyond his promise it is his own, whoever gave it wrongly


@_on("promise.reminded", "promise.supervised", "promise.raised")
def _escalated(book: Book, told: Told, fact: Any) -> None:
    if row := book.late.get(_key(fact)):
        row.step = {"promise.reminded": 1, "promise.supervised": 2, "promise.raised": 3}[told.name]
        row.bearer, row.told = fact.bearer, fact.to
        if fact.what == "assist":
            _lean(book, fact.matter, told.at)


@_on("promise.recomputed", "promise.resumed", "promise.extended")
def _later(book: Book, told: Told, fact: Any) -> None:
    if fact.due > told.at.timestamp():
        _no_longer_late(book, told, fact)


def _no_longer_late(book: Book, told: Told, fact: Any) -> None:
    if book.late.pop(_key(fact), None) is not None and fact.what == "assist":
        _lean(book, fact.matter, told.at)


def _stage(book: Book, matter: int) -> str:
    rows = book.held.get(matter, [])
    return rows[-1].stage if rows and rows[-1].ended_at is None else ""


def _district_of(bearer: str, day: date) -> str:
    department = city.department_by_key(bearer)
    area = city.area_by_id(department.area_id) if department else None
    district = city.district_of(area, day) if area else None
    return district.key if district else ""


# --- Who holds it -----------------------------------------------------------------------------------------------------

# The lead's chain holds the matter's time, one at a time. While the lead is at work and a part that was promised to it is
# late, the time is that of whoever is late with the part.

AT_WORK = ("work", "rework")
DESK_TYPE = "hotline"


def _pass(book: Book, told: Told, bearer: str | None, stage: str, at: datetime | None = None) -> None:
    """From here the time is charged to `bearer`; None: to nobody."""
    rows = book.held.setdefault(_matter(told), [])
    _next(rows, _matter(told), None if bearer is None else _unit(bearer), stage, at or told.at)
    _lean(book, _matter(told), at or told.at)


def _next(rows: list[Held], matter: int, bearer: str | None, stage: str, at: datetime) -> None:
    open_ = rows[-1] if rows and rows[-1].ended_at is None else None
    if open_ is not None and open_.began_at == at and bearer is not None:
        open_.bearer, open_.stage = bearer, stage  # who held it for no time held it not
        return
    if open_ is not None:
        open_.ended_at = at
    if bearer is not None:
        rows.append(Held(matter=matter, number=len(rows) + 1, bearer=bearer, stage=stage, began_at=at))


def _lean(book: Book, matter: int, at: datetime) -> None:
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


def _unit(key: str) -> str:
    """A unit as time is charged to it: the city's desk is ''."""
    found = city.department_by_key(key) if key else None
    return "" if found is not None and found.type == DESK_TYPE else key


def _charge(rows: list[Held], last: int, sender: str, to: str) -> None:
    """Who caused it bears the whole round trip: the time of judging it, and what the sender used within his promise."""
    rows[last].bearer, rows[last].stage = to, "dispute"
    for row in reversed(rows[:last]):
        if row.bearer != sender or row.stage not in ("sign", "work"):
            return
        row.bearer, row.stage = to, "dispute"


@_on("matter.opened")
def _matter_opened(book: Book, told: Told, fact: Any) -> None:
    book.case(fact.matter)
    _pass(book, told, "", "dispatch")


@_on("matter.reopened")
def _reopened(book: Book, told: Told, fact: Any) -> None:
    rows = book.held.get(fact.matter, [])
    if not rows or rows[-1].ended_at is not None:
        _pass(book, told, "", "dispatch")


@_on("task.given")
def _given(book: Book, told: Told, fact: Any) -> None:
    row = Task(task=fact.task, matter=fact.matter, bearer=fact.bearer, giver=fact.giver or "", parent=fact.parent)
    row.role = fact.role
    book.tasks[fact.task] = row
    if fact.role != "lead":
        return
    case = book.case(fact.matter)
    if case.bearer != fact.bearer:
        case.bearer, case.contact = fact.bearer, ""
    _pass(book, told, fact.bearer, "sign")


@_on("task.signed", "task.returned", "task.submitted")
def _turned(book: Book, told: Told, fact: Any) -> None:
    task = book.tasks.get(fact.task)
    if task is None or task.role != "lead":
        return
    if told.name == "task.submitted":
        _pass(book, told, task.giver if task.parent else task.bearer, "review")
    else:
        _pass(book, told, task.bearer, "work" if told.name == "task.signed" else "rework")


@_on("task.paused", "task.resumed", "task.recalled")
def _stood(book: Book, told: Told, fact: Any) -> None:
    task = book.tasks.get(fact.task)
    if task is None or task.role != "lead":
        return
    if told.name == "task.recalled" and book.case(task.matter).bearer != task.bearer:
        book.case(task.matter).bearer, book.case(task.matter).contact = task.bearer, ""
    _pass(book, told, task.bearer, "paused" if told.name == "task.paused" else "work")


@_on("task.approved")
def _approved(book: Book, told: Told, fact: Any) -> None:
    """Halfway up the next reviewer has it."""
    task = book.tasks.get(fact.task)
    above = book.tasks.get(task.parent or 0) if task else None
    if above and above.parent and above.role == "lead":
        _pass(book, told, above.giver, "review")


@_on("task.sent_back")
def _sent_back(book: Book, told: Told, fact: Any) -> None:
    if _leads(book, fact):
        _pass(book, told, fact.to, "adjudicate")
    else:
        _part_turned(book, told, fact.task, fact.to)


@_on("task.adjudicated")
def _adjudicated(book: Book, told: Told, fact: Any) -> None:
    """Back and forth is charged to who caused it: to the unit whose ground did not hold, else to who gave it wrongly."""
    if not _leads(book, fact):
        _part_turned(book, told, fact.task, fact.bearer if fact.stays else fact.by)
        return
    rows = book.held.get(_matter(told), [])
    if rows and rows[-1].stage == "adjudicate":
        _charge(rows, len(rows) - 1, _unit(fact.bearer), _unit(fact.bearer if fact.stays else fact.by))
    _pass(book, told, fact.bearer if fact.stays else fact.by, "sign" if fact.stays else "dispatch")


@_on("task.transferred")
def _transferred(book: Book, told: Told, fact: Any) -> None:
    """What was sent back goes to another: its ground held."""
    rows = book.held.get(_matter(told), [])
    if _leads(book, fact) and rows and rows[-1].stage == "adjudicate":
        _charge(rows, len(rows) - 1, _unit(fact.bearer), rows[-1].bearer)


@_on("task.interim")
def _interim(book: Book, told: Told, fact: Any) -> None:
    """Whose it is stays open, and with it to whom the quarrel is charged."""
    if fact.to == fact.bearer:
        _pass(book, told, fact.bearer, "sign")


@_on("matter.boundary_settled")
def _boundary_settled(book: Book, told: Told, fact: Any) -> None:
    """The whole quarrel is charged to the unit that sent back what is its own, else to who gave it wrongly."""
    rows = book.held.get(_matter(told), [])
    at_fault = _unit(fact.bearer if fact.bearer in fact.senders else fact.by)
    for number, row in enumerate(rows):
        if row.stage == "dispute" or (row.stage == "adjudicate" and row.ended_at is not None):
            sender = rows[number - 1].bearer if number and row.stage == "adjudicate" else None
            _charge(rows, number, sender if sender is not None and sender != at_fault else "-", at_fault)


def _leads(book: Book, fact: Any) -> bool:
    task = book.tasks.get(fact.task)
    return task is not None and task.role == "lead"


def _part_turned(book: Book, told: Told, task: int, bearer: str) -> None:
    """A part that is late already is late in other hands from here."""
    for row in book.late.values():
        if row.what == "assist" and row.key.split(".")[1] == str(task):
            row.bearer = bearer
    _lean(book, _matter(told), told.at)


@_on(
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
    _pass(book, told, None, "")
