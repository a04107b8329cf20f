"""初始密码: handed out by somebody else, it lasts three days and opens nothing but the page that sets one's own."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from huying.base import clock, ids
from huying.people import passwords, stays
from huying.people.actors import SYSTEM
from huying.people.events import PasswordReset
from huying.people.models import Account

LASTS = timedelta(hours=72)


class Over(Exception):
    """The password is right, but was handed out too long ago: an administrator gives a new one."""


def new_handed() -> str:
    """A password to be handed out: 14 letters that can be read aloud."""
    return "-".join("".join(secrets.choice(ids.SECRET_LETTERS) for _ in range(part)) for part in (5, 5, 4))


def hand_out(account: Account, password: str) -> datetime:
    """Set a password that its officer has to replace; until when it lasts. His sessions end, and it is told in the log."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        until = clock.now() + LASTS
        passwords.put(account, password, until, PasswordReset(f"officer:{account.officer.pk}"), SYSTEM.name)
        stays.end_all(account)
    return until


def is_handed(account: Account) -> bool:
    """Whether somebody else gave him the password, and he has to set his own first."""
    return account.password_until is not None


def refuse_old(account: Account) -> None:
    """Raises Over for a password that was handed out too long ago."""
    if account.password_until is not None and account.password_until <= clock.now():
        raise Over
