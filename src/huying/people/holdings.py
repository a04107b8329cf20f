"""Everything held about a party, wherever it lies: shown to her, erased when she asks. Each app answers for its own tables.

settings.HOLDERS names a module of each: `held(party)`, `open_matters(party)` and `erase(party)` where it has something to say.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

import msgspec
from django.conf import settings
from django.db import transaction

from huying.events import log
from huying.people import erasures
from huying.people.actors import Actor
from huying.people.events import PartyCorrected, PartyErased
from huying.people.models import Account, Party


class OpenMatters(Exception):
    """Calls of hers still wait for their answer: by number. They finish first, or she withdraws them."""

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = numbers


@dataclass(slots=True)
class Section:
    """One kind of what is held: a name for machines, a title for people, and rows of (label, value)."""

    name: str
    title: str
    rows: list[dict[str, str]] = field(default_factory=list)


Files = Callable[[], None]  # removes what lies outside the database, once the rest has gone


def held(party: Party) -> list[Section]:
    """All of it, section by section. Raises KeyTrouble."""
    return [section for module in _holders("held") for section in module.held(party)]


def waiting(party: Party) -> list[str]:
    """The numbers of her calls that still wait for an answer: until then she cannot be erased."""
    return [number for module in _holders("open_matters") for number in module.open_matters(party)]


def erase(actor: Actor, party: Party) -> None:
    """Destroy her data key and whatever names her; end her sessions. Nobody can undo it.

    In one transaction but for the bytes of photos, which go once it has committed. Raises OpenMatters, KeyTrouble.
    """
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=party.pk)
        if numbers := waiting(party):
            raise OpenMatters(numbers)
        _erase(actor, party)


def reapply() -> int:
    """Erase again whoever was erased before a backup was put back; how many that were. Raises KeyTrouble.

    Her calls may be open in the old state: they go on, without her data.
    """
    done = 0
    for party in list(erasures.come_back()):
        with transaction.atomic():
            _erase(Actor(name="system", is_system=True), Party.objects.select_for_update().get(pk=party.pk), noted=True)
        done += 1
    return done


def _erase(actor: Actor, party: Party, noted: bool = False) -> None:
    for module in _holders("erase"):
        for gone in module.erase(party):
            transaction.on_commit(gone)
    account_id, party.account = party.account_id, None
    party.data_key = party.phone_mac = party.phone_sealed = party.name_sealed = party.address_sealed = None
    tell(actor, party, PartyErased(f"party:{party.token}"))
    party.save()
    if account_id:
        # her sessions end with it, on every device
        Account.objects.filter(pk=account_id, officer__isnull=True).delete()
    if not noted:
        erasures.note(party.token)  # last: a line stands before the key is gone, and nothing after it can fail but the commit


def correct(actor: Actor, party: Party, what: str) -> None:
    """Record that a field was corrected: which one, never what it says. Belongs into the transaction of the change."""
    tell(actor, party, PartyCorrected(f"party:{party.token}", what))


def tell(actor: Actor, party: Party, fact: msgspec.Struct) -> None:
    """Record a fact about a party and count it. The row must be locked."""
    party.version += 1
    Party.objects.filter(pk=party.pk).update(version=party.version)
    log.record([log.Entry(fact, f"party:{party.token}", party.version, actor.name)])


def _holders(does: str) -> list[ModuleType]:
    found: list[ModuleType] = [import_module(path) for path in settings.HOLDERS]
    return [module for module in found if hasattr(module, does)]
