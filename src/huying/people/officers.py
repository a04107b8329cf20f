"""Who works for the city: officers, their posts of the day, and sign-in with user name and password."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import Q

from huying.base import clock
from huying.city.models import Department
from huying.people import limits
from huying.people.actors import Actor, officer_actor, party_actor
from huying.people.models import Account, Officer, Post

# One person who mistypes; one account tried from many places; one place that tries many accounts.
PER_PLACE = limits.Limit("password.place", most=5, within=timedelta(minutes=15))
PER_ACCOUNT = limits.Limit("password.account", most=20, within=timedelta(minutes=15))
PER_ADDRESS = limits.Limit("password.address", most=60, within=timedelta(minutes=15))


class WrongPassword(Exception):
    """User name and password do not fit, or the account is no officer's: the three look the same."""


def sign_in(username: str, password: str, address: str) -> Account:
    """The account of an officer. `address` is where the request came from. Raises WrongPassword, limits.TooMany.

    A try is counted before the password is looked at, so that many at once get no more than their number.
    """
    name = username.strip()
    counts = ((PER_PLACE, f"{name.lower()}|{address}"), (PER_ACCOUNT, name.lower()), (PER_ADDRESS, address))
    with transaction.atomic():
        for limit, who in counts:
            limits.take(limit, who)
    account = authenticate(None, username=name, password=password)
    if not isinstance(account, Account) or officer_of(account) is None:
        raise WrongPassword
    for limit, who in counts[:2]:
        limits.forget(limit, who)
    return account


def officer_of(account: Account) -> Officer | None:
    """The officer whose account this is."""
    return getattr(account, "officer", None)


def actor_of(account: Account) -> Actor | None:
    """Who acts when this account is signed in: an officer with the posts of the day, or a party."""
    officer = officer_of(account)
    if officer is not None:
        return officer_actor(officer)
    party = getattr(account, "party", None)
    return party_actor(party) if party is not None else None


def as_officer(username: str) -> Actor:
    """The actor of the officer with this user name: for commands, the demo and tests. Raises Officer.DoesNotExist."""
    return officer_actor(Officer.objects.get(account__username=username))


def posts_today(officer: Officer) -> list[Post]:
    """The posts the officer holds today, with their departments, in the order they were given."""
    today = clock.today()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    return list(officer.posts.filter(begun, lasting).select_related("department").order_by("id"))


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """Officers' names by id; one query, none for no ids."""
    wanted = {pk for pk in ids if pk is not None}
    return dict(Officer.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def appoint(username: str, name: str, password: str | None, posts: Sequence[tuple[Department, str]]) -> Officer:
    """A new officer with an account and the posts (department, role) from today on. Without a password nobody can sign in."""
    with transaction.atomic():
        account = Account.objects.create_user(username=username, password=password)
        officer = Officer.objects.create(account=account, name=name)
        today = clock.today()
        Post.objects.bulk_create(Post(officer=officer, department=d, role=role, valid_from=today) for d, role in posts)
    return officer
