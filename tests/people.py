"""People for tests: officers with a post, callers with an account."""

from itertools import count
from typing import Protocol

import pytest
from django.test import Client

from huying.base import clock
from huying.channels.parts import entering
from huying.city.models import Department
from huying.people.actors import Actor, officer_actor, party_actor
from huying.people.models import Account, Officer, Party, Post

_numbers = count(1)
PASSWORD = "a-long-enough-pass"


class MakeOfficer(Protocol):
    def __call__(self, role: str, department: Department, *, password: str | None = None) -> Officer: ...


class MakeActor(Protocol):
    def __call__(self, role: str, department: Department) -> Actor: ...


class MakeCaller(Protocol):
    def __call__(self) -> Party: ...


def signed_in(account: Account, client: Client | None = None) -> Client:
    """A client in which the account is signed in; an officer's second factor counts as proved just now."""
    client = client or Client()
    client.force_login(account)
    session = client.session
    session[entering.PROVED] = clock.now().timestamp()
    session.save()
    return client


@pytest.fixture
def officer(db: None) -> MakeOfficer:
    """Make an officer who holds one post: `officer("handler", department)`. Without a password only `signed_in` works."""

    def make(role: str, department: Department, *, password: str | None = None) -> Officer:
        number = next(_numbers)
        account = Account.objects.create_user(username=f"{role}{number}", password=password)
        made = Officer.objects.create(account=account, name=f"周{role}{number}")
        Post.objects.create(officer=made, department=department, role=role)
        return made

    return make


@pytest.fixture
def actor(officer: MakeOfficer) -> MakeActor:
    """Make an officer and answer with the actor he is to verbs and queries."""
    return lambda role, department: officer_actor(officer(role, department))


@pytest.fixture
def caller(db: None) -> MakeCaller:
    """Make a caller who can sign in (`force_login(party.account)`); `party_actor(party)` is her actor."""
    return lambda: Party.objects.create(account=Account.objects.create_user())


__all__ = ["PASSWORD", "MakeActor", "MakeCaller", "MakeOfficer", "actor", "caller", "officer", "party_actor", "signed_in"]
