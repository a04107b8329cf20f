"""A person is found again by her phone, however it is typed, and nobody can read it in the tables."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from huying.people import parties
from huying.people.models import Account, Officer, Party

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "008613800138000",
        "１３８００１３８０００",
        " 13800138000\n",
    ],
)
def test_a_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert parties.normal_phone(typed) == "13800138000"


@pytest.mark.parametrize(
    "typed", ["", "1380013800", "138001380000", "12800138000", "02368123456", "abc", "13800138000a", "٠١٢٣٤٥٦٧٨٩٠"]
)
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    assert parties.normal_phone(typed) is None
    with pytest.raises(ValueError, match="not a mobile"):
        parties.party_of_phone(typed)


def test_the_same_phone_is_the_same_party() -> None:
    first = parties.party_of_phone("13800138000")
    assert first is not None
    assert parties.party_of_phone("+86 138 0013 8000") == first
    assert parties.phone_of(Party.objects.get()) == "13800138000"


def test_a_party_is_not_made_where_it_is_only_looked_for() -> None:
    assert parties.party_of_phone("13800138000", create=False) is None
    assert not Party.objects.exists()


def test_of_two_that_make_the_same_party_at_once_both_get_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first = parties.party_of_phone("13800138000")
    nobody = Party.objects.none()
    monkeypatch.setattr(Party.objects, "filter", lambda **_: nobody)  # as if it was not there yet when she looked
    assert parties.party_of_phone("13800138000") == first


def test_making_a_party_is_one_insert(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4) as told:  # look, savepoint, insert, release
        parties.party_of_phone("13800138000")
    assert sum("INSERT" in query["sql"] for query in told.captured_queries) == 1


def test_the_tables_hold_no_readable_phone_or_name() -> None:
    party = parties.party_of_phone("13800138000")
    assert party is not None
    parties.set_name(party, "李明")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_party")
        row = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in cursor.fetchone()
        )
    assert b"13800138000" not in row
    assert "李明".encode() not in row
    assert parties.name_of(Party.objects.get()) == "李明"


def test_a_party_nobody_knows_has_neither_phone_nor_name() -> None:
    party = parties.anonymous()
    assert party.pk is None
    assert parties.phone_of(party) is parties.name_of(party) is None


def test_a_drafted_party_is_saved_by_whoever_uses_it() -> None:
    drafted = parties.draft_of_phone("13800138000")
    assert drafted.pk is None
    drafted.save()
    assert parties.draft_of_phone("13800138000") == drafted


def test_an_account_is_made_at_the_first_sign_in_and_kept() -> None:
    party = parties.party_of_phone("13800138000")
    assert party is not None
    account = parties.account_of(party)
    assert parties.account_of(Party.objects.get()) == account
    assert not account.has_usable_password()


def test_an_officers_account_is_never_opened_by_a_party() -> None:
    account = Account.objects.create_user("zhou", None)
    Officer.objects.create(account=account, name="周科长")
    party = parties.party_of_phone("13800138000")
    assert party is not None
    party.account = account
    party.save()
    with pytest.raises(parties.HoldsPost):
        parties.account_of(party)


def test_a_phone_is_masked_for_its_owner() -> None:
    assert parties.masked("13800138000") == "138****8000"
