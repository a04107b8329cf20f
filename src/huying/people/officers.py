"""Who works for the city: officers, their posts of the day, and sign-in with user name and password."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import F, Q

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.people import handing, limits
from huying.people.actors import Actor, officer_actor, party_actor
from huying.people.models import Account, Officer, Post

# One person who mistypes; one account tried from many places; one place that tries many accounts.
PER_PLACE = limits.Limit("password.place", most=5, within=timedelta(minutes=15))
PER_ACCOUNT = limits.Limit("password.account", most=20, within=timedelta(minutes=15))
PER_ADDRESS = limits.Limit("password.address", most=60, within=timedelta(minutes=15))


class WrongPassword(Exception):
    """User name and password do not fit, or the account is no officer's: the three look the same."""


def sign_in(username: str, password: str, address: str) -> Account:
    """The account of an officer. `address` is where the request came from.

    Raises WrongPassword, limits.TooMany, handing.Over.

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
    handing.refuse_old(account)
    return account


def account_by_id(pk: int) -> Account | None:
    """The account of an officer who may sign in."""
    return Account.objects.select_related("officer").filter(pk=pk, is_active=True, officer__isnull=False).first()


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


@dataclass(frozen=True, slots=True)
class Succession:
    """Posts of bodies that were closed: those that go on with a successor, and those whose holder must be appointed anew."""

    moved: tuple[Post, ...]
    ended: tuple[Post, ...]


def follow_bodies() -> Succession:
    """Let every post of a closed department go on with its successor, from the day of the change; without one it ends.

    Twice is the same as once. The old post stays as history.
    """
    today = clock.today()
    moved, ended = list[Post](), list[Post]()
    with transaction.atomic():
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=F("department__valid_to"))
        posts = Post.objects.select_for_update(of=("self",)).filter(lasting, department__valid_to__lte=today)
        for post in posts.select_related("department", "officer").order_by("id"):
            after = _follow(post, today)
            (ended if after is None else moved).append(after or post)
    return Succession(tuple(moved), tuple(ended))


def _follow(post: Post, today: date) -> Post | None:
    """End the post with its department; the post in the successor, None where there is none."""
    day, heir = post.department.valid_to, city.department_now(post.department)
    assert day
    lasts = post.valid_to
    post.valid_to = max(day, post.valid_from or day)
    post.save(update_fields=["valid_to"])
    if not city.is_open(heir) or (lasts is not None and lasts <= today):
        return None
    begun, lasting = Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    same = Post.objects.filter(begun, lasting, officer=post.officer, department=heir, role=post.role).first()
    if same is not None:  # he holds it already, or came there from another body that was closed
        return same
    return Post.objects.create(officer=post.officer, department=heir, role=post.role, valid_from=day, valid_to=lasts)


def appoint(username: str, name: str, password: str | None, posts: Sequence[tuple[Department, str]]) -> Officer:
    """A new officer with an account and the posts (department, role) from today on. Without a password nobody can sign in."""
    with transaction.atomic():
        account = Account.objects.create_user(username=username, password=password)
        officer = Officer.objects.create(account=account, name=name)
        today = clock.today()
        Post.objects.bulk_create(Post(officer=officer, department=d, role=role, valid_from=today) for d, role in posts)
    return officer
