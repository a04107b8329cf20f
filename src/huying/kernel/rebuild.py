"""The states of matters, tasks and calls, told by the log alone. Equal to the tables, or a verb wrote what it did not tell.

A fact either sets a state, as `SETS` says, or does more, as a function says, or leaves all states as they are (`KEEPS`).
A fact that stands in none of the three is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from huying.events import log
from huying.kernel.models import OPEN_TASK, Call, CallState, Incident, Matter, MatterState, Task, TaskRole, TaskState


@dataclass(slots=True)
class TaskLine:
    """A task as facts tell it."""

    matter: int
    parent: int | None
    role: str
    state: str = TaskState.GIVEN


@dataclass(slots=True)
class CallLine:
    """A voice as facts tell it."""

    matter: int
    state: str = CallState.OPEN


@dataclass(slots=True)
class Told:
    """What the facts read so far say."""

    matters: dict[int, str] = field(default_factory=dict)
    tasks: dict[int, TaskLine] = field(default_factory=dict)
    calls: dict[int, CallLine] = field(default_factory=dict)
    incidents: dict[int, bool] = field(default_factory=dict)  # by their matters, whether they run
    below: dict[int, list[int]] = field(default_factory=dict)  # the tasks of each matter

    def end_tasks(self, matter: int) -> None:
        """The matter ended: what is still open under it is cancelled."""
        for pk in self.below.get(matter, []):
            if self.tasks[pk].state in OPEN_TASK:
                self.tasks[pk].state = TaskState.CANCELLED


class Untold(LookupError):
    """A fact of which this module does not know what it does to states."""


# the fact, what it is about, and the state in which it leaves that
SETS: dict[str, tuple[str, str]] = {
    "call.answered": ("call", CallState.ANSWERED),
    "call.closed": ("call", CallState.CLOSED),
    "call.ended": ("call", CallState.ENDED),
    "call.reopened": ("call", CallState.OPEN),
    "matter.accepted": ("matter", MatterState.ACCEPTED),
    "matter.closed": ("matter", MatterState.CLOSED),
    "matter.concluded": ("matter", MatterState.CONCLUDED),
    "matter.declined": ("matter", MatterState.DECLINED),
    "matter.merged": ("matter", MatterState.MERGED),
    "matter.referred": ("matter", MatterState.REFERRED),
    "matter.reopened": ("matter", MatterState.WORKING),
    "matter.requeued": ("matter", MatterState.ACCEPTED),
    "matter.withdrawn": ("matter", MatterState.WITHDRAWN),
    "matter.settled": ("matter", MatterState.ANSWERED),
    "task.answered_at_once": ("task", TaskState.DONE),
    "task.cancelled": ("task", TaskState.CANCELLED),
    "task.ended": ("task", TaskState.DONE),
    "task.taken": ("task", TaskState.DONE),
    "task.waived": ("task", TaskState.CANCELLED),
    "task.passed_down": ("task", TaskState.PASSED),
    "task.sent_back": ("task", TaskState.SENT_BACK),
    "task.recalled": ("task", TaskState.SIGNED),
    "task.transferred": ("task", TaskState.CANCELLED),
    "task.returned": ("task", TaskState.RETURNED),
    "task.signed": ("task", TaskState.SIGNED),
    "task.submitted": ("task", TaskState.SUBMITTED),
}
KEEPS = frozenset(
    {
        *("call.looked", "call.followed", "call.told", "call.silent", "call.asked", "call.supplied"),
        *("call.checked", "call.excluded", "call.pleaded"),
        *("call.conclusion_proposed", "call.conclusion_decided", "call.conclusion_refused"),
        *("matter.joined", "matter.split", "matter.widened", "incident.told", "matter.boundary_settled"),
        *("matter.stood_in", "task.assigned"),
        *(
            "task.contacted",
            "task.assist_asked",
            "task.answer_written",
            "task.paused",
            "task.resumed",
            "task.extension_asked",
            "task.extension_decided",
        ),
    }
)


def _call_opened(told: Told, fact: Any) -> None:
    told.calls[fact.call] = CallLine(fact.matter)


def _call_moved(told: Told, fact: Any) -> None:
    told.calls[fact.call].matter = fact.matter


def _matter_opened(told: Told, fact: Any) -> None:
    told.matters[fact.matter] = MatterState.RECEIVED


def _task_given(told: Told, fact: Any) -> None:
    told.tasks[fact.task] = TaskLine(fact.matter, fact.parent, fact.role)
    told.below.setdefault(fact.matter, []).append(fact.task)
    told.matters[fact.matter] = MatterState.WORKING


def _task_approved(told: Told, fact: Any) -> None:
    """The answer climbs: the task above is finished where nobody stands over it, else it goes up, or to the lead."""
    task = told.tasks[fact.task]
    task.state = TaskState.DONE
    if task.parent is not None:
        above = told.tasks[task.parent]
        at_the_top = above.parent is None and above.role == TaskRole.LEAD
        above.state = TaskState.DONE if at_the_top else TaskState.SUBMITTED


def _task_adjudicated(told: Told, fact: Any) -> None:
    """The ground did not hold; or it did, and who gave the task has it again."""
    task = told.tasks[fact.task]
    task.state = TaskState.GIVEN if fact.stays else TaskState.CANCELLED
    if fact.stays:
        return
    if task.parent is not None:
        told.tasks[task.parent].state = TaskState.SIGNED
    elif task.role == TaskRole.LEAD:
        told.matters[task.matter] = MatterState.ACCEPTED


def _task_interim(told: Told, fact: Any) -> None:
    """It works on, or another does from here."""
    told.tasks[fact.task].state = TaskState.GIVEN if fact.to == fact.bearer else TaskState.CANCELLED


def _matter_answered(told: Told, fact: Any) -> None:
    told.matters[fact.matter] = MatterState.ANSWERED
    told.end_tasks(fact.matter)


def _call_rated(told: Told, fact: Any) -> None:
    if not fact.solved:
        told.calls[fact.call].state = CallState.OPEN


def _incident_declared(told: Told, fact: Any) -> None:
    told.incidents[fact.matter] = True


def _incident_ended(told: Told, fact: Any) -> None:
    told.incidents[fact.matter] = False


def _call_called_back(told: Told, fact: Any) -> None:
    if fact.outcome == "unsolved":
        told.calls[fact.call].state = CallState.OPEN


DOES: dict[str, Callable[[Told, Any], None]] = {
    "call.opened": _call_opened,
    "call.moved": _call_moved,
    "call.rated": _call_rated,
    "incident.declared": _incident_declared,
    "incident.ended": _incident_ended,
    "call.called_back": _call_called_back,
    "matter.opened": _matter_opened,
    "matter.answered": _matter_answered,
    "task.given": _task_given,
    "task.approved": _task_approved,
    "task.adjudicated": _task_adjudicated,
    "task.interim": _task_interim,
}


def replay(facts: Iterable[log.Told]) -> Told:
    """The states after these facts. Raises Untold for a fact of the kernel that nothing is known of."""
    told = Told()
    for row in facts:
        apply(told, row.name, row.fact)
    return told


def apply(told: Told, name: str, fact: Any) -> None:
    """One fact more. Raises Untold."""
    if name in DOES:
        DOES[name](told, fact)
    elif name in SETS:
        on, state = SETS[name]
        _set(told, on, getattr(fact, on), state)
    elif name not in KEEPS and name.split(".")[0] in ("matter", "task", "call", "incident"):  # promises stand beside states
        raise Untold(f"say in kernel/rebuild.py what {name} does to states")


def _set(told: Told, on: str, pk: int, state: str) -> None:
    if on == "matter":
        told.matters[pk] = state
    elif on == "task":
        told.tasks[pk].state = state
    else:
        told.calls[pk].state = state


def differences() -> Iterator[str]:
    """Where the tables say something else than the whole log. Nothing, when all is well."""
    told = replay(log.everything())
    yield from _compare("matter", told.matters, dict(Matter.objects.values_list("pk", "state")))
    tasks = {pk: (line.state, line.matter) for pk, line in told.tasks.items()}
    yield from _compare("task", tasks, _lines(Task.objects.values_list("pk", "state", "matter")))
    calls = {pk: (line.state, line.matter) for pk, line in told.calls.items()}
    yield from _compare("call", calls, _lines(Call.objects.values_list("pk", "state", "matter")))
    running = {pk: ended is None for pk, ended in Incident.objects.values_list("pk", "ended_at")}
    yield from _compare("incident", told.incidents, running)


def _lines(rows: Iterable[tuple[int, str, int]]) -> dict[int, tuple[str, int]]:
    return {pk: (state, matter) for pk, state, matter in rows}


def _compare(name: str, told: Mapping[int, object], there: Mapping[int, object]) -> Iterator[str]:
    for pk in sorted(there.keys() | told.keys()):
        if there.get(pk) != told.get(pk):
            yield f"{name}:{pk} is {there.get(pk)} in its table and {told.get(pk)} by the log"
