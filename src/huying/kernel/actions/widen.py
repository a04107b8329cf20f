"""一并重办: one voice's "not solved" reopens that voice alone, unless the desk finds that it concerns the others too."""

from django.utils.translation import gettext as _

from huying.kernel import moves
from huying.kernel.actions.reopen import take_along
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import MatterWidened
from huying.kernel.models import CallState, Matter
from huying.kernel.work import on_matter
from huying.people.actors import Actor


def widen(actor: Actor, matter_id: int, note: str) -> Matter:
    """Open the matter's other answered voices again too, each with a new promise; all read the reason in `note`.

    Who said her word, or was silent to the end, is left as she is. Raises NotThere, Refused (nobody to take along), BadInput.
    """
    if not note.strip():
        raise BadInput({"note": _("请写明为什么其他人的也要重办，他们看得到。")})
    with on_matter(actor, "widen", matter_id) as work:
        moves.target("matter", "widen", work.matter.state)
        calls = list(work.matter.calls.filter(state=CallState.ANSWERED).order_by("id"))
        if not calls or not work.matter.calls.filter(state=CallState.OPEN, reopened__gt=0).exists():
            raise Refused("alone", _("没有别的已答复、还没说话的来电人要一并重办。"))
        for call in calls:
            take_along(work, call)
        work.tell(MatterWidened(work.matter.pk, len(calls)), note.strip())  # last, so that it stands in their history too
    return work.matter
