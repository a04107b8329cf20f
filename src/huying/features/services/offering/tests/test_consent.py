"""She asks to be looked out for once she has shown who she is; taken back, nothing is looked at and what was offered goes."""

import json

import pytest

from huying.base import clock
from huying.city.catalogue import InForce
from huying.events.models import Fact
from huying.features.services.models import Draft
from huying.features.services.offering import consenting, running
from huying.features.services.offering.models import Consent, Offer, Proven, RegisterLook, Watch
from huying.features.services.offering.tests.conftest import Waiting
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import SYSTEM, party_actor
from huying.people.models import Party
from tests.small_offers import Register, born_before, identity, proven

pytestmark = pytest.mark.django_db


def told(name: str) -> list[dict[str, object]]:
    return [json.loads(body) for body in Fact.objects.filter(name=name).order_by("id").values_list("body", flat=True)]


def test_each_consent_is_a_fact(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    consenting.agree(party_actor(she), ["birth"])
    party = f"party:{she.token}"
    assert told("party.consent") == [
        {"given": True, "party": party, "to": "offer.birth"},
        {"given": True, "party": party, "to": "offer.residence"},
        {"given": False, "party": party, "to": "offer.residence"},
    ]
    assert consenting.kinds_of(she) == {"birth"}


def test_the_number_is_kept_sealed_and_goes_with_the_last_consent_that_needs_it(
    old_age: InForce, she: Party, register: Register
) -> None:
    number = proven(she, register, born_before(80, 20))
    assert consenting.identity_of(she) == number
    assert number.encode() not in bytes(Proven.objects.get().sealed)
    consenting.agree(party_actor(she), ["birth"])
    consenting.agree(party_actor(she), ["documents"])
    assert not Proven.objects.exists()


@pytest.mark.parametrize("wrong", ["name", "phone", "number"])
def test_name_number_and_phone_must_be_one_person_s(old_age: InForce, she: Party, register: Register, wrong: str) -> None:
    born = born_before(80, 20)
    number = register.put(identity(born), born, phone="13900000099" if wrong == "phone" else "13800000080")
    name = "王秀瑛" if wrong == "name" else "王秀英"
    with pytest.raises(BadInput, match="对不到一起"):
        consenting.prove(party_actor(she), name, identity(born) if wrong == "number" else number)
    assert not Proven.objects.exists()
    assert RegisterLook.objects.get().fields == ["identity"], "asked in vain is asked as well"


def test_numbers_cannot_be_tried_one_after_another(old_age: InForce, she: Party, register: Register) -> None:
    born = born_before(80, 20)
    number = register.put(identity(born), born)
    for _try in range(5):
        with pytest.raises(BadInput, match="对不到一起"):
            consenting.prove(party_actor(she), "王秀英", identity(born))
    with pytest.raises(BadInput, match="试得太多"):
        consenting.prove(party_actor(she), "王秀英", number)


def test_a_number_with_a_wrong_figure_is_not_asked_about(old_age: InForce, she: Party, register: Register) -> None:
    with pytest.raises(BadInput, match="一共 18 位"):
        consenting.prove(party_actor(she), "王秀英", "500106194612200028")
    assert not RegisterLook.objects.exists()


def test_who_she_is_comes_first(old_age: InForce, she: Party, register: Register) -> None:
    with pytest.raises(Refused, match="先核对您是谁"):
        consenting.agree(party_actor(she), ["birth"])
    consenting.agree(party_actor(she), ["documents"])  # of what was given here, no number is needed
    assert consenting.kinds_of(she) == {"documents"}
    with pytest.raises(NotThere):
        consenting.agree(SYSTEM, ["documents"])


@pytest.mark.parametrize("kept", [["residence"], ["birth"], []])
def test_taken_back_what_was_offered_by_it_is_gone(waiting: Waiting, kept: list[str]) -> None:
    consenting.agree(waiting.actor, kept)
    assert (waiting.row.state, waiting.row.sealed) == ("withdrawn", None)
    assert not Draft.objects.exists()
    assert told("offer.ended") == [{"how": "withdrawn", "offer": waiting.row.pk}]


def test_taken_back_and_given_again_it_is_not_offered_again(waiting: Waiting) -> None:
    consenting.agree(waiting.actor, [])
    assert Watch.objects.get().look_on is None
    with pytest.raises(Refused):
        consenting.agree(waiting.actor, ["birth"])
    consenting.prove(waiting.actor, "王秀英", waiting.number)
    consenting.agree(waiting.actor, ["birth"])
    assert Watch.objects.get().look_on == clock.today()
    assert running.whole().looked == {"eighty": 1}
    assert Offer.objects.count() == 1
    assert Consent.objects.count() == 3


def test_taken_back_while_the_register_was_asked_nothing_is_offered(old_age: InForce, she: Party, register: Register) -> None:
    from huying.features.services.offering import claiming, drawing, occasions  # the three steps of a run, one by one

    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    claimed = claiming.claim()
    found = occasions.found(claimed)
    consenting.agree(party_actor(she), [])
    assert drawing.draw(claimed, found) == 0
    assert Watch.objects.get().look_on is None
