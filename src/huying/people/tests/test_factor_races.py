"""One code used by many at one moment signs in once; enrolled by two at once is one factor."""

from datetime import timedelta

import pyotp
import pytest

from huying.base import clock
from huying.people import factors
from huying.people.models import Account, Officer
from huying.people.tests.test_people_races import MANY, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
HERE = "203.0.113.7"


@pytest.fixture
def zhou() -> Account:
    account = Account.objects.create_user("zhou", None)
    Officer.objects.create(account=account, name="周科长")
    return account


def test_a_code_at_many_places_at_once_is_taken_once(zhou: Account) -> None:
    phone = pyotp.TOTP(factors.new_secret())
    factors.enrol_totp(zhou, phone.secret, phone.at(clock.now()), HERE)
    code = phone.at(clock.now() + timedelta(seconds=factors.STEP))
    given = at_once(lambda: factors.check(zhou, code, HERE))
    assert given.count(None) == 1 and given.count(factors.WrongFactor) == MANY - 1


def test_a_recovery_code_at_many_places_at_once_stands_in_once(zhou: Account) -> None:
    phone = pyotp.TOTP(factors.new_secret())
    codes = factors.enrol_totp(zhou, phone.secret, phone.at(clock.now()), HERE)
    given = at_once(lambda: factors.check(zhou, codes[0], HERE))
    assert given.count(None) == 1


def test_of_two_first_enrolments_at_once_one_stands(zhou: Account) -> None:
    def enrol() -> object:
        phone = pyotp.TOTP(factors.new_secret())
        return factors.enrol_totp(zhou, phone.secret, phone.at(clock.now()), HERE)

    given = at_once(enrol)
    assert sum(isinstance(codes, list) for codes in given) == 1
    assert given.count(factors.HasOne) == MANY - 1 and zhou.factors.count() == 1
