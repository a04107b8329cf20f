"""Decisions by the hundred, as a department's own system hands them over: the same checks, rows and facts as one by one."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from huying.events import rows
from huying.features.services import paying
from huying.features.services.deciding import Decision, kept, words_of
from huying.features.services.models import Branch, Outcome
from huying.kernel import crowd
from huying.kernel.errors import BadInput
from huying.people.actors import Actor

sign = crowd.sign
approve = crowd.approve


def decide(actor: Actor, decisions: Mapping[int, Decision]) -> None:
    """Write each decision, by task, and hand it to the reviewer. Raises NotThere, Refused, BadInput (by task)."""
    wrong = {str(task): found for task, one in decisions.items() if (found := one.wrong())}
    if wrong:
        raise BadInput(wrong)
    with crowd.on_tasks(actor, "submit", list(decisions)) as pairs:
        branches = Branch.objects.filter(task__in=list(decisions)).prefetch_related("case__party")
        of_task = {row.task_id: row for row in branches if row.task_id is not None}
        granted = {pk: row for pk, row in of_task.items() if decisions[pk].outcome == Outcome.GRANTED}
        if due := paying.unpaid(granted):
            raise BadInput({str(pk): _("还没有缴费（%(yuan)s 元）。") % {"yuan": yuan} for pk, yuan in due.items()})
        for work, task in pairs:
            kept(of_task[task.pk], decisions[task.pk], work.matter)
        crowd.submit(pairs, {task.pk: words_of(of_task[task.pk]) for _work, task in pairs})
        rows.update(list(of_task.values()), ("outcome", "result", "whole", "ground", "remedy"))


def tasks_of(actor: Actor, item: str, limit: int = 500) -> Sequence[int]:
    """The open branches of an item that the actor's departments bear, the first due in front."""
    found = Branch.objects.filter(item=item, task__is_open=True, bearer__in=actor.departments("handler", "head"))
    return list(found.order_by("task__due_at", "task").values_list("task", flat=True)[:limit])
