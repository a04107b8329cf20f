"""第二验证 of officers: a code of an authenticator (TOTP, RFC 6238), or a recovery code. Passkeys: see passkeys.

A code is taken once: the step of the last one is kept, and nothing up to it is taken again. Tries are counted in the
database by account and by address before a code is looked at. Nothing ever goes by text message.
"""

import hmac
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pyotp
from django.conf import settings
from django.db import transaction

from huying.base import clock
from huying.events import log
from huying.people import limits, private, stays
from huying.people.actors import SYSTEM
from huying.people.errors import NotYours
from huying.people.events import FactorEnrolled, FactorRecovered, FactorRemoved, FactorReset
from huying.people.models import Account, Factor, RecoveryCode

DIGITS, STEP, DRIFT = 6, 30, 1  # a code lasts 30 seconds; one step before and after is taken, for clocks that differ
CODES, CODE_LENGTH = 10, 10
ISSUER = "Huying"  # as authenticators name it
PER_ACCOUNT = limits.Limit("factor.account", most=10, within=timedelta(minutes=15))
PER_ADDRESS = limits.Limit("factor.address", most=60, within=timedelta(minutes=15))
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without what is mistaken for another


class WrongFactor(Exception):
    """The code or signature does not fit, or was used before: the two look the same."""


class HasOne(Exception):
    """The account has a second factor already: only whoever has proved it may change it."""


@dataclass(frozen=True, slots=True)
class DemoCode:
    """What an officer's authenticator would show; `code` is empty for some seconds when the next two were used."""

    username: str
    name: str
    code: str


def kinds(account: Account) -> set[str]:
    """Which kinds of factor the account has: none until it is enrolled."""
    return set(account.factors.values_list("kind", flat=True))


def codes_left(account: Account) -> int:
    """How many recovery codes were not used yet."""
    return account.recovery_codes.filter(used_at=None).count()


def new_secret() -> str:
    """A fresh secret of 160 bits in base32, as it is typed into an authenticator."""
    return pyotp.random_base32()


def address(account: Account, secret: str) -> str:
    """The otpauth:// address that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=str(account), issuer_name=ISSUER)


def enrol_totp(account: Account, secret: str, code: str, place: str, *, again: bool = False) -> list[str]:
    """Take the secret up, shown to work by its code; fresh recovery codes, to be shown once. It replaces an older secret.

    `again`: whoever asks has proved a factor. Raises WrongFactor, HasOne, limits.TooMany.
    """
    with counted(account, place), transaction.atomic():
        lock(account, again=again)
        step = _step(secret, code, 0)
        if step is None:
            raise WrongFactor
        for old in account.factors.filter(kind=Factor.Kind.TOTP):
            _removed(old)
        return enrolled(sealed(Factor(account=account, kind=Factor.Kind.TOTP, counter=step), secret))


def enrolled(row: Factor) -> list[str]:
    """Keep the factor, record that, and answer with fresh recovery codes. Within a transaction."""
    row.save()
    officer = _officer(row.account)
    log.record([log.Entry(FactorEnrolled(officer, row.kind), f"factor:{row.pk}", 1, officer)])
    return _new_codes(row.account)


def check(account: Account, given: str, place: str) -> None:
    """A code of the authenticator or a recovery code; used up by that. Raises WrongFactor, limits.TooMany."""
    code = _plain(given)
    with counted(account, place), transaction.atomic():
        lock(account, again=True)
        right = _use_totp(account, code) if code.isdigit() and len(code) == DIGITS else _use_recovery(account, code)
        if not right:
            raise WrongFactor


def reset(account: Account) -> None:
    """By an administrator, when all was lost: factors and codes are gone, sessions end. Raises NotYours: nothing to reset."""
    with transaction.atomic():
        rows = list(Factor.objects.select_for_update().filter(account=account))
        if not rows:
            raise NotYours
        officer = _officer(account)
        log.record([log.Entry(FactorReset(officer), f"factor:{row.pk}", 2, SYSTEM.name) for row in rows])
        account.factors.all().delete()
        account.recovery_codes.all().delete()
        stays.end_all(account)


def remove(account: Account, pk: int) -> None:
    """Give up one factor, while another is left. Whoever asks has proved one. Raises NotYours."""
    with transaction.atomic():
        lock(account, again=True)
        rows = {row.pk: row for row in account.factors.all()}
        if pk not in rows or len(rows) == 1:
            raise NotYours
        _removed(rows[pk])


def give_demo_secrets() -> None:
    """Every officer of the demo without a factor gets a secret whose codes the demo shows. Outside a demo: nothing."""
    if settings.DEMO:
        accounts = Account.objects.filter(officer__isnull=False, factors=None)
        rows = [sealed(Factor(account=a, kind=Factor.Kind.TOTP), new_secret()) for a in accounts]
        Factor.objects.bulk_create(rows)


def codes_for_demo() -> list[DemoCode]:
    """What the demo's officers would read on their phones now: a code that was not used yet. Outside a demo: nothing."""
    if not settings.DEMO:
        return []
    rows = Factor.objects.filter(kind=Factor.Kind.TOTP, account__officer__isnull=False).select_related("account__officer")
    return [
        DemoCode(str(row.account), row.account.officer.name, unused_code(row)) for row in rows.order_by("account__username")
    ]


def unused_code(row: Factor) -> str:
    """The code of this step or, when that was used, of the next, which is taken too; empty when both were used."""
    now = _now()
    step = max(now, row.counter + 1)
    return pyotp.TOTP(unseal(row)).generate_otp(step) if step <= now + DRIFT else ""


@contextmanager
def counted(account: Account, place: str) -> Iterator[None]:
    """A try at a factor, counted before it is looked at; a success lets the account begin anew. Raises limits.TooMany."""
    with transaction.atomic():
        limits.take(PER_ACCOUNT, str(account.pk))
        limits.take(PER_ADDRESS, place)
    yield
    limits.forget(PER_ACCOUNT, str(account.pk))


def sealed(row: Factor, text: str) -> Factor:
    """The row with the secret or the public key, which only it opens. Raises private.KeyTrouble."""
    row.sealed = private.seal_under(bytes(row.data_key), _use(row), text)
    return row


def unseal(row: Factor) -> str:
    """The secret or the public key. Raises private.CannotOpen, private.KeyTrouble."""
    return private.unseal_under(bytes(row.data_key), _use(row), bytes(row.sealed))


def _use(row: Factor) -> str:
    return f"factor:{row.account_id}"


def lock(account: Account, *, again: bool) -> None:
    """One change or proof at a time. Raises HasOne: there is a factor, and it was not proved."""
    Account.objects.select_for_update().get(pk=account.pk)
    if not again and account.factors.exists():
        raise HasOne


def _use_totp(account: Account, code: str) -> bool:
    row = account.factors.filter(kind=Factor.Kind.TOTP).first()
    step = _step(unseal(row), code, row.counter) if row else None
    if row is None or step is None:
        return False
    row.counter = step
    row.save(update_fields=["counter"])
    return True


def _use_recovery(account: Account, code: str) -> bool:
    row = account.recovery_codes.filter(code_hash=_hash(account, code), used_at=None).first()
    if row is None:
        return False
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    officer = _officer(account)
    log.record([log.Entry(FactorRecovered(officer), f"recovery:{row.pk}", 1, officer)])
    return True


def _removed(row: Factor) -> None:
    officer = _officer(row.account)
    log.record([log.Entry(FactorRemoved(officer, row.kind), f"factor:{row.pk}", 2, officer)])
    row.delete()


def _step(secret: str, code: str, last: int) -> int | None:
    """The step whose code this is, later than the last one used; None for a wrong or an old one."""
    now, made = _now(), pyotp.TOTP(secret)
    for step in range(max(now - DRIFT, last + 1), now + DRIFT + 1):
        if hmac.compare_digest(made.generate_otp(step), _plain(code)):
            return step
    return None


def _now() -> int:
    return int(clock.now().timestamp()) // STEP


def _new_codes(account: Account) -> list[str]:
    account.recovery_codes.all().delete()
    made = ["".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, code_hash=_hash(account, code)) for code in made)
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in made]


def _plain(given: str) -> str:
    """Full-width digits and gaps are taken too."""
    folded = unicodedata.normalize("NFKC", given).lower()
    return "".join(c for c in folded if c.isascii() and c.isalnum())


def _hash(account: Account, code: str) -> str:
    return private.mac("recovery", f"{account.pk}|{code}").hex()


def _officer(account: Account) -> str:
    return f"officer:{account.officer.pk}"
