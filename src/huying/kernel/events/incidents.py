"""Facts of known incidents."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("incident.declared", 1, _("成为已知事件"))
class IncidentDeclared(msgspec.Struct, frozen=True):
    matter: int
    area: str
    by: str  # the department that speaks
    until: int | None  # when it is expected to be over, in seconds since 1970; None: nobody can say
    news: int  # when the next news come
    voices: int


@declare("incident.told", 1, _("说事件的新情况"))
class IncidentTold(msgspec.Struct, frozen=True):
    matter: int
    by: str
    until: int | None
    news: int


@declare("incident.ended", 1, _("事件结束"))
class IncidentEnded(msgspec.Struct, frozen=True):
    matter: int
    by: str
    how: str  # told: by somebody's word, which is the answer; answered: by an answer that was approved
    voices: int
