"""Of a matter that is worked in branches a department sees what it bears, and of the others nothing: not even that they are."""

from collections.abc import Sequence

from huying.kernel import rules
from huying.kernel.models import Task
from huying.kernel.queries.timeline import Hop
from huying.people.actors import Actor

WHOLE = ("call.opened", "call.ended", "call.closed", "matter.withdrawn")  # what happened to all of it


def own_of(actor: Actor, tasks: Sequence[Task]) -> list[Task]:
    """Those of one matter's tasks that the actor may see by himself."""
    scope = rules.visible_to(actor, "task")
    if scope is None or not tasks:
        return []
    seen = set(Task.objects.filter(scope, matter=tasks[0].matter_id).values_list("pk", flat=True))
    return [task for task in tasks if task.pk in seen]


def concerns(hop: Hop, ids: set[int], bearers: set[str]) -> bool:
    """Whether a hop is about these tasks or their bearers, by name, or about all of the matter."""
    if (task := hop.detail.get("task")) is not None:
        return task in ids
    if hop.bearer:
        return hop.bearer in bearers
    return hop.name in WHOLE
