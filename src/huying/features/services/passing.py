"""Where an item of a case may be passed down to: the levels that the item names, at the place of the application."""

from django.utils.translation import gettext as _

from huying.city import catalogue
from huying.city import queries as city
from huying.city.models import Department, Level
from huying.features.services.models import Branch
from huying.kernel import actions as kernel
from huying.kernel.errors import BadInput, NotThere
from huying.kernel.models import Task
from huying.people.actors import Actor

_DOWN = (str(Level.CITY), str(Level.DISTRICT), str(Level.STREET))
STREET_OFFICE = "street-office"


def below(task: Task) -> list[Department]:
    """The bodies below its bearer that may bear this branch, the highest first; none where the item stays where it is."""
    branch = Branch.objects.select_related("case__matter__area").filter(task=task).first()
    whole = catalogue.whole(branch.case.version_id) if branch else None
    area = branch.case.matter.area if branch else None
    if branch is None or whole is None or area is None:
        return []
    item = whole.items[branch.item]
    if item.down_to not in _DOWN or task.bearer.level not in _DOWN:
        return []
    found = []
    for level in _DOWN[_DOWN.index(task.bearer.level) + 1 : _DOWN.index(item.down_to) + 1]:
        one = city.department_of(item.body.key, level, area)
        if one is None and level == Level.STREET:
            one = city.department_of(STREET_OFFICE, level, area)
        found += [one] if one else []
    return found


def pass_down(actor: Actor, task_id: int, bearer_id: int, note: str = "") -> Task:
    """Give the branch to a body below, where its item may be. Raises NotThere, Refused, BadInput."""
    task = Task.objects.select_related("bearer").filter(pk=task_id).first()
    if task is None:
        raise NotThere
    to = next((one for one in below(task) if one.pk == bearer_id), None)
    if to is None and any(post.department_id == task.bearer_id for post in actor.posts):
        raise BadInput({"bearer_id": _("这一事项不能交给这个单位，请重新选择。")})
    return kernel.pass_down_branch(actor, task_id, to or task.bearer, note)  # of a stranger nothing is found there
