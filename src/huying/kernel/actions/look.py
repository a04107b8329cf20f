"""阅: open a caller's phone number. Each look is a fact; a confidential or anonymous caller's number stays closed."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel.errors import Refused
from huying.kernel.events import CallLooked
from huying.kernel.models import Openness
from huying.kernel.work import on_call
from huying.people import parties
from huying.people.actors import Actor


def look(actor: Actor, call_id: int) -> str:
    """The caller's phone number in full. Raises NotThere, Refused (no number, or one that stays closed)."""
    with on_call(actor, "look", call_id) as (work, call):
        if call.openness != Openness.NAMED:
            raise Refused("closed_identity", _("来电人要求不公开身份，请用“留言”联系。"))
        phone = parties.known_phone(call.caller)
        if not phone:
            raise Refused("no_phone", _("来电人没有留电话，请用“留言”联系。"))
        work.tell_call(call, CallLooked(call.pk, "phone", _department(actor)))
        call.save()
    return phone


def _department(actor: Actor) -> str:
    """The key of the department for which the officer looks."""
    department = city.department_by_id(actor.posts[0].department_id) if actor.posts else None
    return department.key if department else ""
