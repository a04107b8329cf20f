"""第二验证: a code is taken once and soon, tries are counted in the database, recovery codes stand in once, resets are told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.events import log
from huying.people import factors, keys, limits, passkeys, private, rotating, stays
from huying.people.errors import NotYours
from huying.people.models import Account, Factor, Officer, RecoveryCode
from huying.people.tests.given import own_keys, pass_time

__all__ = ["own_keys"]
pytestmark = pytest.mark.django_db
HERE, THERE = "203.0.113.7", "203.0.113.8"
SITE = passkeys.Site("city.example.org", ("https://city.example.org",))


@pytest.fixture
def zhou() -> Account:
    account = Account.objects.create_user("zhou", None)
    Officer.objects.create(account=account, name="周科长")
    return account


@pytest.fixture
def phone(zhou: Account) -> pyotp.TOTP:
    """His authenticator, enrolled, at a moment when a step has just begun."""
    to_the_next_step()
    phone = pyotp.TOTP(factors.new_secret())
    factors.enrol_totp(zhou, phone.secret, shown(phone), HERE)
    return phone


def to_the_next_step() -> None:
    pass_time(timedelta(seconds=factors.STEP - clock.now().timestamp() % factors.STEP + 1))


def shown(phone: pyotp.TOTP, later: int = 0) -> str:
    """What it shows now, or so many steps later."""
    return phone.at(clock.now() + timedelta(seconds=later * factors.STEP))


def test_the_codes_are_those_of_rfc_6238(zhou: Account) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of the RFC's appendix B
    clock.set_offset(datetime.fromtimestamp(1111111109, UTC) - datetime.now(UTC))
    factors.enrol_totp(zhou, secret, "081804", HERE)
    assert factors.kinds(zhou) == {"totp"}


def test_a_secret_is_taken_up_only_with_its_code(zhou: Account) -> None:
    with pytest.raises(factors.WrongFactor):
        factors.enrol_totp(zhou, factors.new_secret(), "000000", HERE)
    assert not factors.kinds(zhou) and not RecoveryCode.objects.exists()


def test_the_code_that_enrolled_is_used_up(zhou: Account, phone: pyotp.TOTP) -> None:
    with pytest.raises(factors.WrongFactor):
        factors.check(zhou, shown(phone), HERE)


def test_a_code_is_taken_once(zhou: Account, phone: pyotp.TOTP) -> None:
    to_the_next_step()
    factors.check(zhou, shown(phone), HERE)
    with pytest.raises(factors.WrongFactor):
        factors.check(zhou, shown(phone), HERE)


def test_after_a_later_code_an_earlier_one_is_worth_nothing(zhou: Account, phone: pyotp.TOTP) -> None:
    pass_time(timedelta(seconds=3 * factors.STEP))
    factors.check(zhou, shown(phone, 1), HERE)
    for later in (-1, 0, 1):
        with pytest.raises(factors.WrongFactor):
            factors.check(zhou, shown(phone, later), HERE)


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_clock_may_differ_by_one_step(zhou: Account, phone: pyotp.TOTP, later: int) -> None:
    pass_time(timedelta(seconds=5 * factors.STEP))
    factors.check(zhou, shown(phone, later), HERE)


@pytest.mark.parametrize("later", [-3, -2, 2, 3])
def test_and_by_no_more(zhou: Account, phone: pyotp.TOTP, later: int) -> None:
    pass_time(timedelta(seconds=9 * factors.STEP))
    with pytest.raises(factors.WrongFactor):
        factors.check(zhou, shown(phone, later), HERE)


def test_full_width_digits_and_gaps_are_taken(zhou: Account, phone: pyotp.TOTP) -> None:
    to_the_next_step()
    code = shown(phone)
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)
    factors.check(zhou, f" {wide[:3]} {wide[3:]} ", HERE)


def test_another_s_code_does_not_open(zhou: Account, phone: pyotp.TOTP) -> None:
    to_the_next_step()
    other = Account.objects.create_user("ma", None)
    Officer.objects.create(account=other, name="马科长")
    with pytest.raises(factors.WrongFactor):
        factors.check(other, shown(phone), HERE)


def test_the_eleventh_try_is_not_looked_at_wherever_it_comes_from(zhou: Account, phone: pyotp.TOTP) -> None:
    to_the_next_step()
    wrong(zhou, phone, factors.PER_ACCOUNT.most)
    with pytest.raises(limits.TooMany):
        factors.check(zhou, shown(phone), THERE)
    pass_time(factors.PER_ACCOUNT.within)
    factors.check(zhou, shown(phone), THERE)


def test_recovery_codes_have_no_tries_of_their_own(zhou: Account, phone: pyotp.TOTP) -> None:
    for _ in range(factors.PER_ACCOUNT.most):
        with pytest.raises(factors.WrongFactor):
            factors.check(zhou, "aaaaa-aaaaa", HERE)
    with pytest.raises(limits.TooMany):
        factors.check(zhou, shown(phone, 1), HERE)


def test_an_address_tries_a_limited_number_of_accounts(zhou: Account, phone: pyotp.TOTP) -> None:
    for number in range(factors.PER_ADDRESS.most - 1):
        limits.take(factors.PER_ADDRESS, HERE)
        assert number >= 0
    with pytest.raises(limits.TooMany):
        factors.check(zhou, shown(phone, 1), HERE)
    factors.check(zhou, shown(phone, 1), THERE)


def test_passkeys_are_counted_with_codes(zhou: Account, phone: pyotp.TOTP) -> None:
    for _ in range(factors.PER_ACCOUNT.most):
        with pytest.raises(factors.WrongFactor):
            passkeys.check(zhou, "{}", b"c" * 32, SITE, HERE)
    with pytest.raises(limits.TooMany):
        factors.check(zhou, shown(phone, 1), HERE)


def test_a_success_lets_the_account_begin_anew(zhou: Account, phone: pyotp.TOTP) -> None:
    to_the_next_step()
    wrong(zhou, phone, factors.PER_ACCOUNT.most - 1)
    factors.check(zhou, shown(phone), HERE)
    wrong(zhou, phone, factors.PER_ACCOUNT.most)


def wrong(account: Account, phone: pyotp.TOTP, times: int) -> None:
    code = f"{(int(shown(phone, 50)) + 1) % 10**6:06d}"
    for _ in range(times):
        with pytest.raises(factors.WrongFactor):
            factors.check(account, code, HERE)


def test_each_of_ten_recovery_codes_stands_in_once(zhou: Account) -> None:
    codes = enrol(zhou)
    assert len(set(codes)) == factors.CODES == factors.codes_left(zhou)
    for code in codes:
        factors.check(zhou, code.upper(), HERE)
        with pytest.raises(factors.WrongFactor):
            factors.check(zhou, code, HERE)
    assert factors.codes_left(zhou) == 0


def test_neither_secret_nor_recovery_code_is_readable_in_the_tables(zhou: Account) -> None:
    to_the_next_step()
    phone = pyotp.TOTP(factors.new_secret())
    codes = factors.enrol_totp(zhou, phone.secret, shown(phone), HERE)
    kept = bytes(Factor.objects.get().sealed) + "".join(RecoveryCode.objects.values_list("code_hash", flat=True)).encode()
    assert phone.secret.encode() not in kept
    assert not any(code.replace("-", "").encode() in kept or code.encode() in kept for code in codes)


def test_a_secret_sealed_for_one_account_opens_for_no_other(zhou: Account, phone: pyotp.TOTP) -> None:
    row = Factor.objects.get()
    row.account = Account.objects.create_user("ma", None)
    with pytest.raises(private.CannotOpen):
        factors.unseal(row)


def test_secrets_survive_a_change_of_the_city_key_and_no_old_key_goes_before(own_keys: Path, zhou: Account) -> None:
    enrol(zhou)
    secret, old = factors.unseal(Factor.objects.get()), keys.keeper().newest().hex()
    new = keys.keeper().renew().hex()
    assert factors.unseal(Factor.objects.get()) == secret
    with pytest.raises(rotating.StillUsed):
        rotating.retire(old)
    assert rotating.finish() == 1 and rotating.status().wraps == {new: 1}
    rotating.retire(old)
    assert factors.unseal(Factor.objects.get()) == secret


def test_who_has_a_factor_cannot_enrol_another_without_having_proved_it(zhou: Account, phone: pyotp.TOTP) -> None:
    thief = pyotp.TOTP(factors.new_secret())
    with pytest.raises(factors.HasOne):
        factors.enrol_totp(zhou, thief.secret, shown(thief), THERE)
    with pytest.raises(factors.HasOne):
        passkeys.enrol(zhou, "{}", b"c" * 32, SITE, THERE)
    assert factors.unseal(Factor.objects.get()) == phone.secret


def test_a_new_authenticator_replaces_the_old_one_and_its_recovery_codes(zhou: Account, phone: pyotp.TOTP) -> None:
    old = enrol(zhou, again=True)
    new = enrol(zhou, again=True)
    with pytest.raises(factors.WrongFactor):
        factors.check(zhou, old[0], HERE)
    factors.check(zhou, new[0], HERE)
    assert zhou.factors.count() == 1


def enrol(account: Account, *, again: bool = False) -> list[str]:
    phone = pyotp.TOTP(factors.new_secret())
    return factors.enrol_totp(account, phone.secret, shown(phone), HERE, again=again)


def test_the_last_factor_cannot_be_given_up_and_another_s_neither(zhou: Account, phone: pyotp.TOTP) -> None:
    row = Factor.objects.get()
    with pytest.raises(NotYours):
        factors.remove(zhou, row.pk)
    key = factors.sealed(Factor(account=zhou, kind="passkey", credential=b"k"), "key")
    key.save()
    with pytest.raises(NotYours):
        factors.remove(Account.objects.create_user("ma", None), key.pk)
    factors.remove(zhou, row.pk)
    assert factors.kinds(zhou) == {"passkey"}


def test_a_reset_takes_everything_and_tells_it(zhou: Account, phone: pyotp.TOTP) -> None:
    pk = Factor.objects.get().pk
    factors.reset(zhou)
    assert not factors.kinds(zhou) and not zhou.recovery_codes.exists() and not stays.current(zhou)
    assert [told.name for told in log.history([f"factor:{pk}"])] == ["factor.enrolled", "factor.reset"]
    with pytest.raises(NotYours):
        factors.reset(zhou)


def test_outside_a_demo_nobody_reads_a_code(zhou: Account, phone: pyotp.TOTP, settings: Settings) -> None:
    settings.DEMO = False
    assert factors.codes_for_demo() == []
    factors.give_demo_secrets()
    settings.DEMO = True
    assert [(one.username, one.code) for one in factors.codes_for_demo()] == [("zhou", shown(phone, 1))]


def test_what_the_demo_shows_was_not_used_yet(zhou: Account, phone: pyotp.TOTP, settings: Settings) -> None:
    settings.DEMO = True
    (one,) = factors.codes_for_demo()
    factors.check(zhou, one.code, HERE)
    assert factors.codes_for_demo()[0].code == ""  # both that could be taken were
    to_the_next_step()
    factors.check(zhou, factors.codes_for_demo()[0].code, HERE)


@given(st.text(max_size=80))
def test_whatever_is_sent_for_a_passkey_is_wrong_and_no_more(answer: str) -> None:
    shaped = {"id": answer, "rawId": answer, "type": "public-key", "response": {"clientDataJSON": answer}}
    for sent in (answer, json.dumps(answer), json.dumps([answer]), json.dumps(shaped)):
        with pytest.raises(factors.WrongFactor):
            passkeys.parsed(sent)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "1", '{"id": "eA", "rawId": "eA", "response": null}', "\ud800"])
def test_what_is_no_new_passkey_enrols_nothing(zhou: Account, answer: str) -> None:
    with pytest.raises(factors.WrongFactor):
        passkeys.enrol(zhou, answer, b"c" * 32, SITE, HERE)
    assert not factors.kinds(zhou)
