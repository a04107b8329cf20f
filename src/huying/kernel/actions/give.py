"""Give a task to a bearer: what dispatch, pass_down, transfer and reopen share."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import clocks, parts, said, succession
from huying.kernel.cancelling import cancel
from huying.kernel.errors import Refused
from huying.kernel.events import TaskGiven
from huying.kernel.models import OPEN_TASK, Matter, Promise, Task, TaskRole
from huying.kernel.record import Work


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of who assists, and in whose name; `by` is the day, `running` a promise that goes on below."""

    giver: Department | None = None
    asked: str = ""
    by: date | None = None
    running: Promise | None = None


def give(
    work: Work,
    bearer: Department,
    *,
    parent: Task | None = None,
    how: str = "hand",
    note: str = "",
    for_head: bool = False,
) -> Task:
    """A new leading task for `bearer`, below `parent` when there is one, with its clocks for signing and first contact.

    `for_head`: only a head of the bearer may take it. Who assisted and leads from here assists no more.

    Raises Refused (it complains about this body).
    """
    _not_about(work.matter, bearer)
    for part in parts.of(work.matter).filter(bearer=bearer, state__in=OPEN_TASK):
        cancel(work, part, "lead")
    task = _new(work, bearer, parent, parent.bearer if parent else None, TaskRole.LEAD)
    task.for_head = for_head
    _tell(work, task, how, note)
    clocks.start(work, "sign", task)
    if work.matter.voices:  # an incident that nobody has called about has nobody to speak with
        clocks.start(work, "contact", task)
    return _timed(work, task)


def give_part(
    work: Work, bearer: Department, part: Part, *, parent: Task | None = None, how: str = "hand", note: str = ""
) -> Task:
    """A new assisting task, with its clocks for signing and for the part.

    Raises Refused (it complains about this body, or it works the matter already), BadInput (a day that cannot be).
    """
    _not_about(work.matter, bearer)
    if Task.objects.filter(matter=work.matter, bearer=bearer, state__in=OPEN_TASK).exists():
        raise Refused("at_work", _("%(unit)s已经在办这件，不用再请。") % {"unit": bearer.short})
    task = _new(work, bearer, parent, parent.bearer if parent else part.giver, TaskRole.ASSIST, part.asked)
    _tell(work, task, how, note)
    clocks.start(work, "sign", task)
    if part.running is not None:
        parts.carry(work, part.running, task)
    else:
        parts.promise_part(work, task, part.by)
    return _timed(work, task)


def _new(work: Work, bearer: Department, parent: Task | None, giver: Department | None, role: str, asked: str = "") -> Task:
    matter = work.matter
    asked = said.of_officer(matter, asked)
    task = Task(matter=matter, parent=parent, bearer=bearer, giver=giver, turn=bearer, role=role, given_at=work.at, asked=asked)
    task.kind, task.sort, task.area = matter.kind, matter.sort, matter.area
    task.district = city.district_of(matter.area) if matter.area else None
    # who sent this matter back once and bears it again was adjudicated by that: nothing goes to and fro
    task.adjudicated = Task.objects.filter(matter=matter, bearer=bearer, role=role).exclude(ground="").exists()
    task.save()
    return task


def _tell(work: Work, task: Task, how: str, note: str) -> None:
    giver = task.giver.key if task.giver else None
    duty = work.matter.duty_key
    work.tell(TaskGiven(task.pk, work.matter.pk, task.parent_id, task.bearer.key, giver, task.role, duty, how), note)


def _timed(work: Work, task: Task) -> Task:
    task.due_at = clocks.next_due(task, work.matter)
    task.save(update_fields=["due_at", "for_head"])
    return task


def _not_about(matter: Matter, bearer: Department) -> None:
    """A body never bears what complains about it, nor does its successor."""
    if succession.complained_of(matter, bearer):
        raise Refused("about_it", _("这件投诉的就是这个单位，不能由它承办，请换一个单位。"))
