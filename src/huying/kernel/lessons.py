"""What the log teaches dispatch: whom dispatchers chose, and what was rightly sent back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from huying.base import clock
from huying.city import queries as city
from huying.events import log
from huying.events.log import Told
from huying.kernel.models import Call, Lesson, Matter, TaskRole
from huying.kernel.routing import desk_of
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE

NAME = "lessons"
MOST = 2000  # the newest that are learned from
HELD_BACK = 3  # every third is never learned from: on those a new reader is judged
MEASURED = timedelta(days=30)


class Example(NamedTuple):
    """A message and the type of department that bears it; `held` ones are for judging."""

    text: str
    area: str
    label: str
    held: bool


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
    for told in batch:
        fact: Any = told.fact
        if told.name == "task.given" and fact.role == TaskRole.LEAD:
            _given(fact, told.at)
        elif told.name == "task.adjudicated" and not fact.stays:
            Lesson.objects.filter(matter=int(told.subject.split(":")[1])).update(label="", at=told.at)


def _given(fact: Any, at: datetime) -> None:
    label = label_of(fact.bearer, fact.duty)
    if not label or not Matter.objects.filter(pk=fact.matter).exists():
        return
    if fact.how == "auto":
        Lesson.objects.update_or_create(matter_id=fact.matter, defaults={"label": label, "alone": label, "at": at})
    else:
        Lesson.objects.update_or_create(matter_id=fact.matter, defaults={"label": label, "at": at})


def label_of(bearer_key: str, duty_key: str) -> str:
    """The type of the department; where a centre or the desk only passes it on, that of the duty's desk. '' unknown."""
    bearer, duty = city.department_by_key(bearer_key), city.duty(duty_key) if duty_key else None
    if bearer is not None and bearer.type not in (CENTRE_TYPE, DESK_TYPE):
        return bearer.type
    return desk_of(duty)[0] if duty is not None else ""


def count() -> int:
    """How many there are to learn from or to judge by."""
    return _chosen().count()


def examples() -> list[Example]:
    """The newest lessons with the words of each matter's first call; what is kept no longer teaches nothing."""
    rows = list(_chosen().order_by("-at").values_list("matter", "label")[:MOST])
    labels = dict(rows)
    calls = Call.objects.filter(matter__in=labels, trimmed_at__isnull=True).order_by("-opened_at").select_related("area")
    first = {call.matter_id: call for call in calls}
    return list(_examples(first, labels))


def _examples(first: dict[int, Call], labels: dict[int, str]) -> Iterator[Example]:
    for pk, call in sorted(first.items()):
        area = call.area.key if call.area else ""
        yield Example(f"{call.title}。{call.text} {call.place}", area, labels[pk], pk % HELD_BACK == 0)


def _chosen() -> QuerySet[Lesson]:
    """Where a person chose: by hand, or otherwise than dispatch had by itself."""
    return Lesson.objects.exclude(label="").exclude(alone=F("label"))


def alone(since: timedelta = MEASURED) -> Alone:
    """What dispatch did by itself lately."""
    rows = Lesson.objects.filter(at__gte=clock.now() - since)
    gone = rows.exclude(alone="")
    return Alone(rows.count(), gone.count(), gone.filter(label=F("alone")).count())
