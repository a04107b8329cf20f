"""What was told and holds no more: a message that has not left yet does not leave."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from huying.base import clock
from huying.events import log
from huying.events.log import Told
from huying.notify.models import Message, Notice, State

WHY = "what it said holds no more"


def let_go(told: Told, names: Sequence[str], moment: datetime | None) -> None:
    """What the texts of these names said before, of the moment that is named or of the fact's own item, leaves no more.

    It stands on the portal alone.
    """
    free = Q(claim_until__isnull=True) | Q(claim_until__lte=clock.now())
    said = Notice.objects.filter(subject=told.subject, version__lt=told.version, template__in=names)
    if moment is not None:
        said = said.filter(by=moment)
    waiting = Message.objects.select_for_update().filter(free, state=State.PLANNED, began_at__isnull=True)
    found = list(waiting.filter(pk__in=said.values("message")).values_list("pk", flat=True))
    held = said.filter(message__in=found)
    if moment is None and found:
        held = held.filter(version__in=_of_item(told, held.values_list("version", flat=True)))
    held.update(message=None)
    empty = Message.objects.filter(pk__in=found, notices__isnull=True)
    empty.update(state=State.GIVEN_UP, ended_at=clock.now(), reason=WHY)


def _of_item(told: Told, versions: Iterable[int]) -> list[int]:
    """Those of the subject's facts that are about the same item."""
    wanted, item = set(versions), getattr(told.fact, "item", "")
    facts = log.history([told.subject]) if wanted else []
    return [row.version for row in facts if row.version in wanted and getattr(row.fact, "item", "") == item]
