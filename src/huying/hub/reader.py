"""The hub's reader of the log: a batch of facts in, changed rows and changed counts out, together with its cursor."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from huying.city import queries as city
from huying.events import log, rows
from huying.events.log import Told
from huying.hub import places
from huying.hub.fold import Book, fold, matters_of
from huying.hub.models import COUNTS, Case, Held, Late, Task, Voice

NAME = "hub"
BATCH = 500
PLACE = ("month", "department", "district", "part", "level")
_HOLES = ", ".join(["%s"] * (len(PLACE) + len(COUNTS)))
_SUMS = ", ".join(f"{name} = hub_cell.{name} + excluded.{name}" for name in COUNTS)
# one statement for all cells: asking for each first and composing its update was half of what reading cost
_ADD = (
    f"INSERT INTO hub_cell ({', '.join((*PLACE, *COUNTS))}) VALUES ({_HOLES})"  # nosec B608  # our own names
    f" ON CONFLICT ({', '.join(PLACE)}) DO UPDATE SET {_SUMS}"
)
Place = tuple[str, str, str, str, str]  # month, department, district, part, level
_regrouped: str | None = None  # the pack for which the parts of voices were looked through


def run() -> int:
    """Read what is new; how many facts. After another pack was loaded, the parts of voices are looked through first."""
    global _regrouped
    digest = city.digest()
    if digest != _regrouped:
        regroup()
        _regrouped = digest
    return log.consume(NAME, take)


def regroup() -> int:
    """Count each voice in the place that the loaded pack says; how many moved.

    A pack may be loaded after its own days, and a street may go another way than its district.
    """
    stale = Voice.objects.filter(places.misplaced(), opened_on__isnull=False).order_by("call")
    moved, last = 0, 0
    while True:
        with transaction.atomic():
            log.position(NAME)  # locked: no batch is taken meanwhile
            voices = list(stale.filter(call__gt=last)[:BATCH])
            if not voices:
                return moved
            moved, last = moved + _put(voices), voices[-1].call


def _put(voices: list[Voice]) -> int:
    book = Book(voices={voice.call: voice for voice in voices}, cases=Case.objects.in_bulk({v.matter for v in voices}))
    before = counted(book)
    moved = [voice for voice in voices if places.put(voice)]
    Voice.objects.bulk_update(moved, ["district", "part"])
    _count(before, counted(book))
    return len(moved)


def take(batch: Sequence[Told]) -> None:
    """Fold a batch into the tables."""
    matters = set().union(*(matters_of(told) for told in batch))
    book = _load(matters, batch)
    kept = set(book.late)
    before = counted(book)
    for told in batch:
        fold(book, told)
    _save(book, kept)
    _count(before, counted(book))


def counted(book: Book) -> Counter[tuple[Place, str]]:
    """What the voices of the book count for."""
    found: Counter[tuple[Place, str]] = Counter()
    for voice in book.voices.values():
        case = book.cases.get(voice.matter) or Case(matter=voice.matter)
        place = (voice.month, case.bearer, voice.district, voice.part, _level(case.bearer))
        found.update((place, name) for name in measures(voice, case))
    return found


def measures(voice: Voice, case: Case) -> Iterable[str]:
    """The counts to which one voice adds. Answered (and waited for), solved, unsolved and silent are four different things.

    What was excluded, not taken up, taken back or concluded stands beside: it is in no denominator.
    """
    yield "received"
    if voice.excluded:
        yield "excluded"
        return
    ended = {"decline": "declined", "refer": "referred", "withdraw": "withdrawn", "conclude": "concluded"}
    if voice.state == "ended":
        yield ended.get(voice.how, "concluded")
        return
    if case.contact in ("kept", "late"):
        yield "contact_due"
    if case.contact == "kept":
        yield "contact_kept"
    if voice.answered:
        yield "answered"
    if voice.solved is not None:
        yield "solved" if voice.solved else "unsolved"
    elif voice.state in ("closed", "answered"):
        yield "silent" if voice.state == "closed" else "waiting"
    if voice.grade:
        yield "graded"
        if voice.grade >= 4:
            yield "satisfied"


def _level(bearer: str) -> str:
    department = city.department_by_key(bearer) if bearer else None
    return department.level if department else ""


def _load(matters: set[int], batch: Sequence[Told]) -> Book:
    book = Book()
    calls = {int(told.subject.removeprefix("call:")) for told in batch if told.subject.startswith("call:")}
    for voice in Voice.objects.filter(matter__in=matters) | Voice.objects.filter(call__in=calls):
        book.voices[voice.call] = voice
    matters = matters | {voice.matter for voice in book.voices.values()}
    book.cases = Case.objects.in_bulk(matters)
    book.tasks = {task.task: task for task in Task.objects.filter(matter__in=matters)}
    for row in Held.objects.filter(matter__in=matters).order_by("matter", "number"):
        book.held.setdefault(row.matter, []).append(row)
    book.late = {row.key: row for row in Late.objects.filter(matter__in=matters)}
    return book


def _save(book: Book, kept: set[str]) -> None:
    rows.upsert(list(book.cases.values()), ["matter"])
    rows.upsert(list(book.tasks.values()), ["task"])
    rows.upsert(list(book.voices.values()), ["call"])
    rows.upsert([hop for hops in book.held.values() for hop in hops], ["matter", "number"])
    rows.upsert(list(book.late.values()), ["key"])
    Late.objects.filter(key__in=kept - set(book.late)).delete()


def _count(before: Counter[tuple[Place, str]], after: Counter[tuple[Place, str]]) -> None:
    """Add to each cell what changed in it."""
    changes: dict[Place, dict[str, int]] = {}
    for place, name in set(before) | set(after):
        if change := after[place, name] - before[place, name]:
            changes.setdefault(place, {})[name] = change
    with connection.cursor() as cursor:
        cursor.executemany(
            _ADD, [[*place, *(counts.get(name, 0) for name in COUNTS)] for place, counts in sorted(changes.items())]
        )
