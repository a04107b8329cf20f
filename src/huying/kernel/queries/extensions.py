"""Extensions that wait for somebody to decide."""

from django.db.models import Q

from huying.events.asking import any_row
from huying.kernel.models import Extension, TaskRole
from huying.kernel.rules import DESK_TYPE
from huying.people.actors import Actor

MOST = 50


def extensions(actor: Actor, matter_id: int | None = None) -> list[Extension]:
    """What was asked of this actor and is not decided, the longest waiting first; on one matter, where one is named.

    A task with a giver is decided by the giver, any other by the city's desk; a branch by its own head.
    """
    if not any_row("SELECT 1 FROM kernel_extension WHERE granted IS NULL LIMIT 1"):
        return []
    branch = Q(task__role=TaskRole.BRANCH)
    mine = Q(task__giver__in=actor.departments("dispatcher", "head")) & ~branch
    if any(p.department_type == DESK_TYPE and p.role in ("dispatcher", "head") for p in actor.posts):
        mine |= Q(task__giver__isnull=True) & ~branch
    mine |= branch & Q(task__bearer__in=actor.departments("head"))
    # few wait in the whole city: begun from them, and not from the open tasks, however the database would weigh it
    waiting = Extension.objects.filter(granted__isnull=True)
    rows = Extension.objects.filter(mine, pk__in=waiting.values("pk"), task__is_open=True)
    if matter_id is not None:
        rows = rows.filter(task__matter=matter_id)
    return list(rows.select_related("task__matter", "task__bearer", "promise", "asked_by").order_by("asked_at", "id")[:MOST])
