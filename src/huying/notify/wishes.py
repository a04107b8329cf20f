"""How a party wants to be told. An e-mail address counts when a code that was sent there came back."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.notify import ways
from huying.notify.models import QUIET_FROM, QUIET_TO, Way, Wish
from huying.notify.ports import Letter, NotDelivered, Unsure
from huying.people import limits, private
from huying.people.models import Party

DIGITS, TRIES, LIFE = 6, 5, timedelta(minutes=30)
# Nobody may use us to send mail to somebody else's address.
PER_PARTY = limits.Limit("mail.party", most=5, within=timedelta(days=1), gap=timedelta(seconds=60))
PER_ADDRESS = limits.Limit("mail.address", most=5, within=timedelta(days=1))
LONGEST = 120
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)


class BadWish(ValueError):
    """What was wished cannot be: the message of each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Shown:
    """A party's wish as she sees it: addresses masked."""

    way: str
    language: str
    quiet_from: int
    quiet_to: int
    mail: str  # '' while none is confirmed
    asked: str  # where a code was sent to, while it is worth something


def of(party: Party) -> Shown:
    """What the party wishes, or what holds without a wish. Raises private.Erased, private.KeyTrouble."""
    wish = Wish.objects.filter(party=party).first() or Wish(party=party, way=Way.SMS if party.phone_sealed else Way.PORTAL)
    mail = private.unseal(party, wish.mail_sealed) if wish.mail_sealed is not None else ""
    asked = private.unseal(party, wish.asked_sealed) if wish.asked_sealed is not None and _alive(wish) else ""
    return Shown(wish.way, wish.language, wish.quiet_from, wish.quiet_to, masked(mail), masked(asked))


def choose(
    party: Party, way: str, language: str = "zh-hans", quiet_from: int = QUIET_FROM, quiet_to: int = QUIET_TO, mail: str = ""
) -> bool:
    """Keep a wish. A new `mail` address is sent a code and counts once it came back; True when one is on its way.

    Raises BadWish naming each field at fault.
    """
    mail = mail.strip()
    with transaction.atomic():
        wish = _locked(party)
        errors = _faults(party, wish, way, language, (quiet_from, quiet_to), mail)
        if errors:
            raise BadWish(errors)
        wish.language, wish.quiet_from, wish.quiet_to = language, quiet_from, quiet_to
        asks = way == Way.MAIL and bool(mail) and not _is_confirmed(party, wish, mail)
        # until the address is confirmed she is told as before
        wish.way = wish.way if way == Way.MAIL and wish.mail_sealed is None else way
        wish.save()
    if asks:
        _ask(party, mail)
    return asks


def confirm(party: Party, code: str) -> bool:
    """Whether this is the code that was sent to the new address: from here on she is told there. A wrong one costs a try."""
    with transaction.atomic():
        wish = _locked(party)
        if wish.asked_sealed is None or not _alive(wish):
            return False
        if not hmac.compare_digest(wish.code_hash, _hash(wish, code)):
            wish.code_tries += 1
            wish.save(update_fields=["code_tries"])
            return False
        wish.mail_sealed, wish.asked_sealed, wish.code_hash, wish.way = wish.asked_sealed, None, "", Way.MAIL
        wish.save()
    return True


def masked(address: str) -> str:
    """An address as its owner recognises it and nobody else: l***@example.org."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***@{domain}" if at else ""


def _faults(party: Party, wish: Wish, way: str, language: str, quiet: tuple[int, int], mail: str) -> dict[str, str]:
    errors: dict[str, str] = {}
    if way not in ways.open_ways():
        errors["way"] = _("请选一种通知方式。")
    elif way == Way.SMS and party.phone_sealed is None:
        errors["way"] = _("您没有留手机号，收不到短信，请另选一种。")
    elif way == Way.MAIL and not mail and wish.mail_sealed is None:
        errors["mail"] = _("请填邮箱地址。")
    if mail and (len(mail) > LONGEST or not _ADDRESS.fullmatch(mail)):
        errors["mail"] = _("这不像一个邮箱地址，请检查，例如 name@example.org。")
    if language not in ("zh-hans", "en"):
        errors["language"] = _("请选一种语言。")
    if not all(0 <= hour <= 23 for hour in quiet):
        errors["quiet"] = _("请选几点到几点不打扰。")
    return errors


def _locked(party: Party) -> Wish:
    default = {"way": Way.SMS if party.phone_sealed is not None else Way.PORTAL}
    wish, _made = Wish.objects.select_for_update().get_or_create(party=party, defaults=default)
    return wish


def _is_confirmed(party: Party, wish: Wish, mail: str) -> bool:
    return wish.mail_sealed is not None and private.unseal(party, wish.mail_sealed) == mail


def _ask(party: Party, mail: str) -> None:
    """Send a code to the new address. Raises BadWish: too often, or it did not leave."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    try:
        with transaction.atomic():
            limits.take(PER_PARTY, party.token)
            limits.take(PER_ADDRESS, mail.lower())
            wish = _locked(party)
            wish.asked_sealed, wish.code_at, wish.code_tries = private.seal(party, mail), clock.now(), 0
            wish.code_hash = _hash(wish, code)
            wish.save()
        ways.mail().send(_letter(mail, code))
    except limits.TooMany as fault:
        raise BadWish({"mail": _("确认邮件发得太勤了，请 %(n)s 分钟后再试。") % {"n": fault.minutes}}) from fault
    except Unsure:
        return  # it may be on its way; if not, she asks for another one
    except (NotDelivered, ways.NoMail) as fault:
        raise BadWish({"mail": _("确认邮件没有发出去，请检查地址，或者过一会儿再试。")}) from fault


def _letter(mail: str, code: str) -> Letter:
    text = _("验证码：%(code)s\n\n在“怎么通知您”那一页填上它，以后的通知就发到这个邮箱。三十分钟内有效。")
    more = _("如果不是您填的，不用管这封邮件。")
    return Letter(mail, _("确认您的邮箱"), f"{text % {'code': code}}\n{more}\n", secrets.token_hex(16))


def _alive(wish: Wish) -> bool:
    return bool(wish.code_at and wish.code_tries < TRIES and wish.code_at + LIFE > clock.now())


def _hash(wish: Wish, code: str) -> str:
    """Bound to the party and the moment; useless without the city's key."""
    assert wish.code_at
    return private.mac("mail code", f"{wish.party_id}|{wish.code_at.isoformat()}|{code}").hex()
