"""密码 of officers: changed by themselves. What somebody else hands out: see handing."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from huying.events import log
from huying.people import limits
from huying.people.errors import Wrong
from huying.people.events import PasswordChanged, PasswordReset
from huying.people.models import Account

TRIES = limits.Limit("password.change", most=10, within=timedelta(minutes=15))
MOST = 256


def change(account: Account, old: str, new: str, again: str) -> Account:
    """Replace one's own password; the account as it is now. Every other session ends by itself, for its hash has changed.

    Raises Wrong by field (old, new, again), limits.TooMany: tries are counted before the old one is looked at.
    """
    limits.take(TRIES, str(account.pk))
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        if errors := _faults(account, old, new, again):
            raise Wrong(errors)
        put(account, new, None, PasswordChanged(_officer(account)), _officer(account))
    limits.forget(TRIES, str(account.pk))
    return account


def _faults(account: Account, old: str, new: str, again: str) -> dict[str, str]:
    errors = {}
    if not account.check_password(old):
        errors["old"] = _("现在的密码不对，请重新输入。")
    if fault := _weak(account, old, new):
        errors["new"] = fault
    elif new != again:
        errors["again"] = _("两次输入的新密码不一样，请再输一遍。")
    return errors


def _weak(account: Account, old: str, new: str) -> str:
    name = (account.username or "").lower()
    if len(new) > MOST:
        return _("新密码太长，最多 256 个字符。")
    if new == old:
        return _("新密码和现在的一样，请换一个。")
    if name and name in new.lower():
        return _("新密码里不要带用户名。")
    try:
        validate_password(new, account)
    except ValidationError as fault:
        short = any(one.code == "password_too_short" for one in fault.error_list)
        return _("新密码太短，至少 10 个字符。") if short else _("这个密码太常见，容易被猜到，请换一个。")
    return ""


def put(account: Account, password: str, until: datetime | None, fact: PasswordChanged | PasswordReset, who: str) -> None:
    """Set the password of a locked account, `until` for one that is to be replaced, and record the fact."""
    account.set_password(password)
    account.password_until, account.password_no = until, account.password_no + 1
    account.save(update_fields=["password", "password_until", "password_no"])
    log.record([log.Entry(fact, f"account:{account.pk}", account.password_no, who)])


def _officer(account: Account) -> str:
    return f"officer:{account.officer.pk}"
