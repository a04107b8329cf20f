"""Two at once: two workers, two presses, a press while she takes back her consent. SQLite lets one writer in at a time."""

import pytest

from huying.city.catalogue import InForce
from huying.events.models import Fact
from huying.features.services.models import Case, Draft
from huying.features.services.offering import answering, consenting, running
from huying.features.services.offering.models import Offer, RegisterLook
from huying.features.services.offering.tests.conftest import Waiting
from huying.kernel.tests.test_races import TRIES, race
from huying.people.actors import party_actor
from huying.people.models import Party
from tests.small_offers import Register, born_before, proven

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


@pytest.mark.parametrize("n", range(TRIES))
def test_two_workers_look_once_and_offer_once(old_age: InForce, she: Party, register: Register, n: int) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    assert race(running.once, running.once) == ["done", "done"]
    assert RegisterLook.objects.filter(rule="eighty").count() == 1
    assert Fact.objects.filter(name="offer.made").count() == Offer.objects.count() == 1


@pytest.mark.parametrize("n", range(TRIES))
def test_confirmed_twice_at_once_it_is_one_case(waiting: Waiting, n: int) -> None:
    token, numbers = waiting.completed().row.token, list[str]()
    press = lambda: numbers.append(answering.accept(waiting.actor, token).number)  # noqa: E731
    assert race(press, press) == ["done", "done"]
    assert len(set(numbers)) == Case.objects.count() == 1


@pytest.mark.parametrize("n", range(TRIES))
def test_confirmed_while_consent_is_taken_back_it_is_one_or_the_other(waiting: Waiting, n: int) -> None:
    token = waiting.completed().row.token
    outcome = race(lambda: answering.accept(waiting.actor, token), lambda: consenting.agree(waiting.actor, []))
    assert outcome in (["done", "done"], ["done", "offer_ended"])
    assert Case.objects.count() == (waiting.row.state == "accepted")
    assert waiting.row.state in ("accepted", "withdrawn")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("n", range(TRIES))
def test_the_run_while_consent_is_taken_back_leaves_nothing_open(
    old_age: InForce, she: Party, register: Register, n: int
) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    assert race(running.once, lambda: consenting.agree(party_actor(she), [])) == ["done", "done"]
    assert not Offer.objects.filter(state="open").exists()
    assert not running.whole().looked
