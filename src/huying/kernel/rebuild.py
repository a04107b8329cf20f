"""What the log alone tells: states, who bears a task and whose turn it is, what is promised until when, whose voice is where.

Equal to the tables, or a verb wrote what it did not tell. Which columns are compared, and how each follows from the
facts, stands in `compared.py`; here each fact says what it does.

A fact either sets a state, as `SETS` says, or does more, as a function says, or leaves all states as they are (`KEEPS`).
A fact that stands in none of the three is refused.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from huying.events import log
from huying.kernel import compared
from huying.kernel.models import CallState, MatterState, TaskRole, TaskState
from huying.kernel.told import CallLine, PromiseLine, TaskLine, Told, key_of


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
    "matter.withdrawn": ("matter", MatterState.WITHDRAWN),
    "matter.settled": ("matter", MatterState.ANSWERED),
    "task.answered_at_once": ("task", TaskState.DONE),
    "task.cancelled": ("task", TaskState.CANCELLED),
    "task.ended": ("task", TaskState.DONE),
    "task.taken": ("task", TaskState.DONE),
    "task.waived": ("task", TaskState.CANCELLED),
    "task.passed_down": ("task", TaskState.PASSED),
    "task.recalled": ("task", TaskState.SIGNED),
    "task.transferred": ("task", TaskState.CANCELLED),
    "task.vacated": ("task", TaskState.CANCELLED),
    "matter.vacated": ("matter", MatterState.ACCEPTED),
    "task.returned": ("task", TaskState.RETURNED),
    "task.signed": ("task", TaskState.SIGNED),
    "task.submitted": ("task", TaskState.SUBMITTED),
}
OURS = ("matter", "task", "call", "promise", "incident")  # the kernel's own facts
KEEPS = frozenset(
    {
        *("call.looked", "call.followed", "call.told", "call.silent", "call.asked", "call.supplied"),
        *("call.checked", "call.pleaded", "call.messaged", "call.message_answered"),
        *("call.objected", "call.objection_answered", "call.look_reviewed"),
        *("call.conclusion_proposed", "call.conclusion_decided", "call.conclusion_refused"),
        *("matter.joined", "matter.split", "matter.widened", "incident.told", "matter.boundary_settled"),
        *("matter.stood_in", "task.assigned"),
        *("promise.reminded", "promise.supervised", "promise.raised"),
        *(
            "task.contacted",
            "task.assist_asked",
            "task.answer_written",
            "task.pause_overran",
            "task.extension_asked",
            "task.extension_decided",
        ),
    }
)


def _call_opened(told: Told, fact: Any) -> None:
    told.calls[fact.call] = CallLine(fact.matter)


def _call_moved(told: Told, fact: Any) -> None:
    told.calls[fact.call].matter = fact.matter
    for (_matter, _task, call, _what), lines in told.promises.items():
        for line in lines if call == fact.call else ():
            line.matter = fact.matter


def _call_excluded(told: Told, fact: Any) -> None:
    told.calls[fact.call].excluded = fact.why


def _matter_opened(told: Told, fact: Any) -> None:
    told.matters[fact.matter] = MatterState.RECEIVED


def _task_given(told: Told, fact: Any) -> None:
    told.tasks[fact.task] = TaskLine(fact.matter, fact.parent, fact.role, fact.bearer, fact.giver)
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
    line = told.calls[fact.call]
    line.solved, line.grade = fact.solved, fact.grade
    if not fact.solved:
        line.state = CallState.OPEN


def _matter_reopened(told: Told, fact: Any) -> None:
    told.matters[fact.matter], told.reopened[fact.matter] = MatterState.WORKING, fact.times


def _matter_requeued(told: Told, fact: Any) -> None:
    told.matters[fact.matter], told.reopened[fact.matter] = MatterState.ACCEPTED, fact.times


def _task_sent_back(told: Told, fact: Any) -> None:
    task = told.tasks[fact.task]
    task.state, task.judge = TaskState.SENT_BACK, fact.to


def _task_paused(told: Told, fact: Any) -> None:
    told.tasks[fact.task].until = fact.until


def _task_resumed(told: Told, fact: Any) -> None:
    told.tasks[fact.task].until = 0


def _task_reassigned(told: Told, fact: Any) -> None:
    task = told.tasks[fact.task]
    task.state = TaskState.GIVEN
    if fact.how == "passed":
        task.giver = fact.bearer
    task.bearer = fact.to


def _task_succeeded(told: Told, fact: Any) -> None:
    task = told.tasks[fact.task]
    task.bearer, task.giver, task.judge = fact.to, fact.giver, fact.turn


# --- Promises ---------------------------------------------------------------------------------------------------------


def _lines(told: Told, fact: Any) -> list[PromiseLine]:
    return told.promises.setdefault(key_of(fact.matter, fact.task, fact.call, fact.what), [])


def _made(told: Told, fact: Any) -> None:
    _lines(told, fact).append(PromiseLine(fact.matter, fact.due))


def _over(told: Told, fact: Any) -> None:
    _lines(told, fact).pop(0)


def _later(told: Told, fact: Any) -> None:
    for line in _lines(told, fact):
        line.due, line.broken = fact.due, False


def _replanned(told: Told, fact: Any) -> None:
    for line in _lines(told, fact):
        # that something else moved excuses nobody: what is late stays late until its day is later than it was
        line.due, line.broken = fact.due, line.broken and fact.due <= fact.before


def _resumed(told: Told, fact: Any) -> None:
    for line in _lines(told, fact):
        # a clock that stood still was not late, but one that was late before stays so, unless its day is later now
        line.stands, line.broken, line.due = False, line.broken and fact.due <= line.due, fact.due


def _stands(told: Told, fact: Any) -> None:
    for line in _lines(told, fact):
        line.stands, line.why = True, fact.why


def _broken(told: Told, fact: Any) -> None:
    for line in _lines(told, fact):
        line.broken = True


def _incident_declared(told: Told, fact: Any) -> None:
    told.incidents[fact.matter] = True


def _incident_ended(told: Told, fact: Any) -> None:
    told.incidents[fact.matter] = False


def _call_called_back(told: Told, fact: Any) -> None:
    line = told.calls[fact.call]
    if fact.outcome != "unreached":
        line.solved, line.grade = fact.outcome == "solved", fact.grade
    if fact.outcome == "unsolved":
        line.state = CallState.OPEN


DOES: dict[str, Callable[[Told, Any], None]] = {
    "call.opened": _call_opened,
    "call.moved": _call_moved,
    "call.excluded": _call_excluded,
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
    "task.paused": _task_paused,
    "task.resumed": _task_resumed,
    "task.sent_back": _task_sent_back,
    "task.reassigned": _task_reassigned,
    "task.succeeded": _task_succeeded,
    "matter.reopened": _matter_reopened,
    "matter.requeued": _matter_requeued,
    "promise.made": _made,
    "promise.met": _over,
    "promise.dropped": _over,
    "promise.extended": _later,
    "promise.recomputed": _later,
    "promise.replanned": _replanned,
    "promise.resumed": _resumed,
    "promise.paused": _stands,
    "promise.broken": _broken,
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
    elif name not in KEEPS and name.split(".")[0] in OURS:
        raise Untold(f"say in kernel/rebuild.py what {name} does to states and promises")


def _set(told: Told, on: str, pk: int, state: str) -> None:
    if on == "matter":
        told.matters[pk] = state
    elif on == "task":
        told.tasks[pk].state = state
    else:
        told.calls[pk].state = state


def differences() -> Iterator[str]:
    """Where the tables say something else than the whole log. Nothing, when all is well."""
    return compared.differences(replay(log.everything()))
