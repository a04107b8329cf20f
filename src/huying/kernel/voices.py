"""Many voices, one matter: how calls go from one matter to another, and what ends with a matter that was emptied."""

from collections.abc import Iterable, Sequence
from datetime import date

from huying.city import queries as city
from huying.city.models import Area
from huying.kernel import clocks, moves
from huying.kernel.events import CallMoved, TaskCancelled
from huying.kernel.models import OPEN_TASK, Call, CallState, Extension, Matter, Promise, Response, ResponseState, Task
from huying.kernel.record import Work

MOST_LIFE_FIRST = ("life", "utility", "ordinary")
DUPLICATE = "duplicate"  # why a voice is excluded whose caller has one in the matter already


def live(matter: Matter) -> list[Call]:
    """The calls that share the matter now: all but those that were withdrawn, declined or referred."""
    return list(matter.calls.exclude(state=CallState.ENDED).select_related("caller").order_by("id"))


def recount(work: Work) -> None:
    """The matter's voices, and the day by which the first of them is promised an answer."""
    count(work)
    clocks.settle_due(work)


def count(work: Work) -> None:
    """The matter's voices, what one person said again not counted as one more."""
    live = Call.objects.filter(matter=work.matter).exclude(state=CallState.ENDED)
    work.matter.voices = people(live.values_list("excluded", flat=True))


def people(excluded: Iterable[str]) -> int:
    """How many people these voices are, by why each is excluded. A repeat is nobody new, but somebody where it is alone."""
    whys = list(excluded)
    return max(sum(why != DUPLICATE for why in whys), min(1, len(whys)))


def carry(source: Work, target: Work, calls: Sequence[Call], how: str, said: int) -> None:
    """Calls go on in another matter, each with the promises made to it. Their history up to now stays theirs.

    `said` is the version of the source's fact beside which stands what they are told.
    """
    bearer = bearer_key(target.matter)
    Promise.objects.filter(call__in=calls).update(matter=target.matter)
    for call in calls:
        call.matter = target.matter
        left, joined = source.matter.version, 0 if how == "split" else target.matter.version
        source.tell_call(call, CallMoved(call.pk, target.matter.pk, source.matter.pk, how, left, joined, said, bearer))
        call.save(update_fields=["matter", "version"])
    recount(source)
    recount(target)


def cancel_tasks(work: Work, why: str) -> None:
    """Every open task of the matter ends because the matter ended otherwise; its clocks are neither kept nor broken."""
    tasks = list(Task.objects.filter(matter=work.matter, state__in=OPEN_TASK).select_related("bearer").order_by("id"))
    Response.objects.filter(task__in=tasks, state=ResponseState.SUBMITTED).update(state=ResponseState.RETURNED)
    Extension.objects.filter(task__in=tasks, granted__isnull=True).update(granted=False, decided_at=work.at)
    for task in tasks:
        task.state = moves.target("task", "cancel", task.state)
        task.is_open, task.ended_at, task.turn = False, work.at, None
        task.save()
        clocks.drop(work, task)
        work.tell(TaskCancelled(task.pk, task.bearer.key, why))


def bearer_key(matter: Matter) -> str | None:
    """The key of the department that works the matter now; None while nobody does."""
    task = Task.objects.filter(matter=matter, is_open=True, role="lead").select_related("bearer").order_by("-id").first()
    return task.bearer.key if task else None


def more_urgent(one: str, other: str) -> str:
    """The more urgent of two."""
    return min(one, other, key=MOST_LIFE_FIRST.index)


def district_id(matter: Matter) -> int | None:
    """The district in which likely duplicates of the matter are looked for."""
    district = district_on(matter.area)
    return district.pk if district else None


def district_on(area: Area | None, day: date | None = None) -> Area | None:
    """The district in which an area lies on a day (today, when none is named)."""
    return city.district_of(area, day) if area else None
