"""成为已知事件: the city knows of the matter, and everybody in its area reads so before she writes."""

from django.utils.translation import gettext as _

from huying.kernel import incidents, known, moves
from huying.kernel.actions.accept import accept_in
from huying.kernel.errors import Refused
from huying.kernel.incidents import Notice
from huying.kernel.models import Incident, MatterState
from huying.kernel.work import on_matter
from huying.people.actors import Actor


def declare_incident(actor: Actor, matter_id: int, notice: Notice) -> Incident:
    """Make a matter at work a known incident; one that is still new is accepted on the way.

    Raises NotThere, Refused (it is one already, or may never be public), BadInput.
    """
    notice = incidents.read(notice)
    with on_matter(actor, "declare_incident", matter_id) as work:
        moves.target("matter", "declare_incident", work.matter.state)
        if not known.may_be_public(work.matter):
            raise Refused("not_public", _("举报，或者写明了投诉哪个单位的件，不能公开成已知事件。"))
        if known.running(work.matter) is not None:
            raise Refused("known_incident", _("这件已经是已知事件了，请用“说新情况”。"))
        if work.matter.state == MatterState.RECEIVED:
            accept_in(work)
        return incidents.declare(work, notice, incidents.speaker(actor, work.matter))
