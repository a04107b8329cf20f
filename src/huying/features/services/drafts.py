"""A form on its way: saved as she goes, found again on another device, prefilled where she lets us; sent, it becomes a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city.catalogue import InForce
from huying.city.things import Answers, Decided, decide
from huying.features.services import form, papers, sealing
from huying.features.services.models import Case, Draft, Known, Mandate, Upload
from huying.features.services.opening import NewCase, check, open_cases
from huying.features.services.papers import PaperRefused
from huying.kernel.actions import Opened
from huying.kernel.errors import BadInput
from huying.kernel.intake import Opened as AsOpened
from huying.people import parties
from huying.people.actors import Actor
from huying.people.models import Party


def draft_of(party: Party, thing: InForce, mandate: Mandate | None = None) -> Draft:
    """Her draft of the thing, made when there is none; one that was begun under an older version goes on with the newest.

    Who acts for her by `mandate` has one of his own.
    """
    fresh = {"version_id": thing.version, "saved_at": clock.now()}
    draft, _made = Draft.objects.get_or_create(party=party, thing=thing.row.key, mandate=mandate, defaults=fresh)
    return draft


def draft_there(party: Party, thing_key: str, mandate: Mandate | None = None) -> Draft | None:
    """The draft of that thing, where one was begun: hers, or that of who acts by this mandate."""
    return Draft.objects.filter(party=party, thing=thing_key, mandate=mandate).first()


def mine(party: Party) -> list[Draft]:
    """All she began and has not sent, the newest first."""
    return list(Draft.objects.filter(party=party, mandate__isnull=True).order_by("-saved_at"))


def decided_of(draft: Draft, thing: InForce) -> Decided:
    """What follows from the answers in the draft."""
    return decide(thing.whole, draft.answers, frozenset(draft.skipped))


def values_of(draft: Draft) -> dict[str, Any]:
    """What was typed so far. Raises KeyTrouble."""
    return sealing.opened(draft.party, draft.sealed)


def answer(draft: Draft, thing: InForce, answers: Answers, skipped: Sequence[str]) -> Draft:
    """Keep the answers with which she came to the form."""
    draft.answers = {key: list(one) if isinstance(one, tuple) else one for key, one in answers.items()}
    draft.skipped, draft.version_id, draft.saved_at = list(skipped), thing.version, clock.now()
    draft.save(update_fields=["answers", "skipped", "version", "saved_at"])
    return draft


def keep(draft: Draft, decided: Decided, given: Mapping[str, Sequence[str]], area: str, reuse: bool) -> Draft:
    """Keep what was typed, right or wrong: nothing that was typed is lost. Raises KeyTrouble."""
    kept = {name: value for name, value in values_of(draft).items() if name not in {one.field.name for one in decided.fields}}
    draft.sealed = sealing.seal(draft.party, kept | form.read(decided, given))
    draft.area, draft.reuse, draft.saved_at = area[:64], reuse, clock.now()
    # a draft that was sent a moment ago is there no more: then there is nothing to keep
    kept_now = {"sealed": draft.sealed, "area": draft.area, "reuse": draft.reuse, "saved_at": draft.saved_at}
    Draft.objects.filter(pk=draft.pk).update(**kept_now)
    return draft


# --- What is known of her already -------------------------------------------------------------------------------------


def known_of(party: Party) -> dict[str, tuple[str, str]]:
    """What her account holds, by where a field is filled from: the value, and where we have it from. Raises KeyTrouble."""
    account = {"caller.name": parties.known_name(party), "caller.phone": parties.known_phone(party)}
    account["caller.address"] = parties.address_of(party) if party.data_key is not None else None
    from_account = _("来自您的登录信息")
    row = Known.objects.filter(party=party).first()
    from_before = _("来自您上次填的表")
    found = {name: (str(value), from_before) for name, value in sealing.opened(party, row.sealed if row else None).items()}
    return found | {name: (value, from_account) for name, value in account.items() if value}


def known_for(mandate: Mandate) -> dict[str, tuple[str, str]]:
    """What he who acts for her knows anyway, and need not type: her name and phone. Raises KeyTrouble."""
    hers = {"caller.name": parties.known_name(mandate.giver), "caller.phone": parties.known_phone(mandate.giver)}
    return {name: (value, _("来自授权")) for name, value in hers.items() if value}


def remember(party: Party, decided: Decided, values: Mapping[str, Any]) -> None:
    """She agreed that what she wrote fills in her next form. Raises KeyTrouble."""
    row = Known.objects.filter(party=party).first() or Known(party=party)
    held = sealing.opened(party, row.sealed or None)
    for asked in decided.fields:
        source = asked.field.schema.get("x-from")
        if source and isinstance(value := values.get(asked.field.name), str):
            held[source] = value
    row.sealed, row.agreed_at = sealing.seal(party, held), clock.now()
    row.save()


def forget(party: Party) -> int:
    """She takes that back: 1 where something was kept."""
    return Known.objects.filter(party=party).delete()[0]


# --- Files ------------------------------------------------------------------------------------------------------------


def add_paper(draft: Draft, material: str, name: str, data: bytes) -> Upload:
    """Take up a file of a material; the same file twice is one. Raises PaperRefused, KeyTrouble."""
    if Upload.objects.filter(draft=draft, material=material).count() >= papers.MOST_A_MATERIAL:
        raise PaperRefused(name, _("每份材料最多 %(n)s 个文件，这个没有收。") % {"n": papers.MOST_A_MATERIAL})
    row = papers.take_up(draft.party, name, data)
    row.draft, row.material = draft, material
    there = Upload.objects.filter(draft=draft, material=material, sha256=row.sha256).first()
    if there is None:
        row.save()
    return there or row


def drop_paper(draft: Draft, upload_id: int) -> None:
    """Take a file out of the draft; its bytes go with it."""
    row = Upload.objects.filter(draft=draft, pk=upload_id).first()
    if row is not None:
        row.delete()
        papers.remove(draft.party, row.sha256)


def papers_of(draft: Draft) -> dict[str, list[Upload]]:
    """The files of the draft by material."""
    found: dict[str, list[Upload]] = {}
    for row in Upload.objects.filter(draft=draft).select_related("party").order_by("id"):
        found.setdefault(row.material, []).append(row)
    return found


def sweep(before: datetime) -> int:
    """Files of forms that were not touched since then go, their bytes with them, and of no form at all; how many.

    What she wrote stays: it is short, sealed, and hers to go on with.
    """
    idle = Q(draft__isnull=True) | Q(draft__saved_at__lt=before)
    unsent = Upload.objects.filter(idle, case__isnull=True, taken_at__lt=before)
    done = 0
    for row in unsent.select_related("party").order_by("id"):
        if unsent.filter(pk=row.pk).delete()[0]:  # asked again: a form sent meanwhile keeps it
            papers.remove(row.party, row.sha256)
            done += 1
    return done + papers.sweep(before)


# --- Sent -------------------------------------------------------------------------------------------------------------


def sent_before(party: Party, key: str) -> AsOpened | None:
    """The case that this very form became already."""
    case = Case.objects.filter(party=party, call__key=key).select_related("call").first() if key else None
    return AsOpened(case.call_id, case.pk, case.call.number, "", False, None) if case else None


def send(actor: Actor, draft: Draft, thing: InForce, remembers: bool = False) -> Opened:
    """Open the case. The draft goes, its files go with the case. Sent twice at once it is one case.

    Raises BadInput (each field and each missing material by name), KeyTrouble.
    """
    new = _new(draft, thing)
    decided, values = new.decided, new.values
    if faults := _faults(draft, new):
        if before := sent_before(draft.party, draft.key):  # sent at the same moment: its files went with the case just now
            return before
        raise BadInput(faults)
    try:
        with transaction.atomic():
            opened = open_cases(actor, [new])[0]
            if opened.fresh:
                wanted = [paper.material.key for paper in decided.to_bring]
                Upload.objects.filter(draft=draft).exclude(material__in=wanted).update(draft=None)
                Upload.objects.filter(draft=draft).update(draft=None, case=opened.matter_id)
                if draft.mandate is not None:  # what she signed lies with the first case begun by it
                    Upload.objects.filter(mandate=draft.mandate, case__isnull=True).update(case=opened.matter_id)
                if remembers:
                    remember(draft.party, decided, values)
            Draft.objects.filter(pk=draft.pk).delete()
    except IntegrityError:
        before = sent_before(draft.party, draft.key)
        if before is None:
            raise
        return before
    return opened


def faults_of(draft: Draft, thing: InForce) -> dict[str, str]:
    """What keeps the draft from being sent, by field and by material. Raises KeyTrouble."""
    return _faults(draft, _new(draft, thing))


def _new(draft: Draft, thing: InForce) -> NewCase:
    decided, values = decided_of(draft, thing), values_of(draft)
    names = {one.field.name for one in decided.fields}
    kept = {name: value for name, value in values.items() if name in names}
    new = NewCase(draft.key, draft.party, thing, decided, kept, draft.area, draft.skipped)
    new.mandate = draft.mandate
    if draft.mandate is not None and draft.mandate.window_id is not None:
        new.channel = "window"
    return new


def _faults(draft: Draft, new: NewCase) -> dict[str, str]:
    """All that is missing or wrong, at once, by field and by material."""
    faults: dict[str, str] = {}
    try:
        check(new)
    except BadInput as bad:
        faults |= bad.errors
    there = set(Upload.objects.filter(draft=draft).values_list("material", flat=True))
    for paper in new.decided.to_bring:
        if paper.material.key not in there:
            faults[f"paper-{paper.material.key}"] = _("请传“%(paper)s”：拍照、选照片或者 PDF 都行。") % {
                "paper": paper.material.name.zh
            }
    return faults
