"""Officers: who an account is, what names are read under, the actor with today's posts."""

from collections.abc import Iterable

from huying.people.actors import Actor, officer_actor
from huying.people.models import Account, Officer


def officer_of(account: Account) -> Officer | None:
    """The officer behind an account, None for a citizen's."""
    return Officer.objects.filter(account=account).first()


def actor_of(account: Account) -> Actor | None:
    """The actor of an officer's account with the posts held today."""
    officer = officer_of(account)
    return officer_actor(officer) if officer else None


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Names by officer id."""
    return dict(Officer.objects.filter(pk__in=[i for i in ids if i is not None]).values_list("pk", "name"))
