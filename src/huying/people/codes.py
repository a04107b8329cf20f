"""One-time codes by text message: six digits, five tries, ten minutes, one use. Only their keyed hash is kept."""

import hmac
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.base import clock
from huying.people import limits, parties, private
from huying.people.models import Party, SignInCode
from huying.people.ports import NotDelivered, SentText, ShownTexts, Texts, Unsure
from huying.people.texts import NoTexts, adapter

DIGITS, TRIES, LIFE = 6, 5, timedelta(minutes=10)
PER_PHONE = limits.Limit("code.phone", most=10, within=timedelta(days=1), gap=timedelta(seconds=60))
# Many callers share one address behind a carrier: wide enough for them, narrow enough to stop a flood of texts.
PER_ADDRESS = limits.Limit("code.address", most=60, within=timedelta(hours=1))
# Somebody who asks for consent again and again keeps nobody from signing in: counted apart.
CONSENT_PER_PHONE = limits.Limit("consent.phone", most=5, within=timedelta(days=1), gap=timedelta(seconds=60))
TEMPLATE = "sign-in code"
TEXT = gettext_noop("验证码 %(code)s，%(minutes)s 分钟内有效。不要告诉别人。")  # as a provider must know it
MANDATE = "mandate code"
MANDATE_TEXT = gettext_noop(
    "同意码 %(code)s，%(minutes)s 分钟内有效。把它告诉%(who)s，就是同意对方替您办：%(what)s，到%(until)s为止。不同意就不要告诉任何人。"
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a code is for: bound into its hash, so that one asked for here is worth nothing there."""

    template: str
    limit: limits.Limit = PER_PHONE
    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)  # what the text says beside the code


SIGN_IN = Purpose(TEMPLATE)


class NotSent(Exception):
    """The code did not leave. The message is for people."""


def send(phone: str, address: str = "", purpose: Purpose = SIGN_IN) -> None:
    """Send a fresh code; the codes sent before are worth nothing any more. `address` is where the request came from.

    Raises ValueError (no mobile number), limits.TooMany, NotSent.
    """
    normal = _normal(phone)
    texts = _configured()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    with transaction.atomic():
        limits.take(purpose.limit, normal)
        if address:
            limits.take(PER_ADDRESS, address)
        row = SignInCode(phone_mac=private.phone_mac(normal), purpose=purpose.template, sent_at=clock.now())
        row.code_hash = _hash(row, code, purpose)
        row.save()
    try:
        values = {**purpose.values, "code": code, "minutes": str(LIFE.seconds // 60)}
        texts.send(normal, purpose.template, values, secrets.token_hex(16))
    except Unsure as fault:  # it may be on its way; if not, she asks for another one
        _log.warning("a code may not have been delivered: %s", fault)
    except NotDelivered as fault:
        _log.error("a code was not delivered: %s", fault)
        raise NotSent(_("验证码没有发出去，请过一分钟再试，或者拨打 12345。")) from fault


def check(phone: str, code: str) -> Party | None:
    """The party of the phone when this is its newest code; used up by that. A wrong code costs one of its tries.

    Raises ValueError (no mobile number).
    """
    with transaction.atomic():
        return parties.party_of_phone(_normal(phone)) if take(phone, code) else None


def take(phone: str, code: str, purpose: Purpose = SIGN_IN) -> bool:
    """Whether this is the phone's newest code, sent for that purpose; used up by that. A wrong code costs one of its tries.

    Raises ValueError (no mobile number).
    """
    with transaction.atomic():
        row = _live(_normal(phone), purpose.template, lock=True)
        if row is None:
            return False
        if not hmac.compare_digest(row.code_hash, _hash(row, code, purpose)):
            row.tries += 1
            row.save(update_fields=["tries"])
            return False
        row.used_at = clock.now()
        row.save(update_fields=["used_at"])
        return True


def tries_left(phone: str) -> int:
    """How many tries the newest code still has; 0 when a new one must be asked for."""
    row = _live(_normal(phone), TEMPLATE)
    return TRIES - row.tries if row else 0


def recent_for_demo() -> Sequence[SentText]:
    """The last codes, newest first, which the demo shows instead of sending. Nothing in a city that is no demo."""
    if not settings.DEMO:
        return []
    texts = adapter()
    return [sent for sent in texts.recent() if sent.template in (TEMPLATE, MANDATE)] if isinstance(texts, ShownTexts) else []


def _configured() -> Texts:
    try:
        return adapter()
    except NoTexts as fault:
        _log.error("%s", fault)
        raise NotSent(_("现在不能发短信验证码。您可以用诉求编号和查询码查看进度，或者拨打 12345。")) from fault


def _normal(phone: str) -> str:
    normal = parties.normal_phone(phone)
    if normal is None:
        raise ValueError("not a mobile phone number")
    return normal


def _live(phone: str, template: str, *, lock: bool = False) -> SignInCode | None:
    """The newest code of the phone for that purpose, when it is neither used, nor old, nor tried too often."""
    rows = SignInCode.objects.select_for_update() if lock else SignInCode.objects
    row = rows.filter(phone_mac__in=private.phone_macs(phone), purpose=template).order_by("-sent_at", "-id").first()
    if row is None or row.used_at is not None or row.tries >= TRIES or _end(row) <= clock.now():
        return None
    return row


def _end(row: SignInCode) -> datetime:
    return row.sent_at + LIFE


def _hash(row: SignInCode, code: str, purpose: Purpose) -> str:
    """Six digits are soon guessed from a plain hash: this needs the city's phone key. Bound to phone, moment and purpose."""
    bound = f"{bytes(row.phone_mac).hex()}|{row.sent_at.isoformat()}|{code}"
    return private.mac("code", f"{bound}|{purpose.key}" if purpose.key else bound).hex()
