"""Who acts for somebody is told what she is told, and nothing any more once he does not."""

from collections.abc import Collection

from huying.notify import ways
from huying.people.models import Party


def over(party: Party, calls: Collection[int]) -> set[int]:
    """Of these calls, of which the party was told because he acted for her, those in which he does not any more."""
    abouts = ways.parties().about(calls) if calls else {}
    return {call for call in calls if not any(one.acts and one.party.pk == party.pk for one in abouts.get(call, ()))}
