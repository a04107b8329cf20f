"""Beside the box: answers of others that helped, and the law the duty stands on, each put into the box with one press."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huying.base import ids
from huying.city import queries as city
from huying.kernel import adviser, queries
from huying.kernel.models import TaskRole
from huying.kernel.queries import MatterView
from huying.people.actors import Actor

BOXES = {"answer": "answer", "answer_at_once": "t-at-once"}  # of each verb that answers a caller, its box on the page


def help_context(request: HttpRequest, actor: Actor, view: MatterView) -> dict[str, Any]:
    """What stands beside the box, and what was chosen of it by its address, in the box: after the draft, where there is one."""
    verb = next((verb for verb in BOXES if verb in view.verbs), "")
    if not verb or (view.task is not None and view.task.role == TaskRole.ASSIST):
        return {"model_there": False}
    duty = city.duty(view.matter.duty_key) if view.matter.duty_key else None
    law = _("依据：%(ground)s") % {"ground": duty.ground} if duty and duty.ground else ""
    rows = queries.examples(actor, view.matter, view.calls)
    context = {"examples": rows, "law": law, "help_box": BOXES[verb], "model_there": adviser.there() and view.calls != []}
    start = ids.row_id(request.GET.get("start", ""))
    chosen = next((row.start for row in rows if row.call_id == start), law if request.GET.get("ground") else "")
    if not chosen:
        return context
    draft = f"{view.draft.text}\n" if verb == "answer" and view.draft else ""
    return context | {"open_verb": verb, "typed": {"text": draft + chosen}}
