"""The ways out that are configured, and which of them a party can be reached by."""

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from huying.base.faults import ForOperator
from huying.notify import relays
from huying.notify.models import Channel, Way, Wish
from huying.notify.ports import Mail, NotDelivered, Parties
from huying.people import texts
from huying.people.models import Party
from huying.people.ports import Texts


class NoMail(ForOperator):
    """No way to send e-mail is configured, or it cannot be used: one line for the operator."""


def parties() -> Parties:
    """The adapter that knows which call belongs to whom."""
    return _parties(settings.PARTIES)


def text_messages() -> Texts:
    """Raises people.texts.NoTexts."""
    return texts.adapter()


def mail() -> Mail:
    """Raises NoMail."""
    if not settings.MAIL:
        raise NoMail("HUYING_MAIL is not set: name the server that sends e-mail, smtp://user:password@host:587")
    return _mail(settings.MAIL, settings.DEMO)


def open_ways() -> list[Way]:
    """The ways a party can choose from in this city: the portal is always one."""
    found = [Way.SMS] if settings.TEXTS else []
    return found + ([Way.MAIL] if settings.MAIL else []) + [Way.PORTAL]


def channel_of(party: Party, wish: Wish, *, relayed: bool = False) -> Channel | None:
    """By what a party is told beside the portal; None when by nothing: it is erased, cannot be reached, or does not wish it.

    `relayed`: she may answer it, so it goes out by the relay where there is one.
    """
    if party.data_key is None:
        return None
    if wish.way == Way.MAIL and wish.mail_sealed is not None and settings.MAIL:
        return Channel.MAIL
    if relayed and wish.way == Way.SMS and party.phone_sealed is not None and settings.RELAY:
        return Channel.RELAY
    return Channel.SMS if wish.way == Way.SMS and party.phone_sealed is not None and settings.TEXTS else None


def forget() -> None:
    """Make the adapters anew: after their settings changed, in tests."""
    texts.forget()
    relays.forget()
    _mail.cache_clear()
    _parties.cache_clear()


@lru_cache(maxsize=4)
def _parties(path: str) -> Parties:
    return cast(Parties, import_string(path)())


@lru_cache(maxsize=4)
def _mail(path: str, demo: bool) -> Mail:
    try:
        return cast(Mail, import_string(path)())
    except (ImportError, NotDelivered) as fault:
        raise NoMail(f"HUYING_MAIL={path}: {fault}") from fault
