"""What an officer may do with the voices of a matter, each for itself."""

from collections.abc import Callable, Sequence

from huying.kernel import apart, known, moves, rules
from huying.kernel.actions.close import enough_tries
from huying.kernel.actions.conclude import heard, may_be_proposed, open_conclusion
from huying.kernel.actions.exclude import reasons
from huying.kernel.models import Call, CallState, Matter, Promise, Seat
from huying.people.actors import Actor

ANSWERED, CLOSED, OPEN = CallState.ANSWERED, CallState.CLOSED, CallState.OPEN
# In which states of a voice each verb makes sense. A feature may know more against one of them.
STATES: dict[str, tuple[str, ...]] = {
    "call_back": (ANSWERED,),
    "close": (ANSWERED,),
    "publish": (ANSWERED, CLOSED),
    "check": tuple(CallState.values),
    "exclude": tuple(CallState.values),
    "split": (OPEN,),
    "leave_message": tuple(CallState.values),
    "propose_conclusion": (OPEN, ANSWERED),
    "decide_conclusion": (OPEN, ANSWERED),
}
_APART = ("call_back", "check", "propose_conclusion", "decide_conclusion")


def verbs_on_voices(actor: Actor, matter: Matter, calls: Sequence[Call]) -> dict[str, list[int]]:
    """Each verb that the actor may do now on some of these voices, and on which."""
    from_apart = apart.stands_apart(actor, matter)
    found: dict[str, list[int]] = {}
    for verb, states in STATES.items():
        fit = [call for call in calls if call.state in states and _MORE.get(verb, _always)(actor, matter, call)]
        if fit and (from_apart or verb not in _APART) and (allowed := _allowed(actor, verb, fit)):
            found[verb] = allowed
    least = 1 if known.running(matter) else 2  # the first voice may leave an incident: the incident stays
    if len(_waiting(calls)) < least or not moves.allowed("matter", "split", matter.state):
        found.pop("split", None)
    return found


def _allowed(actor: Actor, verb: str, calls: Sequence[Call]) -> list[int]:
    """One query for all voices: the same rule as for one."""
    clause = rules.scope(actor, verb, "call")
    if clause is None:
        return []
    return list(Call.objects.filter(clause, pk__in=[call.pk for call in calls]).order_by("pk").values_list("pk", flat=True))


def _waiting(calls: Sequence[Call]) -> list[Call]:
    return [call for call in calls if call.state == OPEN]


Check = Callable[[Actor, Matter, Call], bool]


def _always(actor: Actor, matter: Matter, call: Call) -> bool:
    return True


def _to_decide(actor: Actor, matter: Matter, call: Call) -> bool:
    row = open_conclusion(call)
    mine = actor.departments("head")
    return row is not None and heard(row) and Seat.objects.filter(conclusion=row, department__in=mine, agrees=None).exists()


_MORE: dict[str, Check] = {
    "close": lambda actor, matter, call: enough_tries(call),
    "check": lambda actor, matter, call: Promise.objects.filter(call=call, what="check", ended_at__isnull=True).exists(),
    "exclude": lambda actor, matter, call: not call.excluded and bool(reasons()),
    "propose_conclusion": lambda actor, matter, call: may_be_proposed(call),
    "decide_conclusion": _to_decide,
}
