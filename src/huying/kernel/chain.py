"""The chain of tasks from giver to giver: who judges what is sent back, and how the task above is its bearer's own again."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import clocks, moves, parts
from huying.kernel.errors import Refused
from huying.kernel.models import Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.rules import DESK_TYPE


def desk() -> Department:
    """The city's desk. Raises Refused where the pack has none."""
    found = city.department_of(DESK_TYPE, "city", None)
    if found is None:
        raise Refused("no_desk", _("本市还没有设热线中心，退单没有人裁定。"))
    return found


def judge_of(task: Task) -> Department:
    """Who adjudicates: the giver, else the city's desk. Raises Refused where the pack has none."""
    return task.giver or desk()


def back_to_giver(work: Work, parent: Task) -> None:
    """The task above is its bearer's own again."""
    parent.state = moves.target("task", "recall", parent.state)
    parent.turn = parent.bearer
    if parent.role == TaskRole.ASSIST:
        parts.promise_part(work, parent)
    elif parent.contacted_at is None and work.matter.voices:  # whoever works it next still has to speak with the caller
        clocks.start(work, "contact", parent)
    parent.due_at = clocks.next_due(parent, work.matter)
    parent.save()
