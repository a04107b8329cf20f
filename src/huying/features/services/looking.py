"""Personal fields of a share stay closed until an officer opens them: a look like any other, which she sees."""

from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import catalogue
from huying.features.services.models import Branch
from huying.kernel import rules
from huying.kernel.actions.look import open_now, record
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Look
from huying.kernel.work import on_call
from huying.people.actors import Actor

REASON = "item"  # why it is opened: her own application


def field_of(branch: Branch) -> str:
    """What such a look names as its field: the form's share of one item."""
    return f"form:{branch.item}"[:64]


def open_share(actor: Actor, task_id: int) -> Look:
    """Open what the share of this branch says of persons, for the pack's minutes. Open already, it is not looked at twice.

    Raises NotThere, Refused (nobody of this department works it any more).
    """
    branch = Branch.objects.select_related("case").filter(task=task_id).first()
    if branch is None or branch.task_id is None or not sees_share(actor, branch):
        raise NotThere
    whole = catalogue.whole(branch.case.version_id)
    item = whole.items[branch.item].name.zh if whole else branch.item
    with on_call(actor, "look", branch.case.call_id) as (work, call):
        post = next((post for post in actor.posts if post.department_id == branch.bearer_id), None)
        if post is None:
            raise Refused("not_yours", _("您的岗位不能做这一步。"))
        words = _("办理“%(item)s”") % {"item": item}
        found = open_now(actor, call, field_of(branch), work.at)
        return found or record(work, call, post, (field_of(branch), REASON, words))


def sees_share(actor: Actor, branch: Branch) -> bool:
    """Whether the share of this branch is the actor's to see: its own department's, and nobody else's."""
    task = branch.task
    if task is None or actor.officer is None:
        return False
    return rules.may(actor, "answer", task) or rules.may(actor, "approve", task)


def has_open(actor: Actor, branch: Branch) -> Look | None:
    """The look by which this officer has the share open now."""
    lasting = Look.objects.filter(call=branch.case.call_id, officer=actor.officer, field=field_of(branch))
    return lasting.filter(until__gt=clock.now()).order_by("-until").first() if actor.officer else None
