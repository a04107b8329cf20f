"""Who calls: the party of a phone, one nobody knows, and what a party's own key opens."""

import re

from django.db import IntegrityError, connection, transaction

from huying.events import rows
from huying.people import private
from huying.people.models import Account, Party

_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {ord("＋"): "+", ord("－"): "-", ord("　"): " "}
_BETWEEN = re.compile(r"[\s\-–—()（）.·]")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")


class HoldsPost(Exception):
    """An officer's account: a code by text message is not enough to use it."""


def normal_phone(text: str) -> str | None:
    """A mobile number as its 11 digits, however it was typed (+86, spaces, hyphens, full-width); None when it is none."""
    found = _MOBILE.fullmatch(_BETWEEN.sub("", text.translate(_FULL_WIDTH)))
    return found.group(1) if found else None


def party_of_phone(phone: str, create: bool = True) -> Party | None:
    """The person who has this phone; made when there is none and `create` is set. Raises ValueError for no phone number."""
    normal = normal_phone(phone)
    if normal is None:
        raise ValueError("not a mobile phone number")
    macs = private.phone_macs(normal)
    party = Party.objects.filter(phone_mac__in=macs).order_by("pk").first()
    if party is not None or not create:
        return party
    try:
        with transaction.atomic():
            return _with_phone(normal, macs[0])
    except IntegrityError:  # the same number, at the same moment: theirs stands
        return Party.objects.get(phone_mac__in=macs)


def draft_of_phone(phone: str) -> Party:
    """As party_of_phone, but a new party is not saved yet: it goes in with its first call, in one transaction."""
    normal = normal_phone(phone)
    if normal is None:
        raise ValueError("not a mobile phone number")
    macs = private.phone_macs(normal)
    marks = ", ".join(["%s"] * len(macs))  # as many as there are keys; no value stands in the text
    with connection.cursor() as cursor:  # by hand: most first calls are from a phone nobody knows
        cursor.execute(f"SELECT id FROM people_party WHERE phone_mac IN ({marks}) ORDER BY id LIMIT 1", macs)  # nosec B608
        there = cursor.fetchone()
    return (Party.objects.filter(pk=there[0]).first() if there else None) or _draft(normal, macs[0])


def anonymous() -> Party:
    """A party nobody knows, with a key of its own, not yet saved."""
    return rows.fresh(Party)


def phone_of(party: Party) -> str | None:
    """The party's phone, None when there is none. Raises private.Erased, private.KeyTrouble."""
    return private.unseal(party, party.phone_sealed) if party.phone_sealed is not None else None


def known_phone(party: Party) -> str | None:
    """The party's phone as pages show it: None also where its key was destroyed. Raises private.KeyTrouble."""
    try:
        return phone_of(party)
    except private.Erased:
        return None


def name_of(party: Party) -> str | None:
    """The party's name, None when it gave none. Raises private.Erased, private.KeyTrouble."""
    return private.unseal(party, party.name_sealed) if party.name_sealed is not None else None


def address_of(party: Party) -> str | None:
    """Where letters reach the party, None when it gave none. Raises private.Erased, private.KeyTrouble."""
    return private.unseal(party, party.address_sealed) if party.address_sealed is not None else None


def known_name(party: Party) -> str | None:
    """The party's name as pages show it: None also where its key was destroyed. Raises private.KeyTrouble."""
    try:
        return name_of(party)
    except private.Erased:
        return None


def set_name(party: Party, name: str) -> None:
    """Keep the party's name, sealed."""
    party.name_sealed = private.seal(party, name)
    party.save(update_fields=["name_sealed"])


def masked(phone: str) -> str:
    """A phone as its owner recognises it and nobody else: 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}"


def account_of(party: Party) -> Account:
    """What the party signs in with: made at the first sign-in, without user name and password. Raises HoldsPost."""
    with transaction.atomic():
        held = Party.objects.select_for_update().get(pk=party.pk)
        if held.account is None:
            held.account = Account.objects.create_user()
            held.save(update_fields=["account"])
        elif hasattr(held.account, "officer"):
            raise HoldsPost
    party.account = held.account
    return held.account


def _draft(phone: str, mac: bytes) -> Party:
    party = Party(phone_mac=mac)
    party.phone_sealed = private.seal(party, phone)
    return party


def _with_phone(phone: str, mac: bytes) -> Party:
    party = _draft(phone, mac)
    party.save(force_insert=True)
    return party
