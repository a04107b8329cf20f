"""Who waits for whom: the lead, and who assists it, each with whose turn it is and by when."""

from dataclasses import dataclass
from datetime import datetime

from huying.base import clock
from huying.city.models import Department
from huying.kernel import parts, rules
from huying.kernel.models import Matter, Promise, Response, Task, TaskRole, TaskState
from huying.people.actors import Actor


@dataclass(frozen=True, slots=True)
class AtWork:
    """One task as everybody may read it: `holder` has it now, which may be who reviews or adjudicates it."""

    bearer: Department
    holder: Department
    role: str
    state: str
    due_at: datetime | None

    @property
    def late(self) -> bool:
        """Whether what it promised is overdue."""
        return self.due_at is not None and self.due_at <= clock.now()


@dataclass(frozen=True, slots=True)
class Helped:
    """A unit that contributed its part; `asked` is what was asked of it, '' where nothing was said."""

    unit: Department
    asked: str


@dataclass(frozen=True, slots=True)
class PartView:
    """An assisting task beside the lead's reply box: what was asked, what came, and what this officer may do with it."""

    task: Task
    holder: Department
    due_at: datetime | None
    response: Response | None
    verbs: list[str]

    @property
    def waiting(self) -> bool:
        """Whether the part is still to come."""
        return self.task.is_open and self.task.state != TaskState.SUBMITTED

    @property
    def late(self) -> bool:
        """Whether it is overdue."""
        return self.due_at is not None and self.due_at <= clock.now()


def at_work(matter: Matter) -> list[AtWork]:
    """The lead first, then who assists or did; nobody where nobody bears the matter."""
    lead = parts.leading(matter)
    rows = ([lead] if lead else []) + list(parts.of(matter).exclude(state=TaskState.CANCELLED))
    return [_row(matter, row) for row in rows]


def parts_for(actor: Actor, matter: Matter) -> list[PartView]:
    """The matter's assisting tasks, with what the actor may do with each: return it, or go on without it."""
    tasks = list(Task.objects.filter(matter=matter, role=TaskRole.ASSIST).select_related("turn", "bearer").order_by("id"))
    responses = list(Response.objects.filter(matter=matter).exclude(state="draft").order_by("id"))
    found = []
    for task in parts.of(matter).exclude(state=TaskState.CANCELLED):
        ids = parts.family(task, tasks)
        response = next((row for row in reversed(responses) if row.task_id in ids), None)
        verbs = [verb for verb in rules.verbs_now(actor, matter, task) if verb in ("return", "waive")]
        found.append(PartView(task, _holder(task, tasks), _due(ids), response, verbs))
    return found


def helped(response: Response) -> list[Helped]:
    """Who contributed to an answer, and what was asked of each."""
    taken = parts.of(response.matter).filter(state=TaskState.DONE, ended_at__lte=response.approved_at or clock.now())
    return list({task.bearer_id: Helped(task.bearer, task.asked) for task in taken}.values())


def _row(matter: Matter, task: Task) -> AtWork:
    tasks = [task, *Task.objects.filter(matter=matter, role=task.role, is_open=True).select_related("turn", "bearer")]
    return AtWork(task.bearer, _holder(task, tasks), task.role, task.state, _due(parts.family(task, tasks)))


def _holder(task: Task, tasks: list[Task]) -> Department:
    """Whose turn it is at the task or the deepest open one below it."""
    ids = parts.family(task, tasks)
    turns = [row.turn for row in sorted(tasks, key=lambda row: row.pk) if row.pk in ids and row.is_open and row.turn]
    return turns[-1] if turns else task.bearer


def _due(ids: set[int]) -> datetime | None:
    running = Promise.objects.filter(task__in=ids, ended_at__isnull=True).order_by("due_at")
    return running.values_list("due_at", flat=True).first()
