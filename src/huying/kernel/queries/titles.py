"""The titles of matters, for lists that come from the log, which knows none."""

from collections.abc import Collection

from huying.kernel import rules
from huying.kernel.models import Matter
from huying.people.actors import Actor


def titles(actor: Actor, matter_ids: Collection[int]) -> dict[int, str]:
    """The titles of those matters that the actor may see; the others are left out."""
    scope = rules.visible_to(actor, "matter")
    if scope is None:
        return {}
    return dict(Matter.objects.filter(scope, pk__in=matter_ids).values_list("pk", "title"))
