"""What is limited or used once, tried by many at one moment. SQLite lets one writer in at a time and cannot show this."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from huying.people import codes, limits, parties
from huying.people.models import Account, Attempts, Party, SignInCode
from huying.people.tests.given import texts

__all__ = ["texts"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
PHONE = "13800138000"
MANY = 8


def at_once(act: Callable[[], object], times: int = MANY) -> list[object]:
    """What `act` gave to each of `times` threads that began together; an exception stands as its type."""
    start, out = threading.Barrier(times), []

    def run() -> None:
        try:
            start.wait(10)
            out.append(act())
        except Exception as fault:
            out.append(type(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return out


def test_a_code_that_is_used_twice_at_once_signs_in_once(texts: list[tuple[str, str]]) -> None:
    codes.send(PHONE)
    code = texts[-1][1]
    given = at_once(lambda: codes.check(PHONE, code))
    assert sum(isinstance(party, Party) for party in given) == 1
    assert given.count(None) == MANY - 1


def test_wrong_codes_at_once_are_each_counted(texts: list[tuple[str, str]]) -> None:
    codes.send(PHONE)
    wrong = f"{(int(texts[-1][1]) + 1) % 10**6:06d}"
    assert at_once(lambda: codes.check(PHONE, wrong)) == [None] * MANY
    assert SignInCode.objects.get().tries == codes.TRIES


def test_of_many_first_requests_at_once_one_code_leaves(texts: list[tuple[str, str]]) -> None:
    given = at_once(lambda: codes.send(PHONE))
    assert sorted(map(str, given)) == sorted(map(str, [None] + [limits.TooMany] * (MANY - 1)))
    assert len(texts) == 1


def test_no_more_pass_a_limit_at_once_than_it_allows() -> None:
    three = limits.Limit("test", most=3, within=timedelta(minutes=1))
    given = at_once(lambda: limits.take(three, "somebody"))
    assert given.count(None) == 3
    assert given.count(limits.TooMany) == MANY - 3
    assert Attempts.objects.get().count == 3


def test_one_phone_is_one_party_and_one_account() -> None:
    given = at_once(lambda: parties.party_of_phone(PHONE))
    assert {party.pk for party in given if isinstance(party, Party)} == {Party.objects.get().pk}
    party = Party.objects.get()
    accounts = at_once(lambda: parties.account_of(party))
    assert set(accounts) == {Account.objects.get()}
