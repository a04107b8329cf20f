"""谁看过: what is open to an officer now, who looked at whom, and what the auditor has to look into."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from huying.base import clock
from huying.kernel import looks, rules
from huying.kernel.models import Call, Look
from huying.people.actors import Actor

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A field that an officer opened, and when it closes."""

    value: str
    until: datetime


def opened(actor: Actor, calls: Iterable[Call]) -> dict[int, dict[str, Opened]]:
    """By call and field, what this officer has open now. One query, and none of it where nothing is open."""
    by_id = {call.pk: call for call in calls}
    found: dict[int, dict[str, Opened]] = {}
    if actor.officer is None or not by_id:
        return found
    now = clock.now()
    for row in Look.objects.filter(officer=actor.officer, until__gt=now, call__in=by_id).order_by("until"):
        call = by_id[row.call_id]
        if looks.may_open(actor, call):
            found.setdefault(call.pk, {})[row.field] = Opened(looks.held(call, row.field), row.until)
    return found


def lookable(actor: Actor, calls: Iterable[Call]) -> set[int]:
    """Of which of these calls the officer may open something."""
    scope = rules.scope(actor, "look", "call")
    open_to = [call.pk for call in calls if looks.may_open(actor, call)]
    if scope is None or actor.officer is None or not open_to:
        return set()
    return set(Call.objects.filter(scope, pk__in=open_to).values_list("pk", flat=True))


def audits_looks(actor: Actor) -> bool:
    """Whether the officer is one who looks into looks."""
    return rules.scope(actor, "explain_look", "call") is not None


def looks_at(call: Call) -> list[Look]:
    """Who looked at this call's caller, the newest first."""
    return list(Look.objects.filter(call=call).select_related("officer", "department", "call").order_by("-at", "-id")[:LIMIT])


def my_looks(actor: Actor) -> list[Look]:
    """Who looked at the signed-in caller in any of her calls, the newest first."""
    if actor.party is None:
        return []
    rows = Look.objects.filter(call__caller=actor.party).select_related("officer", "department", "call")
    return list(rows.order_by("-at", "-id")[:LIMIT])


def to_explain(actor: Actor) -> list[Look]:
    """What an auditor has to look into: objections first, then what was unusual; the longest waiting in front."""
    scope = rules.scope(actor, "explain_look", "call")
    if scope is None:
        return []
    rows = Look.objects.filter(asked=True, explained_at__isnull=True, call__in=Call.objects.filter(scope))
    found = rows.select_related("officer", "department", "call").order_by("id")[:LIMIT]
    return sorted(found, key=lambda row: (row.objected_at is None, row.objected_at or row.at))
