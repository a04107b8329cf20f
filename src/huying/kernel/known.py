"""Which matters are known incidents now, and which may become one."""

from django.utils.translation import gettext as _

from huying.kernel import kinds
from huying.kernel.errors import Refused
from huying.kernel.models import Incident, Matter


def running(matter: Matter) -> Incident | None:
    """The incident that the matter is now; None where it is none, or no longer."""
    return Incident.objects.filter(matter=matter, ended_at__isnull=True).select_related("area", "teller").first()


def may_be_public(matter: Matter) -> bool:
    """Whether everybody may read of it: never what complains about a body, nor what is confidential."""
    return matter.about_id is None and not kinds.get(matter.kind).sort(matter.sort).confidential


def may_become(matter: Matter) -> bool:
    """Whether the matter may be declared a known incident."""
    return may_be_public(matter) and running(matter) is None


def none_runs(matter: Matter) -> None:
    """Raises Refused where the matter is a known incident: what everybody has read of ends by an end that all are told."""
    if running(matter) is not None:
        raise Refused("known_incident", _("这件是已知事件，大家都看得到。请先结束事件，或者把另一件并到这件里来。"))
