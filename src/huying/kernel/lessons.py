"""What the log teaches dispatch: whom dispatchers chose, and what was rightly sent back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from huying.base import clock
from huying.city import queries as city
from huying.events import log, rows
from huying.events.log import Told
from huying.kernel.models import Call, Lesson, Matter, Task, TaskRole
from huying.kernel.routing import desk_of
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
from huying.people import private
from huying.reading.twins import clusters

NAME = "lessons"
AUTO = "auto"  # how dispatch gives a matter to somebody
FOR_NOW = ("interim", "above", "asked")  # given without saying whose it is
MOST = 2000  # the newest that are learned from
MEASURED_BY = 1000  # of what went out by itself, the newest by which a new reader is measured
HELD_BACK = 3  # every third, with all its near copies, is never learned from: on those a new reader is judged
MEASURED = timedelta(days=30)


class Example(NamedTuple):
    """A message and the type of department that bears it, said last `at`; `held` ones are for judging."""

    text: str
    area: str
    label: str
    at: datetime
    held: bool = False


@dataclass(frozen=True, slots=True)
class Alone:
    """What dispatch did by itself: of `all` matters it gave away `count`, and `right` of those stayed where they went."""

    all: int
    count: int
    right: int

    @property
    def share(self) -> float:
        """The share it gave away by itself."""
        return self.count / self.all if self.all else 0.0

    @property
    def precision(self) -> float:
        """The share of those that stayed."""
        return self.right / self.count if self.count else 0.0


def run() -> int:
    """Read what is new; how many facts."""
    return log.consume(NAME, take)


def take(batch: list[Told]) -> None:
    """Keep what each fact says about whose a matter is."""
    said = [(one, int(one.subject.split(":")[1])) for one in batch if _teaches(one)]
    known = Lesson.objects.in_bulk({pk for _, pk in said})
    there = set(Matter.objects.filter(pk__in={pk for _, pk in said}).values_list("pk", flat=True))
    for told, pk in said:
        fact: Any = told.fact
        given = told.name == "task.given"
        label = label_of(fact.bearer, fact.duty) if given else ""
        if pk not in there or (given and not label):
            continue
        lesson = known.setdefault(pk, Lesson(matter_id=pk, first_at=told.at))
        if given and fact.how == AUTO:
            lesson.alone = label
        lesson.label, lesson.at = label, told.at
        lesson.by_hand = bool(label) and label != lesson.alone
    rows.upsert([known[pk] for pk in {pk for _, pk in said} & known.keys()], ["matter_id"])


def _teaches(told: Told) -> bool:
    """A matter's lead was given to somebody, or what was sent back was rightly sent back."""
    fact: Any = told.fact
    if told.name == "task.given":
        return fact.role == TaskRole.LEAD and fact.how not in FOR_NOW
    return told.name == "task.adjudicated" and not fact.stays


def label_of(bearer_key: str, duty_key: str) -> str:
    """The type of the department; where a centre or the desk only passes it on, that of the duty's desk. '' unknown."""
    bearer, duty = city.department_by_key(bearer_key), city.duty(duty_key) if duty_key else None
    if bearer is not None and bearer.type not in (CENTRE_TYPE, DESK_TYPE):
        return bearer.type
    return desk_of(duty)[0] if duty is not None else ""


def count(since: datetime | None = None, most: int = MOST) -> int:
    """How many there are to learn from or to judge by, of the newest `most`; those alone that came after `since`."""
    found = Lesson.objects.filter(by_hand=True)
    return (found if since is None else found.filter(at__gt=since)).order_by("-at")[:most].count()


def examples() -> list[Example]:
    """The newest lessons with the words of each matter's first call; what is kept no longer teaches nothing."""
    found = _examples(Lesson.objects.filter(by_hand=True).order_by("-at")[:MOST])
    matters = list(found)
    # near copies are held back together: else what is learned would be asked again
    heads = [matters[head] for head in clusters([one.text for one in found.values()])]
    return [one._replace(held=head % HELD_BACK == 0) for one, head in zip(found.values(), heads, strict=True)]


def stayed(since: datetime | None = None) -> list[Example]:
    """The newest of what went out by itself and was taken by whom it was given to: nothing to learn from, but to measure by."""
    found = Lesson.objects.filter(by_hand=False, label=F("alone")).exclude(alone="")
    if since is not None:
        found = found.filter(at__gt=since)
    # an EXISTS, not a join: a matter may have had several leads
    taken = found.filter(Exists(Task.objects.filter(matter=OuterRef("pk"), role=TaskRole.LEAD, signed_at__isnull=False)))
    return list(_examples(taken.order_by("-at")[:MEASURED_BY]).values())


def _examples(lessons: QuerySet[Lesson]) -> dict[int, Example]:
    """By matter, the oldest first."""
    said = {lesson.matter_id: lesson for lesson in lessons}
    calls = Call.objects.filter(matter__in=said, trimmed_at__isnull=True).order_by("-opened_at").select_related("area")
    first = {call.matter_id: call for call in calls}
    return {pk: _example(call, said[pk]) for pk, call in sorted(first.items())}


def _example(call: Call, lesson: Lesson) -> Example:
    return Example(
        private.holed(f"{call.title}。{call.text} {call.place}"), call.area.key if call.area else "", lesson.label, lesson.at
    )


def alone(since: datetime | None = None) -> Alone:
    """What dispatch did by itself with matters that came since then; of the last days without a moment."""
    given = Lesson.objects.filter(first_at__gte=since or clock.now() - MEASURED)
    gone = ~Q(alone="")
    found = given.aggregate(all=Count("pk"), gone=Count("pk", gone), right=Count("pk", gone & Q(label=F("alone"))))
    return Alone(found["all"], found["gone"], found["right"])
