"""Who may open what says who a caller is: one table, by how openly she called and how an officer stands to her call.

A row that is not there opens nothing: of a confidential call the bearer opens nothing, of an anonymous one nobody does.
"""

from collections.abc import Iterable
from dataclasses import replace

from huying.kernel import rules, said
from huying.kernel.models import Call, Openness
from huying.people import parties
from huying.people.actors import Actor, Held

PHONE, NAME, CUT = "phone", "name", "cut"  # her number, her name, and whatever was cut out of her words
ALL = frozenset({PHONE, NAME, CUT})
OPENS: dict[tuple[str, str], frozenset[str]] = {
    (Openness.NAMED, "keeps"): ALL,
    (Openness.NAMED, "desk"): ALL,
    (Openness.CONFIDENTIAL, "desk"): ALL,
}


def sort_of(field: str) -> str:
    """What a field is one of: phone, name or cut."""
    return field if field in (PHONE, NAME) else CUT


def openable(actor: Actor, calls: Iterable[Call]) -> dict[int, frozenset[str]]:
    """What of each call this officer may open, for a reason; calls of which he may open nothing are left out."""
    rows = {call.pk: call for call in calls}
    found: dict[int, frozenset[str]] = {}
    for rule in rules.RULES:
        clause = rules.where(actor, rule) if rule.verb == "look" else None
        if clause is None:
            continue
        near = Call.objects.filter(clause & rules.not_about(actor, "call"), pk__in=rows)
        for pk in near.values_list("pk", flat=True):
            found[pk] = found.get(pk, frozenset()) | OPENS.get((rows[pk].openness, rule.relation), frozenset())
    return {pk: sorts for pk, sorts in found.items() if sorts}


def post_for(actor: Actor, call: Call, field: str) -> Held | None:
    """The first of his posts by which he may open it."""
    for post in actor.posts:
        alone = replace(actor, posts=(post,))
        if sort_of(field) in openable(alone, [call]).get(call.pk, ()):
            return post
    return None


def fields_of(call: Call) -> list[str]:
    """What there is to be opened: her number, her name, and the tokens that stand for what was cut out of her words.

    Raises private.KeyTrouble.
    """
    caller = call.caller
    if caller.data_key is None:  # erased
        return []
    found = [PHONE] if caller.phone_sealed is not None else []
    found += [NAME] if caller.name_sealed is not None else []
    return found + sorted(said.held_by(call))


def value_of(call: Call, field: str) -> str | None:
    """What stands there; None where there is nothing, or it was erased. Raises private.KeyTrouble."""
    if field == PHONE:
        return parties.known_phone(call.caller)
    if field == NAME:
        return parties.known_name(call.caller)
    return said.held_by(call).get(field)
