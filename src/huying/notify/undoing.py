"""What was told and holds no more: a message that has not left yet does not leave."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from huying.base import clock
from huying.events.log import Told
from huying.notify.models import Message, Notice, State

WHY = "what it said holds no more"


def let_go(told: Told, names: Sequence[str], moment: datetime) -> None:
    """What the texts of these names said before of this moment does not leave any more; it stands on the portal alone."""
    free = Q(claim_until__isnull=True) | Q(claim_until__lte=clock.now())
    said = Notice.objects.filter(subject=told.subject, version__lt=told.version, template__in=names, by=moment)
    waiting = Message.objects.select_for_update().filter(free, state=State.PLANNED, began_at__isnull=True)
    found = list(waiting.filter(pk__in=said.values("message")).values_list("pk", flat=True))
    said.filter(message__in=found).update(message=None)
    empty = Message.objects.filter(pk__in=found, notices__isnull=True)
    empty.update(state=State.GIVEN_UP, ended_at=clock.now(), reason=WHY)
