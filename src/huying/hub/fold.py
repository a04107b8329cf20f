"""Facts about voices and promises, folded into the hub's rows. Whose the time is stands in `holding`."""

from datetime import UTC, datetime
from typing import Any

from huying.base import clock
from huying.events.log import Told
from huying.hub import places
from huying.hub.book import Book, fold, known, matters_of, on
from huying.hub.holding import district_of, hand, leads, lean, stage_of
from huying.hub.models import Late, Voice

__all__ = ["Book", "fold", "known", "matters_of"]
RATED = ("appeal",)


# --- Voices -----------------------------------------------------------------------------------------------------------


@on("call.opened")
def _opened(book: Book, told: Told, fact: Any) -> None:
    if fact.kind not in RATED:  # the three rates are of those who called about something, not of who applied for it
        return
    day = clock.day_of(told.at)
    voice = Voice(call=fact.call, matter=fact.matter, month=f"{day:%Y-%m}", opened_on=day, area=fact.area or "")
    book.voices[fact.call] = voice
    places.put(voice)
    book.case(fact.matter)


@on("call.moved", "call.followed")
def _moved(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.matter = fact.matter


@on("call.answered")
def _voice_answered(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.state, voice.answered = "answered", True


@on("call.rated")
def _rated(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.solved, voice.grade = fact.solved, fact.grade
        if fact.solved is False:
            voice.state = "open"


@on("call.called_back")
def _called_back(book: Book, told: Told, fact: Any) -> None:
    """Her word given to the desk counts like her own, until she says her own."""
    if (voice := book.voices.get(fact.call)) and fact.outcome != "unreached":
        voice.solved, voice.grade = fact.outcome == "solved", fact.grade
        if not voice.solved:
            voice.state = "open"


@on("call.reopened")
def _voice_reopened(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.state = "open"


@on("call.excluded")
def _excluded(book: Book, told: Told, fact: Any) -> None:
    if voice := book.voices.get(fact.call):
        voice.excluded = fact.why


@on("call.closed", "call.ended")
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


@on("promise.made")
def _made(book: Book, told: Told, fact: Any) -> None:
    case = book.case(fact.matter)
    if _of_bearer(book, fact) and not case.contact:
        case.contact = "due"


@on("promise.met")
def _met(book: Book, told: Told, fact: Any) -> None:
    _no_longer_late(book, told, fact)
    _goes_on(book, fact)
    case = book.case(fact.matter)
    if _of_bearer(book, fact) and case.contact != "late":
        case.contact = "late" if fact.late else "kept"


@on("promise.dropped")
def _dropped(book: Book, told: Told, fact: Any) -> None:
    _no_longer_late(book, told, fact)
    _goes_on(book, fact)
    case = book.case(fact.matter)
    if _of_bearer(book, fact) and case.contact == "due":
        case.contact = ""


@on("promise.broken")
def _broken(book: Book, told: Told, fact: Any) -> None:
    if _of_bearer(book, fact):
        book.case(fact.matter).contact = "late"
    if fact.what == "answer" and (voice := book.voices.get(fact.call or 0)):
        voice.broken = True
    due = datetime.fromtimestamp(fact.due, UTC)
    row = Late(key=_key(fact), matter=fact.matter, what=fact.what, bearer=fact.bearer, due_at=due)
    row.district = district_of(fact.bearer, clock.day_of(told.at))
    book.late[row.key] = row
    if fact.what == "assist":
        lean(book, fact.matter, due)
    elif fact.what == "sign" and leads(book, fact) and stage_of(book, fact.matter) == "sign":
        hand(book, told, fact.bearer, "overdue", due)  # beyond his promise it is his own, whoever gave it wrongly


@on("promise.reminded", "promise.supervised", "promise.raised")
def _escalated(book: Book, told: Told, fact: Any) -> None:
    if row := book.late.get(_key(fact)):
        row.step = {"promise.reminded": 1, "promise.supervised": 2, "promise.raised": 3}[told.name]
        row.bearer, row.told = fact.bearer, fact.to
        if fact.what == "assist":
            lean(book, fact.matter, told.at)


@on("promise.recomputed", "promise.resumed", "promise.extended", "promise.replanned")
def _later(book: Book, told: Told, fact: Any) -> None:
    if told.name == "promise.resumed":
        _goes_on(book, fact)
    if fact.due > told.at.timestamp():
        _no_longer_late(book, told, fact)


@on("task.pause_overran")
def _overran(book: Book, told: Told, fact: Any) -> None:
    """A branch stands by law beyond its day: no promise is broken, but somebody must look."""
    row = Late(key=_of_pause(fact), matter=fact.matter, what="resume", bearer=fact.bearer)
    row.due_at, row.district = datetime.fromtimestamp(fact.due, UTC), district_of(fact.bearer, clock.day_of(told.at))
    book.late[row.key] = row


def _of_pause(fact: Any) -> str:
    return f"{fact.matter}.{fact.task}..resume"


def _goes_on(book: Book, fact: Any) -> None:
    """The clock of a branch runs on, or has ended."""
    if fact.what == "decide" and fact.task:
        book.late.pop(_of_pause(fact), None)


def _no_longer_late(book: Book, told: Told, fact: Any) -> None:
    if book.late.pop(_key(fact), None) is not None and fact.what == "assist":
        lean(book, fact.matter, told.at)
