"""What she reads: her offers, each with why and what is filled in from where; and each look that was taken at a register."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from huying.base import clock
from huying.city import catalogue
from huying.city.catalogue import InForce
from huying.city.things import Both
from huying.features.services import sealing
from huying.features.services.offering.models import Offer, RegisterLook
from huying.kernel.errors import NotThere
from huying.people.actors import Actor
from huying.people.models import Party

SHOWN, LOOKS_SHOWN = 20, 100


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer with its thing as it is now, and why it is made; `day` is what `why` speaks of."""

    offer: Offer
    thing: InForce
    why: Both
    day: date
    name: str  # of the child it is about
    sources: Mapping[str, str]  # by field: where it is filled in from


@dataclass(frozen=True, slots=True)
class LookRow:
    """A look of a rule; `thing` None: she proved who she is, or the thing is gone."""

    look: RegisterLook
    thing: Both | None


def waiting(party: Party | None) -> list[OfferView]:
    """What waits for her word, the first to end in front. Raises KeyTrouble."""
    if party is None:
        return []
    rows = Offer.objects.filter(party=party, state=Offer.State.OPEN, until__gte=clock.today(), draft__isnull=False)
    views = [_view(row) for row in rows.select_related("party", "draft__party").order_by("until", "pk")[:SHOWN]]
    return [view for view in views if view is not None]


def waiting_of(ids: Collection[int]) -> list[Offer]:
    """Of these offers those that wait for somebody's word, of whoever is still there."""
    rows = Offer.objects.filter(pk__in=ids, state=Offer.State.OPEN, until__gte=clock.today(), party__data_key__isnull=False)
    return list(rows.select_related("party"))


def past(party: Party) -> list[Offer]:
    """What ended, the newest first."""
    rows = Offer.objects.filter(party=party, ended_at__isnull=False).select_related("case__call")
    return list(rows.order_by("-ended_at")[:SHOWN])


def one(actor: Actor, token: str) -> Offer:
    """Her offer, open or not. Raises NotThere."""
    sound = token if token.isascii() and token.isalnum() else ""  # a database need not be able to look for anything else
    rows = Offer.objects.filter(party=actor.party, token=sound) if actor.party else Offer.objects.none()
    offer = rows.select_related("party", "draft__party", "case__call").first()
    if offer is None:
        raise NotThere
    return offer


def view_of(offer: Offer) -> OfferView | None:
    """The offer as it is shown; None where it waits for nothing any more. Raises KeyTrouble."""
    lasts = offer.state == Offer.State.OPEN and offer.until >= clock.today() and offer.draft is not None
    return _view(offer) if lasts else None


def looks(party: Party | None) -> list[LookRow]:
    """Each look at a register for her, the newest first."""
    if party is None:
        return []
    rows = RegisterLook.objects.filter(party=party).order_by("-at", "-pk")[:LOOKS_SHOWN]
    return [LookRow(row, _name(row.thing)) for row in rows]


def _name(thing: str) -> Both | None:
    found = catalogue.thing(thing) if thing else None
    return found.whole.thing.name if found else None


def _view(offer: Offer) -> OfferView | None:
    thing, held = catalogue.thing(offer.thing), sealing.opened(offer.party, offer.sealed)
    if thing is None or "why" not in held:
        return None
    why = held["why"]
    both = Both(why["zh"], why["en"])
    return OfferView(offer, thing, both, date.fromisoformat(why["day"]), why["name"], held["sources"])
