"""An offer that waits for her word."""

from dataclasses import dataclass

import pytest

from huying.city.catalogue import InForce
from huying.features.services import drafts
from huying.features.services.models import Draft
from huying.features.services.offering import answering, consenting, running
from huying.features.services.offering.models import Offer
from huying.people.actors import Actor, party_actor
from huying.people.models import Party
from tests.small_offers import Register, born_before, proven

ACCOUNT = {"bank_account": ["6222020200112233445"]}


@dataclass
class Waiting:
    """The offer, her, and the thing."""

    party: Party
    thing: InForce
    number: str

    @property
    def actor(self) -> Actor:
        return party_actor(self.party)

    @property
    def row(self) -> Offer:
        return Offer.objects.select_related("draft__party").get()

    @property
    def draft(self) -> Draft:
        draft = self.row.draft
        assert draft
        return draft

    def completed(self) -> "Waiting":
        """She adds what nobody knows: the account."""
        answering.correct(self.draft, self.thing, ACCOUNT, None)
        return self

    def values(self) -> dict[str, object]:
        return drafts.values_of(self.draft)


@pytest.fixture
def waiting(old_age: InForce, she: Party, register: Register) -> Waiting:
    """The allowance at 80, offered."""
    number = proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    running.whole()
    return Waiting(she, old_age, number)
