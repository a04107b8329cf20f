"""She corrects what is held about her: name, address, and her phone once a code that was sent there came back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.people import codes, holdings, parties, private
from huying.people.actors import Actor
from huying.people.errors import Wrong
from huying.people.events import PartyConsent
from huying.people.models import Party

LONGEST_NAME, LONGEST_ADDRESS = 32, 120


def correct(actor: Actor, party: Party, *, name: str, address: str) -> None:
    """Keep name and address; an empty one is held no longer. A fact says which field, never what. Raises Wrong, Erased."""
    given = {"name": " ".join(name.split()), "address": " ".join(address.split())}
    errors = {}
    if len(given["name"]) > LONGEST_NAME:
        errors["name"] = _("姓名最多 %(n)s 个字。") % {"n": LONGEST_NAME}
    if len(given["address"]) > LONGEST_ADDRESS:
        errors["address"] = _("地址最多 %(n)s 个字。") % {"n": LONGEST_ADDRESS}
    if errors:
        raise Wrong(errors)
    with transaction.atomic():
        held = Party.objects.select_for_update().get(pk=party.pk)
        before = {"name": parties.name_of(held) or "", "address": parties.address_of(held) or ""}
        for field in [field for field in given if given[field] != before[field]]:
            setattr(held, f"{field}_sealed", private.seal(held, given[field]) if given[field] else None)
            held.save(update_fields=[f"{field}_sealed"])
            holdings.correct(actor, held, field)


def ask_phone(party: Party, phone: str, address: str) -> None:
    """Send a code to the new phone. Raises Wrong, limits.TooMany, codes.NotSent."""
    codes.send(_usable(phone), address)


def change_phone(actor: Actor, party: Party, phone: str, code: str) -> None:
    """Her phone is the new one, when the code is right. Raises Wrong (no number, wrong code, somebody else's phone)."""
    normal = _usable(phone)
    with transaction.atomic():
        right = codes.take(normal, code.strip())
        if right:
            _keep_phone(actor, party, normal)
    if not right:  # said outside, so that the try it cost is kept
        raise Wrong({"code": _("验证码不对，或者已经失效。")})


def _keep_phone(actor: Actor, party: Party, phone: str) -> None:
    other = parties.party_of_phone(phone, create=False)
    if other is not None and other.pk != party.pk:
        raise Wrong({"phone": _("这个号码已经有自己的记录，不能合并。请换一个号码，或者打 12345。")})
    held = Party.objects.select_for_update().get(pk=party.pk)
    held.phone_mac, held.phone_sealed = private.phone_mac(phone), private.seal(held, phone)
    try:
        with transaction.atomic():
            held.save(update_fields=["phone_mac", "phone_sealed"])
    except IntegrityError as fault:
        raise Wrong({"phone": _("这个号码已经有自己的记录，不能合并。请换一个号码，或者打 12345。")}) from fault
    holdings.correct(actor, held, "phone")


def agree_contact(actor: Actor, party: Party, *, given: bool) -> None:
    """Whether she may be asked about the service itself, beyond her calls."""
    with transaction.atomic():
        held = Party.objects.select_for_update().get(pk=party.pk)
        if held.contact_beyond != given:
            held.contact_beyond = given
            held.save(update_fields=["contact_beyond"])
            holdings.tell(actor, held, PartyConsent(f"party:{held.token}", "contact", given))


def name_or_none(party: Party) -> str:
    """Her name as the form shows it."""
    return parties.name_of(party) or ""


def address_or_none(party: Party) -> str:
    """Her address as the form shows it."""
    return parties.address_of(party) or ""


def _usable(phone: str) -> str:
    normal = parties.normal_phone(phone)
    if normal is None:
        raise Wrong({"phone": _("请填写 11 位手机号。")})
    return normal
