"""密码: one's own replaces what was handed out, a weak one is refused by field, tries are counted, the log tells of each."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from huying.events import log
from huying.people import handing, limits, officers, passwords
from huying.people.errors import Wrong
from huying.people.models import Account, Officer
from huying.people.tests.given import pass_time

pytestmark = pytest.mark.django_db
OLD, NEW, HERE = "handed-out-by-desk", "rivers and bridges", "203.0.113.7"


@pytest.fixture
def zhou(settings: Settings) -> Account:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # scrypt is slow on purpose
    account = Account.objects.create_user("zhou", OLD)
    Officer.objects.create(account=account, name="周科长")
    return account


def told(account: Account) -> list[tuple[str, str]]:
    return [(one.name, one.actor) for one in log.history([f"account:{account.pk}"])]


def test_his_own_password_takes_the_place_of_the_old_one(zhou: Account) -> None:
    passwords.change(zhou, OLD, NEW, NEW)
    assert officers.sign_in("zhou", NEW, HERE) == zhou
    with pytest.raises(officers.WrongPassword):
        officers.sign_in("zhou", OLD, HERE)
    assert told(zhou) == [("password.changed", f"officer:{zhou.officer.pk}")]


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", NEW, NEW, "old"),
        (OLD, OLD, OLD, "new"),
        (OLD, "short", "short", "new"),
        (OLD, "password123", "password123", "new"),
        (OLD, "a river for ZHOU", "a river for ZHOU", "new"),
        (OLD, "x" * 257, "x" * 257, "new"),
        (OLD, NEW, "rivers and ridges", "again"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(
    zhou: Account, old: str, new: str, again: str, field: str
) -> None:
    with pytest.raises(Wrong) as fault:
        passwords.change(zhou, old, new, again)
    assert set(fault.value.errors) == {field}
    assert officers.sign_in("zhou", OLD, HERE) == zhou and told(zhou) == []


def test_the_old_password_cannot_be_guessed_from_an_open_session(zhou: Account) -> None:
    for _ in range(passwords.TRIES.most):
        with pytest.raises(Wrong):
            passwords.change(zhou, "guess", NEW, NEW)
    with pytest.raises(limits.TooMany):
        passwords.change(zhou, OLD, NEW, NEW)


def test_what_was_handed_out_lasts_three_days(zhou: Account) -> None:
    word = handing.new_handed()
    handing.hand_out(zhou, word)
    assert handing.is_handed(officers.sign_in("zhou", word, HERE))
    pass_time(handing.LASTS + timedelta(seconds=1))
    with pytest.raises(handing.Over):
        officers.sign_in("zhou", word, HERE)
    with pytest.raises(officers.WrongPassword):
        officers.sign_in("zhou", "wrong", HERE)


def test_a_password_of_his_own_lasts(zhou: Account) -> None:
    word = handing.new_handed()
    handing.hand_out(zhou, word)
    passwords.change(zhou, word, NEW, NEW)
    pass_time(timedelta(days=400))
    assert not handing.is_handed(officers.sign_in("zhou", NEW, HERE))
    assert [name for name, _ in told(zhou)] == ["password.reset", "password.changed"]


def test_no_two_are_handed_out_alike_and_each_is_long_enough() -> None:
    made = {handing.new_handed() for _ in range(200)}
    assert len(made) == 200 and min(map(len, made)) >= 14
