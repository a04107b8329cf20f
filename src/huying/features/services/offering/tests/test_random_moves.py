"""Whatever she agrees to and takes back, and whenever runs come: at most one offer an occasion, and nothing without consent."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.city.catalogue import InForce
from huying.features.services.models import Case, Draft
from huying.features.services.offering import answering, consenting, running
from huying.features.services.offering.models import Consent, Offer, Proven, RegisterLook, Watch
from huying.features.services.offering.tests.conftest import ACCOUNT
from huying.kernel.errors import BadInput, Refused
from huying.people.actors import Actor, party_actor
from huying.people.models import Party
from tests.small_offers import EIGHTY, SCHOOL, SCHOOL_ITEMS, SIX, Register, identity, load, put_in_force

pytestmark = pytest.mark.django_db
BEGIN = datetime(2027, 1, 10, 9, tzinfo=clock.CITY_TIME)
KINDS = ("birth", "children", "residence")
MOVES = ("agree", "run", "run", "trial", "days", "accept", "decline", "take")


def open_offer(party: Party) -> Offer | None:
    return Offer.objects.filter(party=party, state="open").select_related("draft__party").first()


def agree(actor: Actor, number: str, kinds: frozenset[str]) -> None:
    assert actor.party
    if kinds and not consenting.identity_of(actor.party):
        consenting.limits.forget(consenting.TRIES, actor.party.token)
        consenting.prove(actor, "王秀英", number)
    consenting.agree(actor, kinds)


def act(actor: Actor, thing: InForce, what: str) -> None:
    assert actor.party
    if what == "run":
        running.whole()
    elif what == "trial":
        running.trial()
    elif (offer := open_offer(actor.party)) is not None:
        with suppress(Refused, BadInput):  # an offer without a residence she did not agree to asks for it
            if what == "accept":
                assert offer.draft
                answering.correct(offer.draft, thing, ACCOUNT, None)
                answering.accept(actor, offer.token)
            elif what == "decline":
                answering.decline(actor, offer.token)
            else:
                answering.take(actor, offer.token)


def holds(party: Party, agreed: frozenset[str]) -> None:
    occasions = Counter(Offer.objects.values_list("rule", "occasion"))
    assert not occasions or max(occasions.values()) == 1
    assert set(Consent.objects.filter(withdrawn_at=None).values_list("kind", flat=True)) == agreed
    for offer in Offer.objects.select_related("draft"):
        assert (offer.state == "open") == (offer.draft is not None and offer.sealed is not None)
        if offer.state == "open":
            assert set(offer.uses) <= agreed
    assert Draft.objects.filter(thing__startswith="offer.").count() == Offer.objects.filter(state="open").count()
    assert Case.objects.count() == Offer.objects.filter(state="accepted").count()
    assert Proven.objects.exists() or not agreed
    needs = {"eighty": "birth", "six": "children"}
    for watch in Watch.objects.exclude(look_on=None):
        assert needs[watch.rule] in agreed


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(MOVES), st.frozensets(st.sampled_from(KINDS)), st.integers(1, 70)), min_size=3, max_size=14
    )
)
def test_any_row_of_moves(
    old_age: InForce, she: Party, register: Register, moves: list[tuple[str, frozenset[str], int]]
) -> None:
    with transaction.atomic():  # each row of moves begins with nothing
        played(old_age, she, register, moves)
        transaction.set_rollback(True)


def played(old_age: InForce, she: Party, register: Register, moves: list[tuple[str, frozenset[str], int]]) -> None:
    load(SCHOOL, SCHOOL_ITEMS)
    put_in_force(EIGHTY, SIX)
    at, agreed, actor = BEGIN, frozenset[str](), party_actor(she)
    with clock.showing(at):
        born, child = BEGIN.date().replace(year=1947, month=3), BEGIN.date().replace(year=2021, month=5)
        children = [{"identity": identity(child), "name": "安安", "sex": "female", "born": child.isoformat()}]
        number = register.put(identity(born), born, children=children)
    for what, kinds, days in moves:
        at += timedelta(days=days) if what == "days" else timedelta(minutes=7)
        with clock.showing(at):
            looks = set(RegisterLook.objects.values_list("pk", flat=True))
            if what == "agree":
                agree(actor, number, kinds)
                agreed = kinds
            else:
                act(actor, old_age, what)
            for look in RegisterLook.objects.exclude(pk__in=looks).exclude(rule=""):
                assert set(look.fields) <= agreed, "looked at without consent"
            holds(she, agreed)
