"""Who stands apart from a matter: neither he nor his department worked it, so his word on it is nobody's own cause."""

from django.db.models import Q
from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel.errors import Refused
from huying.kernel.models import Matter, Response, Task
from huying.kernel.rules import DESK_TYPE
from huying.people.actors import Actor


def bodies(matter: Matter) -> set[int]:
    """The departments that bore or gave a task of the matter, their successors, and whom it complains about.

    The city's desk is none of them, though it may have answered at once: it dispatches and asks for everybody.
    """
    rows = Task.objects.filter(matter=matter).exclude(bearer__type=DESK_TYPE).select_related("bearer")
    found = {row.bearer_id for row in rows} | {city.department_now(row.bearer).pk for row in rows}
    if matter.about is not None:
        found |= {matter.about.pk, city.department_now(matter.about).pk}
    return found


def stands_apart(actor: Actor, matter: Matter) -> bool:
    """Whether this officer may judge or ask about the matter: he did not work it, write or approve an answer to it."""
    if actor.officer is None or actor.departments() & bodies(matter):
        return False
    answered = Q(written_by=actor.officer) | Q(approved_by=actor.officer)
    worked = Task.objects.filter(matter=matter, handler=actor.officer).exists()
    return not worked and not Response.objects.filter(answered, matter=matter).exists()


def require(actor: Actor, matter: Matter) -> None:
    """Raises Refused for an officer who does not stand apart."""
    if not stands_apart(actor, matter):
        raise Refused("not_apart", _("这件是您或您的单位办过的，请由没有经手的同事来做。"))
