"""What facts tell of matters, tasks, calls and promises: the lines that `rebuild` writes and `compared` reads."""

from dataclasses import dataclass, field

from huying.kernel.models import OPEN_TASK, CallState, TaskRole, TaskState


@dataclass(slots=True)
class TaskLine:
    """A task as facts tell it."""

    matter: int
    parent: int | None
    role: str
    bearer: str
    giver: str | None
    state: str = TaskState.GIVEN
    judge: str | None = None  # who adjudicates, while it is sent back
    until: int = 0  # of a branch that stands by law: the end of the day on which it should go on

    @property
    def turn(self) -> str | None:
        """Whose turn it is follows from the state: nobody's while it is passed down or ended."""
        if self.state in (TaskState.GIVEN, TaskState.SIGNED, TaskState.RETURNED):
            return self.bearer
        if self.state == TaskState.SUBMITTED and self.parent is None and self.role == TaskRole.ASSIST:
            return None  # a part lies beside the lead's own box
        if self.state == TaskState.SUBMITTED and self.role == TaskRole.BRANCH:
            return self.bearer  # its own head reviews it, whoever passed it down
        if self.state == TaskState.SUBMITTED:
            return self.giver or self.bearer
        return self.judge if self.state == TaskState.SENT_BACK else None


@dataclass(slots=True)
class PromiseLine:
    """A promise that still runs."""

    matter: int
    due: int
    stands: bool = False
    why: str = ""  # it stands
    broken: bool = False


@dataclass(slots=True)
class CallLine:
    """A voice as facts tell it."""

    matter: int
    state: str = CallState.OPEN
    solved: bool | None = None
    grade: int | None = None
    excluded: str = ""


Key = tuple[int | None, int | None, int | None, str]  # matter where it has neither task nor call, task, call, what


@dataclass(slots=True)
class Told:
    """What the facts read so far say."""

    matters: dict[int, str] = field(default_factory=dict)
    tasks: dict[int, TaskLine] = field(default_factory=dict)
    calls: dict[int, CallLine] = field(default_factory=dict)
    incidents: dict[int, bool] = field(default_factory=dict)  # by their matters, whether they run
    below: dict[int, list[int]] = field(default_factory=dict)  # the tasks of each matter
    promises: dict[Key, list[PromiseLine]] = field(default_factory=dict)  # that run; one a key, or something is wrong
    reopened: dict[int, int] = field(default_factory=dict)  # by matter

    def end_tasks(self, matter: int) -> None:
        """The matter ended: what is still open under it is cancelled."""
        for pk in self.below.get(matter, []):
            if self.tasks[pk].state in OPEN_TASK:
                self.tasks[pk].state = TaskState.CANCELLED


def key_of(matter: int, task: int | None, call: int | None, what: str) -> Key:
    """What a promise is known by: a voice takes its own along to another matter."""
    return (None if task or call else matter, task, call, what)
