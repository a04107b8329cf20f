"""不属于本部门: a body says that an item of a case is not its own; the dispatcher says whose it is, once. No clock stops."""

from django.utils.translation import gettext as _

from huying.city import calendar
from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import branches, chain, clocks, gaps, moves, promise, said
from huying.kernel.actions.dispatch_matter import bearer_of
from huying.kernel.actions.send_back import GROUND_LIMIT, SHORTEST, judged_by_another
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskAdjudicated, TaskReassigned, TaskSentBack
from huying.kernel.models import Task
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people.actors import Actor

ADJUDICATE, BASIS = "adjudicate", "不属于本部门的事项由派单员限期裁定一次"  # read, not said: beside the other grounds
DAYS = 1  # working days, where the pack does not say


def send_back_branch(actor: Actor, task_id: int, ground: str) -> Task:
    """Say that the item is another body's, before it is taken up. The applicant's clocks go on.

    Raises NotThere, Refused (it was taken up, or ruled on already), BadInput.
    """
    ground = ground.strip()
    if len(ground) < SHORTEST:
        raise BadInput({"ground": _("请写明法律依据或职责规定，并说明应归谁管，至少八个字。")})
    gaps.refuse(ground=ground)
    with on_task(actor, "send_back_branch", task_id) as (work, task):
        if task.adjudicated:
            raise Refused("adjudicated", _("这件已经裁定过一次，不能再退。"))
        task.state = moves.target("task", "send_back_branch", task.state)
        judge = chain.desk()
        task.ground, task.turn = said.of_officer(work.matter, ground, GROUND_LIMIT), judge
        task.handler = actor.officer
        work.tell(TaskSentBack(task.pk, task.bearer.key, judge.key), ground, to_caller=False)
        days = int(city.setting("branches.adjudicate", DAYS))
        due = promise.reckon(work.at, days, promise.WORKDAYS, calendar.current()).due_at
        row = branches.promise_of(work.matter, ADJUDICATE, work.at, due, BASIS)
        row.task = task
        clocks.keep(work, row)
        _timed(work, task)
    return task


def adjudicate_branch(actor: Actor, task_id: int, bearer_id: int, note: str) -> Task:
    """Say whose the item is: the body that sent it back keeps it, or another bears it from here within the same promise.

    Raises NotThere, Refused (who sent it back does not rule on it; the other body bears an item of this case already and
    would see more than its share), BadInput.
    """
    note = note.strip()
    if not note:
        raise BadInput({"note": _("请写明裁定的理由，承办单位看得到。")})
    to = bearer_of(bearer_id)
    with on_task(actor, "adjudicate_branch", task_id) as (work, task):
        task.state = moves.target("task", "adjudicate_branch", task.state)
        judged_by_another(work, task)
        before, judge = task.bearer, task.turn or chain.desk()
        task.adjudicated, task.handler = True, None
        clocks.meet(work, ADJUDICATE, task)
        if to.pk == before.pk:
            task.turn = before
            work.tell(TaskAdjudicated(task.pk, before.key, judge.key, stays=True), note, to_caller=False)
            _timed(work, task)
        else:
            reassign(work, task, to, (judge.key, "ruled", note))
    return task


def reassign(work: Work, task: Task, to: Department, said_of_it: tuple[str, str, str]) -> None:
    """The branch goes on with another body, under the same promise. `said_of_it`: the body that says so, how, and why."""
    by, how, note = said_of_it
    work.tell(TaskReassigned(task.pk, task.bearer.key, by, to.key, how), note, to_caller=False)
    task.bearer = task.turn = to
    _timed(work, task)
    branches.moved(work, task, "reassigned")


def _timed(work: Work, task: Task) -> None:
    task.due_at = clocks.next_due(task, work.matter)
    task.save()
