"""What waits for a panel: the conclusions on which an officer's department has not spoken, and whom a panel may be made of."""

from django.db.models import Q

from huying.base import clock
from huying.city.models import Department
from huying.kernel import apart, rules
from huying.kernel.models import Call, Conclusion, Matter, Seat
from huying.kernel.rules import DESK_TYPE
from huying.people.actors import Actor
from huying.people.models import Post

MOST = 50


def conclusions(actor: Actor) -> list[Seat]:
    """The empty seats of the actor's departments on panels that still weigh, the longest waiting first."""
    mine = actor.departments("head")
    if not mine:
        return []
    seats = Seat.objects.filter(department__in=mine, agrees__isnull=True, conclusion__ended_at__isnull=True)
    clause = rules.scope(actor, "decide_conclusion", "call")
    visible = Call.objects.none() if clause is None else Call.objects.filter(clause)
    found = seats.filter(conclusion__call__in=visible).select_related("conclusion__call__matter")
    return list(found.order_by("conclusion__proposed_at", "id")[:MOST])


def panel_for(matter: Matter) -> list[Department]:
    """The departments that may be asked: each has a head today, and none had a part in the matter."""
    today = clock.today()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    heads = Post.objects.filter(begun, lasting, role="head").values("department")
    rows = Department.objects.filter(pk__in=heads, valid_to__isnull=True).exclude(type=DESK_TYPE)
    return list(rows.exclude(pk__in=apart.bodies(matter)).order_by("level", "key"))


def conclusions_of(matter: Matter) -> list[Conclusion]:
    """Every proposal to end a voice of the matter, with the words of the panel, the oldest first."""
    rows = Conclusion.objects.filter(call__matter=matter).select_related("proposed_by", "call")
    return list(rows.prefetch_related("seats__department", "seats__officer").order_by("id"))
