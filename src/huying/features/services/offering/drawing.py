"""From occasions to offers: at most one for each, in one transaction with the day on which is looked again."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from huying.base import clock
from huying.city import catalogue
from huying.city import queries as city
from huying.city.catalogue import InForce
from huying.city.things import Decided, decide
from huying.city.things.offers import OfferRule
from huying.events import log, rows
from huying.features.services import form, opening, sealing
from huying.features.services.models import Draft
from huying.features.services.offering.claiming import Claimed, consents
from huying.features.services.offering.events import OfferMade
from huying.features.services.offering.models import Offer, Watch
from huying.features.services.offering.occasions import Occasion
from huying.people.actors import SYSTEM
from huying.people.models import Party

_log = logging.getLogger(__name__)


def draw(claimed: Sequence[Claimed], told: Mapping[int, list[Occasion]]) -> int:
    """Make the offers whose days these are, and note when to look again; how many were made."""
    with transaction.atomic():
        held = Watch.objects.select_for_update().in_bulk([one.watch.pk for one in claimed])
        agreed = consents(one.watch.party_id for one in claimed)
        lasting = [one for one in claimed if _lasts(one, held, agreed)]
        due_now = fresh([(one, occasion) for one in lasting for occasion in due(told.get(one.watch.pk, []))])
        made = [(one, _offer(one, occasion)) for one, occasion in due_now]
        _keep([offer for _one, offer in made if offer is not None])
        unsettled = {one.watch.pk for one, offer in made if offer is None}  # these are due again tomorrow, as claimed
        settled = [one for one in lasting if one.watch.pk not in unsettled]
        for one in settled:
            windows = [occasion.window for occasion in told.get(one.watch.pk, [])]
            held[one.watch.pk].look_on = one.rule.when.next_look(windows, clock.today(), one.rule.every)
        rows.update([held[one.watch.pk] for one in settled], ("look_on",))
    return sum(offer is not None for _one, offer in made)


def due(occasions: Sequence[Occasion]) -> list[Occasion]:
    """Those within whose days today is."""
    today = clock.today()
    return [one for one in occasions if one.window.first <= today <= one.window.last]


def fresh(pairs: Sequence[tuple[Claimed, Occasion]]) -> list[tuple[Claimed, Occasion]]:
    """Without what was offered before, whatever became of it."""
    people = {one.watch.party_id for one, _occasion in pairs}
    known = set(Offer.objects.filter(party__in=people).values_list("party", "rule", "occasion"))
    return [(one, occasion) for one, occasion in pairs if (one.watch.party_id, one.rule.key, occasion.key) not in known]


def _lasts(one: Claimed, held: Mapping[int, Watch], agreed: Mapping[int, frozenset[str]]) -> bool:
    """Whether she still agrees to all that was looked at: between the question and now she may have taken it back."""
    watch = held.get(one.watch.pk)
    return watch is not None and watch.look_on is not None and set(one.kinds) <= agreed.get(one.watch.party_id, frozenset())


def _keep(offers: Sequence[Offer]) -> None:
    rows.insert([offer.draft for offer in offers if offer.draft is not None])
    for offer in offers:
        offer.draft_id = offer.draft.pk if offer.draft else None
    rows.insert(offers)
    facts = [
        OfferMade(offer.pk, f"party:{offer.party.token}", offer.rule, offer.thing, offer.until.isoformat()) for offer in offers
    ]
    log.record([log.Entry(fact, f"offer:{fact.offer}", 1, SYSTEM.name) for fact in facts])


def _offer(one: Claimed, occasion: Occasion) -> Offer | None:
    """The offer with its draft, both unsaved; None where the thing as it is now is not settled by the rule any more."""
    thing = catalogue.thing(one.rule.thing)
    decided = decide(thing.whole, one.rule.settled, frozenset(one.rule.skip)) if thing else None
    if thing is None or decided is None or not decided.complete or not decided.steps:
        _log.error("rule %s does not settle %s as it is now: nothing is offered by it", one.rule.key, one.rule.thing)
        return None
    values, sources = filled(one.rule, decided, occasion)
    offer = Offer(party=one.watch.party, rule=one.rule.key, occasion=occasion.key, uses=list(one.kinds), thing=one.rule.thing)
    offer.version_id, offer.made_at, offer.until = thing.version, clock.now(), occasion.window.last
    why = {"zh": one.rule.why.zh, "en": one.rule.why.en, "day": occasion.window.day.isoformat(), "name": occasion.name}
    offer.sealed = sealing.seal(offer.party, {"why": why, "sources": sources})
    offer.draft = _draft(offer, thing, one.rule, values, occasion.area)
    return offer


def _draft(offer: Offer, thing: InForce, rule: OfferRule, values: Mapping[str, Any], area: str) -> Draft:
    party: Party = offer.party
    draft = Draft(
        party=party, thing=f"offer.{offer.token}", version_id=thing.version, answers=rule.settled, skipped=list(rule.skip)
    )
    found = city.area_by_key(area) if area else None
    draft.area = area if found is not None and opening.planning_area(found) else ""
    draft.sealed, draft.saved_at = sealing.seal(party, values), clock.now()
    return draft


def filled(rule: OfferRule, decided: Decided, occasion: Occasion) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields that are known, with where each is from. What the form would find fault with is left for her to fill in."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name, source in rule.fill.items():
        value = occasion.before.get(name) if source == "before" else occasion.values.get(source)
        if value not in (None, "", []):
            values[name], sources[name] = value, source
    faulty = form.faults(decided, values).keys() & values.keys()
    return (
        {name: value for name, value in values.items() if name not in faulty},
        {name: source for name, source in sources.items() if name not in faulty},
    )
