"""Facts folded into the hub's rows, by their names: the hub knows the log, not who writes it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from huying.base import clock
from huying.city import queries as city
from huying.events.log import Told
from huying.hub import places
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
    voice = Voice(call=fact.call, matter=fact.matter, month=f"{day:%Y-%m}", opened_on=day, area=fact.area or "")
    book.voices[fact.call] = voice
    places.put(voice)
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
    book.late.pop(_key(fact), None)
    case = book.case(fact.matter)
    if _of_bearer(book, fact) and case.contact != "late":
        case.contact = "late" if fact.late else "kept"


@_on("promise.dropped")
def _dropped(book: Book, told: Told, fact: Any) -> None:
    book.late.pop(_key(fact), None)
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


@_on("promise.reminded", "promise.supervised", "promise.raised")
def _escalated(book: Book, told: Told, fact: Any) -> None:
    if row := book.late.get(_key(fact)):
        row.step = {"promise.reminded": 1, "promise.supervised": 2, "promise.raised": 3}[told.name]
        row.bearer, row.told = fact.bearer, fact.to


@_on("promise.recomputed", "promise.resumed", "promise.extended")
def _later(book: Book, told: Told, fact: Any) -> None:
    if fact.due > told.at.timestamp():
        book.late.pop(_key(fact), None)


def _district_of(bearer: str, day: date) -> str:
    department = city.department_by_key(bearer)
    area = city.area_by_id(department.area_id) if department else None
    district = city.district_of(area, day) if area else None
    return district.key if district else ""


# --- Who holds it -----------------------------------------------------------------------------------------------------


def _pass(book: Book, told: Told, bearer: str | None, stage: str) -> None:
    """From here the time is charged to `bearer`; None: to nobody."""
    rows = book.held.setdefault(_matter(told), [])
    if rows and rows[-1].ended_at is None:
        rows[-1].ended_at = told.at
    if bearer is not None:
        rows.append(Held(matter=_matter(told), number=len(rows) + 1, bearer=bearer, stage=stage, began_at=told.at))


@_on("matter.opened")
def _matter_opened(book: Book, told: Told, fact: Any) -> None:
    book.case(fact.matter)
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
    if above and above.parent:
        _pass(book, told, above.giver, "review")


@_on("task.sent_back")
def _sent_back(book: Book, told: Told, fact: Any) -> None:
    _pass(book, told, fact.to, "adjudicate")


@_on("task.adjudicated")
def _adjudicated(book: Book, told: Told, fact: Any) -> None:
    """Back and forth is charged to who caused it: to the unit whose ground did not hold, else to who gave it wrongly."""
    rows = book.held.get(_matter(told), [])
    if fact.stays and rows and rows[-1].stage == "adjudicate":
        rows[-1].bearer, rows[-1].stage = fact.bearer, "dispute"
    _pass(book, told, fact.bearer if fact.stays else fact.by, "sign" if fact.stays else "dispatch")


@_on("task.succeeded")
def _succeeded(book: Book, told: Told, fact: Any) -> None:
    """Another body goes on: from here the time is its own, and what is late is late with it."""
    task = book.tasks.get(fact.task)
    if task is None:
        return
    heirs = {task.bearer: fact.to} | ({task.giver: fact.giver} if task.giver and fact.giver else {})
    task.bearer, task.giver = fact.to, fact.giver or ""
    case = book.case(task.matter)
    case.bearer = heirs.get(case.bearer, case.bearer) if task.role == "lead" else case.bearer
    rows = book.held.get(task.matter, [])
    if rows and rows[-1].ended_at is None and (heir := heirs.get(rows[-1].bearer, rows[-1].bearer)) != rows[-1].bearer:
        _pass(book, told, heir, rows[-1].stage)
    for late in book.late.values():
        if late.matter == task.matter and late.bearer in heirs:
            late.bearer = heirs[late.bearer]
            late.district = _district_of(late.bearer, told.at.date())


@_on("matter.vacated")
def _vacated(book: Book, told: Told, fact: Any) -> None:
    _pass(book, told, "", "dispatch")


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
