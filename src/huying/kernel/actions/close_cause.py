"""专项办结: a cause that stands is closed with what was changed, and with nothing less."""

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.events import log
from huying.kernel import rules, said
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.events import CauseClosed
from huying.kernel.models import Cause
from huying.people.actors import Actor

SHORTEST, LONGEST = 10, 500


def close_cause(actor: Actor, cause_id: int, changed: str) -> Cause:
    """Say what was changed so that it does not come again. Raises NotThere, Refused (closed already), BadInput."""
    with transaction.atomic():
        row = Cause.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=cause_id).first()
        if row is None or row.owner is None or not rules.may(actor, "close_cause", row.owner):
            raise NotThere
        if row.closed_at is not None:
            raise Refused("closed", _("这个专项已经办结了。"))
        text = changed.strip()
        if not SHORTEST <= len(text) <= LONGEST:
            raise BadInput({"changed": _("写清楚改了什么、以后怎么不再发生，10 到 500 字。")})
        row.changed, row.closed_at, row.closed_by = said.for_all(text), clock.now(), actor.officer
        row.version += 1
        row.save(update_fields=["changed", "closed_at", "closed_by", "version"])
        fact = CauseClosed(row.pk, row.owner.key, row.members.count())
        log.record([log.Entry(fact, f"cause:{row.pk}", row.version, actor.name)])
    return row
