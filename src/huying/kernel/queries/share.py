"""Of a matter that is worked in branches a department sees what it bears, and of the others nothing: not even that they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from huying.kernel import rules
from huying.kernel.models import Task
from huying.kernel.queries.timeline import Hop
from huying.people.actors import Actor

if TYPE_CHECKING:  # the page's view holds a share, and a share is cut from the view
    from huying.kernel.queries.pages import MatterView

WHOLE = ("call.opened", "call.ended", "call.closed", "matter.withdrawn")  # what happened to all of it


def own_of(actor: Actor, tasks: Sequence[Task]) -> list[Task]:
    """Those of one matter's tasks that the actor may see by himself."""
    scope = rules.visible_to(actor, "task")
    if scope is None or not tasks:
        return []
    seen = set(Task.objects.filter(scope, matter=tasks[0].matter_id).values_list("pk", flat=True))
    return [task for task in tasks if task.pk in seen]


def share_of(view: "MatterView") -> "MatterView":
    """The page without what concerns other tasks than those that are shown."""
    ids, bearers = {task.pk for task in view.tasks}, {task.bearer.name for task in view.tasks}
    view.responses = [row for row in view.responses if row.task_id in ids]
    own = {row.pk for row in view.responses}
    view.response_photos = [row for row in view.response_photos if row.response_id in own]
    view.promises = [row for row in view.promises if row.task_id in ids]
    view.asks = [row for row in view.asks if row.task_id in ids]
    view.hops = [hop for hop in view.hops if _concerns(hop, ids, bearers)]
    return view


def _concerns(hop: Hop, ids: set[int], bearers: set[str]) -> bool:
    if (task := hop.detail.get("task")) is not None:
        return task in ids
    if hop.bearer:
        return hop.bearer in bearers
    return hop.name in WHOLE
