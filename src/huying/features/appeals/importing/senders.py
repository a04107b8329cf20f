"""Who sent a row: the person of a mobile number, a user of the source, or nobody known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Min

from huying.features.appeals.importing.rows import Row
from huying.features.appeals.models import ImportedRow
from huying.kernel.models import Call, Openness
from huying.people import parties, private
from huying.people.models import Party


@dataclass(frozen=True, slots=True)
class Sender:
    """`mark` is a keyed hash of who it is: None when nobody is known, or the sender wants to stay unknown."""

    mark: bytes | None = None
    phone: str = ""  # 11 digits
    name: str = ""
    other_phone: str = ""  # a number by which no party is known (a landline): it goes into the text, to be cut out there
    openness: str = Openness.ANONYMOUS


def sender_of(row: Row, source: str) -> Sender:
    """Who sent the row. A mobile number tells wherever it stands; a user is one of this source."""
    if row.openness == Openness.ANONYMOUS:
        return Sender()
    phone = next(filter(None, map(parties.normal_phone, (row.phone, row.user, row.name))), "") or ""
    name = "" if parties.normal_phone(row.name) else row.name
    other = "" if phone else row.phone
    openness = row.openness or (Openness.NAMED if phone or name or other else Openness.ANONYMOUS)
    mark = _mark(f"phone|{phone}") if phone else _mark(f"user|{source}|{row.user}") if row.user else None
    return Sender(mark, phone, name, other, openness)


def callers(senders: Sequence[Sender]) -> list[Party]:
    """The party of each sender, in order: one already known, or a new one that is not saved yet."""
    known = _by_phone({s.phone for s in senders if s.phone}) | _by_mark({s.mark for s in senders if s.mark and not s.phone})
    out = []
    for sender in senders:
        party = known.get(sender.mark) if sender.mark else None
        if party is None:
            party = _new(sender)
            if sender.mark:
                known[sender.mark] = party
        out.append(party)
    return out


def _mark(identity: str) -> bytes:
    return private.mac("import sender", identity)


def _by_phone(phones: Iterable[str]) -> dict[bytes, Party]:
    macs = {mac: _mark(f"phone|{phone}") for phone in phones for mac in private.phone_macs(phone)}
    found = Party.objects.filter(phone_mac__in=list(macs)) if macs else []
    return {macs[bytes(party.phone_mac or b"")]: party for party in found}


def _by_mark(marks: Iterable[bytes]) -> dict[bytes, Party]:
    """Users of the source who sent something before."""
    rows = ImportedRow.objects.filter(sender__in=list(marks)).values_list("sender").annotate(first=Min("call_id"))
    first = {call: bytes(mark) for mark, call in rows}
    found = Call.objects.filter(pk__in=list(first)).select_related("caller").only("caller")
    return {first[call.pk]: call.caller for call in found}


def _new(sender: Sender) -> Party:
    party = parties.draft_of_phone(sender.phone) if sender.phone else parties.anonymous()
    if sender.name and party.name_sealed is None:
        party.name_sealed = private.seal(party, sender.name)
    return party
