"""A department's share of a case beside the matter: its item, what she wrote and sent for it, and what the city holds."""

from collections.abc import Sequence
from typing import Any

from huying.city import catalogue
from huying.features.services import awaiting, fetching, papers, passing, paying, visiting
from huying.features.services import queries as services
from huying.features.services.deciding import remedy_of
from huying.features.services.form import title_of
from huying.features.services.models import Bill, Upload
from huying.kernel.models import TaskRole
from huying.kernel.queries import MatterView
from huying.people.actors import Actor


def decides(view: MatterView) -> bool:
    """Whether the officer's answer here is a decision on an item."""
    return view.task is not None and view.task.role == TaskRole.BRANCH and "answer" in view.verbs


def can_pass(view: MatterView) -> bool:
    """Whether there is a body below to which this item may go."""
    return view.task is not None and "pass_down_branch" in view.verbs and bool(passing.below(view.task))


def fee_verbs(view: MatterView) -> list[str]:
    """What may be done now about the fee of this item."""
    if view.task is None or view.task.role != TaskRole.BRANCH:
        return []
    owed = paying.to_give_back().filter(branch__task=view.task, how=Bill.How.COUNTER).exists()
    if owed and view.task.bearer_id:
        return ["return_fee"]
    if "answer" not in view.verbs:
        return []
    branch = paying.of_task(view.task.pk)
    return [] if branch is None or not paying.unpaid({view.task.pk: branch}) else ["take_fee", "set_fee"]


def context(actor: Actor, view: MatterView) -> dict[str, Any]:
    """The share, in words; nothing for any other matter. Raises KeyTrouble."""
    share = services.share_of(actor, view.task)
    if share is None:
        return {"share": None}
    whole = catalogue.whole(share.branch.case.version_id)
    assert whole, "a share is of a version that there is"
    return {
        "share": share,
        "share_fields": [(title_of(row.asked), _value(row), row.value is None) for row in share.fields],
        "share_papers": [(row, named(row.uploads)) for row in share.papers],
        "share_supplied": named(share.supplied),
        "remedy": share.branch.remedy or remedy_of(share.branch),
        "may_fetch": fetching.can_fetch()
        and decides(view)
        and any(p.paper.material.held and p.fetched is None for p in share.papers),
        "registers": fetching.can_fetch(),
        "decides": decides(view),
        "due": paying.due_of(share.branch, whole, paying.bills_of(share.branch.case_id).get(share.branch.pk)),
        "awaits": view.task is not None and bool(awaiting.waiting([share.branch])),
        "visit": visiting.of_case(share.branch.case).get(share.branch.pk),
        "below": passing.below(view.task) if view.task and "pass_down_branch" in view.verbs else [],
    }


def _value(row: services.FieldShown) -> str:
    schema, value = row.asked.field.schema, row.value
    rows = schema.get("oneOf") or schema.get("items", {}).get("oneOf") or ()
    titles = {one["const"]: str(one["title"]) for one in rows}
    if isinstance(value, list):
        return "、".join(titles.get(one, str(one)) for one in value)  # read, not said: names of a list
    return titles.get(value, str(value)) if value not in (None, "") else ""


def named(rows: Sequence[Upload]) -> list[tuple[Upload, str]]:
    """Files with what they were called."""
    return [(row, papers.name_of(row)) for row in rows]
