"""Give a task to a bearer: what dispatch, pass_down and reopen share."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import clocks, succession
from huying.kernel.errors import Refused
from huying.kernel.events import TaskGiven
from huying.kernel.models import Matter, Task, TaskRole
from huying.kernel.work import Work


def give(
    work: Work,
    bearer: Department,
    *,
    parent: Task | None = None,
    role: str = TaskRole.LEAD,
    how: str = "hand",
    note: str = "",
) -> Task:
    """A new task for `bearer`, below `parent` when there is one, with its clocks for signing and first contact."""
    matter = work.matter
    _not_about(matter, bearer)
    giver = parent.bearer if parent else None
    task = Task(matter=matter, parent=parent, bearer=bearer, giver=giver, turn=bearer, role=role, given_at=work.at)
    task.kind, task.sort, task.area = matter.kind, matter.sort, matter.area
    task.district = city.district_of(matter.area) if matter.area else None
    task.save()
    giver_key = giver.key if giver else None
    parent_id = parent.pk if parent else None
    work.tell(TaskGiven(task.pk, matter.pk, parent_id, bearer.key, giver_key, role, matter.duty_key, how), note)
    clocks.start(work, "sign", task)
    if role == TaskRole.LEAD:
        clocks.start(work, "contact", task)
    task.due_at = clocks.next_due(task, matter)
    task.save(update_fields=["due_at"])
    return task


def _not_about(matter: Matter, bearer: Department) -> None:
    """A body never bears what complains about it, nor does its successor."""
    if succession.complained_of(matter, bearer):
        raise Refused("about_it", _("这件投诉的就是这个单位，不能由它承办，请换一个单位。"))
