"""An officer signs in with user name and password, a limited number of times, and holds the posts of the day."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.city.models import Area, Department, Level
from huying.people import limits, officers, parties
from huying.people.backend import AccountBackend
from huying.people.models import Account, Officer, Post
from huying.people.tests.given import pass_time

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-pass"
MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"
# Read before any test sets it otherwise.
AS_SET = list(django_settings.PASSWORD_HASHERS)
HERE = "203.0.113.7"


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [MD5]  # scrypt is slow on purpose


@pytest.fixture
def bureau() -> Department:
    area = Area.objects.create(key="500103", name="渝中区", level=Level.DISTRICT)
    return Department.objects.create(
        key="500103.housing", name="渝中区住建委", short="住建委", type="housing", level="district", area=area
    )


@pytest.fixture
def zhou(bureau: Department) -> Officer:
    return officers.appoint("zhou", "周科长", PASSWORD, [(bureau, "handler")])


def test_user_name_and_password_open_the_account(zhou: Officer) -> None:
    assert officers.sign_in(" zhou ", PASSWORD, HERE) == zhou.account


@pytest.mark.parametrize(("username", "password"), [("zhou", "wrong"), ("nobody", PASSWORD), ("zhou", ""), ("", PASSWORD)])
def test_what_does_not_fit_is_refused_alike(zhou: Officer, username: str, password: str) -> None:
    with pytest.raises(officers.WrongPassword):
        officers.sign_in(username, password, HERE)


def test_an_account_without_an_officer_is_refused_like_a_wrong_password() -> None:
    Account.objects.create_user("root", PASSWORD, is_staff=True)
    with pytest.raises(officers.WrongPassword):
        officers.sign_in("root", PASSWORD, HERE)


def test_a_closed_account_is_refused_like_a_wrong_password(zhou: Officer) -> None:
    Account.objects.filter(pk=zhou.account_id).update(is_active=False)
    with pytest.raises(officers.WrongPassword):
        officers.sign_in("zhou", PASSWORD, HERE)


def _fail(times: int, address: str = HERE, username: str = "zhou") -> None:
    for _ in range(times):
        with pytest.raises(officers.WrongPassword):
            officers.sign_in(username, "wrong", address)


def test_after_five_wrong_passwords_even_the_right_one_must_wait(zhou: Officer) -> None:
    _fail(5)
    with pytest.raises(limits.TooMany) as told:
        officers.sign_in("zhou", PASSWORD, HERE)
    assert told.value.minutes == 15
    pass_time(timedelta(minutes=16))
    assert officers.sign_in("zhou", PASSWORD, HERE) == zhou.account


def test_the_owner_still_signs_in_from_her_own_place(zhou: Officer) -> None:
    _fail(5, "198.51.100.1")
    assert officers.sign_in("zhou", PASSWORD, HERE) == zhou.account


def test_an_account_tried_from_many_places_is_closed_for_a_while(zhou: Officer) -> None:
    for place in range(4):
        _fail(5, f"198.51.100.{place}")
    with pytest.raises(limits.TooMany) as told:
        officers.sign_in("zhou", PASSWORD, HERE)
    assert told.value.limit is officers.PER_ACCOUNT


def test_a_place_that_tries_many_accounts_is_stopped(zhou: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(officers, "authenticate", lambda request, **_: None)  # sixty scrypt hashes would take seconds
    for n in range(60):
        _fail(1, username=f"guess{n}")
    with pytest.raises(limits.TooMany) as told:
        officers.sign_in("another", "wrong", HERE)
    assert told.value.limit is officers.PER_ADDRESS


def test_upper_case_does_not_start_a_new_count(zhou: Officer) -> None:
    _fail(3, username="zhou")
    _fail(2, username="ZHOU")
    with pytest.raises(limits.TooMany):
        officers.sign_in("Zhou", PASSWORD, HERE)


def test_a_success_begins_a_new_count(zhou: Officer) -> None:
    _fail(4)
    officers.sign_in("zhou", PASSWORD, HERE)
    _fail(5)


def test_passwords_are_kept_as_scrypt(settings: Settings, bureau: Department) -> None:
    settings.PASSWORD_HASHERS = AS_SET
    assert officers.appoint("wu", "吴科长", PASSWORD, []).account.password.startswith("scrypt$")


def test_an_officer_acts_with_the_posts_of_the_day(zhou: Officer, bureau: Department) -> None:
    today = clock.today()
    day = timedelta(days=1)
    Post.objects.create(officer=zhou, department=bureau, role="head", valid_from=today + day)
    Post.objects.create(officer=zhou, department=bureau, role="auditor", valid_from=today - day, valid_to=today)
    Post.objects.create(officer=zhou, department=bureau, role="supervisor", valid_from=today - day, valid_to=today + day)
    actor = officers.actor_of(zhou.account)
    assert actor is not None
    assert actor.roles == {"handler", "supervisor"}
    assert [post.role for post in officers.posts_today(zhou)] == ["handler", "supervisor"]
    assert officers.as_officer("zhou") == actor


def test_a_caller_acts_as_her_party() -> None:
    party = parties.party_of_phone("13800138000")
    assert party is not None
    actor = officers.actor_of(parties.account_of(party))
    assert actor is not None
    assert actor.party == party
    assert actor.officer is None


def test_an_account_of_nobody_is_no_actor() -> None:
    assert officers.actor_of(Account.objects.create_user("root", None)) is None


def test_who_is_signed_in_takes_three_queries(zhou: Officer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        account = AccountBackend().get_user(zhou.account_id)
        assert account is not None
        assert officers.actor_of(account) is not None


def test_names_are_read_in_one_query_and_none_for_nobody(
    zhou: Officer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert officers.names_of([zhou.pk, None, zhou.pk]) == {zhou.pk: "周科长"}
    with django_assert_num_queries(0):
        assert officers.names_of([None]) == {}
