"""`huying offers run`: the day's run by hand, and how many would get what; the worker does the same by itself."""

import json

import pytest
from click.testing import CliRunner

from huying.city.catalogue import InForce
from huying.config.commands.offers import offers
from huying.config.worker import Worker
from huying.features.services.offering import consenting
from huying.features.services.offering.models import Offer
from huying.people.actors import party_actor
from huying.people.models import Party
from tests.small_offers import Register, born_before, proven

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(old_age: InForce, she: Party, register: Register) -> Register:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth", "residence"])
    return register


def test_a_dry_run_says_how_many_would_get_what(agreed: Register) -> None:
    done = CliRunner().invoke(offers, ["run", "--dry-run"])
    assert done.output == "eighty: looked for 1, would be offered old-age to 1\n"
    assert not Offer.objects.exists()


def test_a_run_offers_once(agreed: Register) -> None:
    assert CliRunner().invoke(offers, ["run"]).output == "eighty: looked for 1, offered old-age to 1\nlapsed: 0\n"
    again = CliRunner().invoke(offers, ["run", "--json"])
    assert json.loads(again.output) == {"dry_run": False, "looked": {}, "offered": {}, "lapsed": 0}


def test_the_worker_does_it_by_itself_and_rests_after_a_fault(agreed: Register) -> None:
    worker = Worker()
    assert worker._offers() == 1
    assert Offer.objects.count() == 1
    assert worker._offers() == 0
    again = Worker()
    Offer.objects.all().delete()
    agreed.file.write_text("no register\n")
    from huying.base import clock  # beside its one use: the watch is due again
    from huying.features.services.offering.models import Watch

    Watch.objects.update(look_on=clock.today())
    assert again._offers() == 0
    assert again._offers() == 0, "it is left alone for an hour"
