"""What she does with an offer: correct it, confirm it, take it to the ordinary form, or say no. Twice is once."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import catalogue
from huying.city.catalogue import InForce
from huying.events import log
from huying.features.services import drafts, form, sealing
from huying.features.services.models import Draft, Upload
from huying.features.services.offering import ending
from huying.features.services.offering.events import OfferAccepted
from huying.features.services.offering.models import Offer
from huying.kernel.actions import Opened
from huying.kernel.errors import NotThere, Refused
from huying.people.actors import Actor


def correct(draft: Draft, thing: InForce, given: Mapping[str, Sequence[str]], area: str | None) -> Draft:
    """Keep what she typed into the fields that were shown; what was not shown stays. Raises KeyTrouble."""
    decided, values = drafts.decided_of(draft, thing), drafts.values_of(draft)
    typed = form.read(decided, given)
    shown = {asked.field.name for asked in decided.fields} & given.keys()
    draft.sealed = sealing.seal(draft.party, {name: value for name, value in values.items() if name not in shown} | typed)
    draft.saved_at, draft.area = clock.now(), draft.area if area is None else area[:64]
    # one that was sent a moment ago is there no more: then there is nothing to keep
    Draft.objects.filter(pk=draft.pk).update(sealed=draft.sealed, saved_at=draft.saved_at, area=draft.area)
    return draft


def accept(actor: Actor, token: str) -> Opened:
    """Open the case, as an ordinary application does. Confirmed before, it is that case.

    Raises NotThere, Refused (it ended, or the thing is not there any more), BadInput (what is missing, by field), KeyTrouble.
    """
    with transaction.atomic():
        offer = _locked(actor, token)
        if offer.case is not None:
            before = drafts.sent_before(offer.party, offer.case.call.key or "")
            assert before is not None
            return before
        draft, thing = _open(offer)
        opened = drafts.send(actor, draft, thing)
        offer.state, offer.ended_at, offer.case_id = Offer.State.ACCEPTED, clock.now(), opened.matter_id
        offer.sealed = offer.draft = None
        offer.save(update_fields=["state", "ended_at", "case", "sealed", "draft"])
        fact = OfferAccepted(offer.pk, opened.matter_id)
        log.record([log.Entry(fact, f"offer:{offer.pk}", 2, actor.name)])
    return opened


def decline(actor: Actor, token: str) -> Offer:
    """She does not want it: for this occasion it is never offered again. Said twice it is once. Raises NotThere, Refused."""
    with transaction.atomic():
        offer = _locked(actor, token)
        if offer.state != Offer.State.DECLINED:
            _open(offer)
            ending.end(actor, offer, Offer.State.DECLINED)
    return offer


def take(actor: Actor, token: str) -> str:
    """Her ordinary draft of the thing with all that was filled in, to go on with by herself; the key of the thing.

    What she typed before into a draft of that thing stays hers. Raises NotThere, Refused, KeyTrouble.
    """
    with transaction.atomic():
        offer = _locked(actor, token)
        if offer.state == Offer.State.TAKEN:
            return offer.thing
        draft, thing = _open(offer)
        ending.end(actor, offer, Offer.State.TAKEN, keep_draft=True)
        own = drafts.draft_there(offer.party, thing.row.key)
        if own is None:
            draft.thing = thing.row.key
            draft.save(update_fields=["thing"])
        else:
            _merge(draft, own)
    return thing.row.key


def _merge(draft: Draft, own: Draft) -> None:
    values = drafts.values_of(draft) | drafts.values_of(own)
    own.answers, own.skipped, own.version_id = draft.answers, draft.skipped, draft.version_id
    own.area, own.sealed, own.saved_at = own.area or draft.area, sealing.seal(own.party, values), clock.now()
    own.save()
    there = set(Upload.objects.filter(draft=own).values_list("material", "sha256"))
    for row in Upload.objects.filter(draft=draft):
        if (row.material, row.sha256) not in there:
            Upload.objects.filter(pk=row.pk).update(draft=own)
    ending.drop(draft)


def _locked(actor: Actor, token: str) -> Offer:
    if actor.party is None:
        raise NotThere
    # without joins: what is joined would be as it was before whoever held the lock
    offer = Offer.objects.select_for_update().filter(party=actor.party, token=token).first()
    if offer is None:
        raise NotThere
    return offer


def _open(offer: Offer) -> tuple[Draft, InForce]:
    thing = catalogue.thing(offer.thing)
    if offer.state != Offer.State.OPEN or offer.until < clock.today() or offer.draft is None:
        raise Refused("offer_ended", _("这件事已经不在等您确认了。要办的话，从“办事”里进去也一样。"))
    if thing is None:
        raise Refused("thing_gone", _("这件事现在不办了，不用再管它。"))
    return offer.draft, thing
