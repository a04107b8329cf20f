"""退单: the bearer says it is not his, with a legal ground. Another adjudicates, once; nothing is sent back twice."""

from django.utils.translation import gettext as _

from huying.kernel import clocks, gaps, moves, said
from huying.kernel.cancelling import end_task
from huying.kernel.chain import back_to_giver, judge_of
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import TaskAdjudicated, TaskSentBack
from huying.kernel.models import Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.voices import cancel_tasks
from huying.kernel.work import on_task
from huying.people.actors import Actor

SHORTEST = 8
GROUND_LIMIT = 300


def send_back(actor: Actor, task_id: int, ground: str) -> Task:
    """Send the task back to who gave it, or to the city's desk, which adjudicates within a promise of its own.

    Until then the clock of first contact goes on: the caller waits for no quarrel. Raises NotThere, Refused (also for
    a task that was adjudicated already), BadInput.
    """
    ground = ground.strip()
    if len(ground) < SHORTEST:
        raise BadInput({"ground": _("请写明法律依据或职责规定，并说明应归谁管，至少八个字。")})
    gaps.refuse(ground=ground)
    with on_task(actor, "send_back", task_id) as (work, task):
        if task.adjudicated:
            raise Refused("adjudicated", _("这件已经裁定过一次，不能再退。"))
        task.state = moves.target("task", "send_back", task.state)
        ground = said.of_officer(work.matter, ground, GROUND_LIMIT)
        judge = judge_of(task)
        task.ground, task.turn, task.handler = ground, judge, actor.officer
        clocks.meet(work, "sign", task)
        work.tell(TaskSentBack(task.pk, task.bearer.key, judge.key), ground)
        clocks.start(work, "adjudicate", task)
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
    return task


def adjudicate(actor: Actor, task_id: int, note: str) -> Task:
    """裁定不退: the ground does not hold, the bearer keeps it and must sign anew. Raises NotThere, Refused, BadInput."""
    note = _reason(note)
    with on_task(actor, "adjudicate", task_id) as (work, task):
        _judge(work, task, "adjudicate", note, stays=True)
        task.turn, task.handler = task.bearer, None
        clocks.start(work, "sign", task)
        task.due_at = clocks.next_due(task, work.matter)
        task.save()
    return task


def release(actor: Actor, task_id: int, note: str) -> Task:
    """裁定准退: the ground holds. The giver has it again, or the city's desk dispatches the matter anew.

    Raises NotThere, Refused, BadInput.
    """
    note = _reason(note)
    with on_task(actor, "release", task_id) as (work, task):
        _judge(work, task, "release", note, stays=False)
        end_task(work, task)
        if task.parent is not None:
            back_to_giver(work, task.parent)
        elif task.role == TaskRole.LEAD:
            cancel_tasks(work, "release")
            work.move("release")
    return task


def judged_by_another(work: Work, task: Task) -> None:
    """Raises Refused for the officer who sent it back."""
    if work.is_his(task.handler_id):
        raise Refused("own_ground", _("这件是您退的，请由另一位同事裁定。"))


def _judge(work: Work, task: Task, verb: str, note: str, *, stays: bool) -> None:
    task.state = moves.target("task", verb, task.state)
    judged_by_another(work, task)
    task.adjudicated = True
    clocks.meet(work, "adjudicate", task)
    work.tell(TaskAdjudicated(task.pk, task.bearer.key, judge_of(task).key, stays), note)


def _reason(note: str) -> str:
    if not note.strip():
        raise BadInput({"note": _("请写明裁定的理由，承办单位和来电人都看得到。")})
    return note.strip()
