"""By which marks the index is narrowed to what somebody may see. The rules decide; a mark only saves looking in vain.

Every relation by which a rule lets somebody see a call has its mark here, and a test walks random officers to see that
none is missing: a relation that is new raises KeyError until it is named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from huying.city import queries as city
from huying.kernel import rules
from huying.kernel.models import Call, Seat, Task
from huying.people.actors import Actor

CALL, POST, DUTY = "call", "post", "duty"  # everybody's who may see all of a sort
GOOD = "good"  # nobody's: the answer was solved in the caller's own word, and graded well or not at all
WELL = 4  # of five


def of_calls(calls: Sequence[Call]) -> dict[int, str]:
    """The marks of each call: whose it is, who bears or bore its matter, whose panel has it, where it lies."""
    matters = {call.matter_id for call in calls}
    units: dict[int, set[int]] = {}
    for matter, unit in Task.objects.filter(matter__in=matters).values_list("matter", "bearer"):
        units.setdefault(matter, set()).add(unit)
    seats = Seat.objects.filter(conclusion__ended_at__isnull=True, conclusion__call__matter__in=matters)
    for matter, unit in seats.values_list("conclusion__call__matter", "department"):
        units.setdefault(matter, set()).add(unit)
    return {call.pk: _of(call, units.get(call.matter_id, set())) for call in calls}


def _of(call: Call, units: Iterable[int]) -> str:
    marks = [CALL] + [f"d{unit}" for unit in sorted(units)]
    if call.caller.data_key is not None:  # after her erasure nothing points at her any more
        marks.append(f"p{call.caller_id}")
    marks += [f"a{pk}" for pk in _where(call.matter.area_id)]
    if call.solved and call.answered_at and (call.grade or WELL) >= WELL:
        marks.append(GOOD)
    return " ".join(marks)


def _where(area_id: int | None) -> list[int]:
    """The area and the district around it: who sees a district is not asked for each of its streets."""
    found: list[int] = []
    area = city.area_by_id(area_id) if area_id else None
    while area is not None and area.level != "city":
        found.append(area.pk)
        area = city.area_by_id(area.parent_id) if area.parent_id else None
    return found


def for_actor(actor: Actor) -> list[str]:
    """The marks under which everything lies that the actor may see as an officer or a signed-in caller."""
    if actor.is_system:
        return [CALL]
    found: dict[str, None] = {}
    for rule in _SEEN_BY:
        found.update(dict.fromkeys(_MARKS[rule.relation](actor, rule)))
    return [CALL] if CALL in found else list(found)


_SEEN_BY = [rule for rule in rules.RULES if (rule.verb, rule.on) == ("see", "call")]


def _units(actor: Actor, rule: rules.Rule) -> list[str]:
    return [f"d{unit}" for unit in sorted(actor.departments(*rule.roles))]


def _places(actor: Actor, rule: rules.Rule) -> list[str]:
    own = {p.area_id for p in actor.posts if p.role in rule.roles and p.department_level == "district"}
    within = city.areas_within(own) if own else frozenset()
    rows = [city.area_by_id(pk) for pk in sorted(within)]
    return [f"a{row.pk}" for row in rows if row and row.parent_id not in within]


def _hers(actor: Actor, rule: rules.Rule) -> list[str]:
    return [f"p{actor.party.pk}"] if actor.party else []


def _none(actor: Actor, rule: rules.Rule) -> list[str]:
    return []  # who holds number and secret of one call: it is looked at by itself


def _all(actor: Actor, rule: rules.Rule) -> list[str]:
    return [] if rules.where(actor, rule) is None else [CALL]


_MARKS: Mapping[str, Callable[[Actor, rules.Rule], list[str]]] = {
    "bearer": _units,
    "panel": _units,
    "desk": _all,
    "district": _places,
    "caller": _hers,
    "holder": _none,
    "agent": _none,  # he finds the few that he opened in his list, and they are not his for ever
}
