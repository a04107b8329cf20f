"""Where a branch stands, in one word: what its task, its clock and its outcome say together."""

from dataclasses import dataclass
from enum import StrEnum

from huying.features.services.models import Branch, Outcome
from huying.kernel.models import TaskState


class Stage(StrEnum):
    """A branch waits, is worked, asks, is decided, or ended with the case."""

    WAITING = "waiting"  # for another item
    GIVEN = "given"  # lies with its department, nobody has taken it yet
    WORKING = "working"
    ASKING = "asking"  # the applicant for something: its clock stands still
    VISITING = "visiting"  # waits until she was at the counter: its clock stands still
    PAUSED = "paused"  # for what by law does not count: its clock stands still
    RULING = "ruling"  # its department says that it is another's: the clock goes on
    CHECKING = "checking"  # somebody wrote a decision, another looks it over
    GRANTED = "granted"
    REFUSED = "refused"
    FALLEN = "fallen"  # what it waited for was refused
    DROPPED = "dropped"  # the case was taken back


ENDED = (Stage.GRANTED, Stage.REFUSED, Stage.FALLEN, Stage.DROPPED)
STANDING = (Stage.ASKING, Stage.VISITING, Stage.PAUSED)  # time that does not count
_AT_WORK = (TaskState.GIVEN, TaskState.SIGNED, TaskState.RETURNED)
_OF_TASK = {
    TaskState.GIVEN: Stage.GIVEN,
    TaskState.SIGNED: Stage.WORKING,
    TaskState.RETURNED: Stage.WORKING,
    TaskState.SUBMITTED: Stage.CHECKING,
    TaskState.SENT_BACK: Stage.RULING,
    TaskState.CANCELLED: Stage.DROPPED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What else must be known of a branch: whether it asks, stands still by law or for her visit; whether its case is over."""

    asks: bool = False
    case_over: bool = False
    by_law: bool = False
    visit: bool = False


def stage_of(branch: Branch, standing: Standing) -> Stage:
    """The stage of a branch whose task, where it has one, was fetched with it."""
    if branch.ended_at is not None:
        return Stage(branch.outcome)
    if branch.task is None:
        return Stage.DROPPED if standing.case_over else Stage.WAITING
    if standing.asks and branch.task.is_open:
        return Stage.ASKING
    if standing.by_law and branch.task.is_open:
        return Stage.PAUSED
    if standing.visit and branch.task.state in _AT_WORK:
        return Stage.VISITING
    return _OF_TASK[TaskState(branch.task.state)]


def goes_on(branch: Branch) -> bool:
    """Whether it lets go on what waits for it."""
    return branch.ended_at is not None and branch.outcome == Outcome.GRANTED
