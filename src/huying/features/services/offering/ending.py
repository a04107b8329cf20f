"""How an offer ends: its draft and files go, and a fact says how. The row that stays says nothing but that it was."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huying.base import clock
from huying.city import queries as city
from huying.events import log
from huying.features.services import papers
from huying.features.services.models import Draft, Upload
from huying.features.services.offering.events import OfferDeclined, OfferEnded
from huying.features.services.offering.models import Offer, RegisterLook
from huying.people.actors import SYSTEM, Actor
from huying.people.models import Party

BATCH = 200
KEPT_DAYS = 1095  # of what ended, where the pack does not say
SETTING = "retention.offers.days"


def locked(party: Party) -> Party:
    """Her row, locked so that no other verb on her goes on beside it; rows that point at her may still be written."""
    return Party.objects.select_for_update(no_key=True).get(pk=party.pk)


def end(actor: Actor, offer: Offer, state: Offer.State, *, keep_draft: bool = False) -> None:
    """End an open offer that is locked, within the verb that ends it."""
    draft, offer.draft = offer.draft, None
    offer.state, offer.ended_at, offer.sealed = state, clock.now(), None
    offer.save(update_fields=["state", "ended_at", "sealed", "draft"])
    if draft is not None and not keep_draft:
        drop(draft)
    fact = OfferDeclined(offer.pk) if state == Offer.State.DECLINED else OfferEnded(offer.pk, state.value)
    log.record([log.Entry(fact, f"offer:{offer.pk}", 2, actor.name)])


def drop(draft: Draft) -> None:
    """A draft with its files; their bytes go once it has committed."""
    party = draft.party
    for sha256 in Upload.objects.filter(draft=draft).values_list("sha256", flat=True):
        transaction.on_commit(lambda sha256=sha256: papers.remove(party, sha256))  # type: ignore[misc]
    Upload.objects.filter(draft=draft).delete()
    draft.delete()


def lapse(limit: int = BATCH) -> int:
    """End offers whose last day is over; how many."""
    with transaction.atomic():
        rows = Offer.objects.select_for_update(skip_locked=True, of=("self",)).filter(state=Offer.State.OPEN)
        due = list(rows.filter(until__lt=clock.today()).select_related("draft__party").order_by("until", "pk")[:limit])
        for offer in due:
            end(SYSTEM, offer, Offer.State.LAPSED)
    return len(due)


def trim() -> int:
    """Delete what ended so long ago that it can be of no occasion any more, and looks as old; how many rows."""
    before = clock.now() - timedelta(days=int(city.setting(SETTING, KEPT_DAYS)))
    over = Offer.objects.filter(ended_at__lt=before, until__lt=clock.day_of(before))
    return _delete(over) + _delete(RegisterLook.objects.filter(at__lt=before))


def _delete(rows: QuerySet[Any]) -> int:
    """In pieces: no other writer waits for long."""
    done = 0
    while found := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        done += rows.model._default_manager.filter(pk__in=found).delete()[0]
    return done
