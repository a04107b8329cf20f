"""What the registers say becomes occasions: what is happening to whom, when it is offered, and what is known for the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from huying.base import clock
from huying.city.things.offers import BIRTH, CHILDREN, DOCUMENTS, RESIDENCE, ChildStarts, Expires, Turns, Window
from huying.features.services import sealing
from huying.features.services.models import Case, Document
from huying.features.services.offering import registers
from huying.features.services.offering.claiming import Claimed
from huying.features.services.offering.models import Proven
from huying.features.services.offering.ports import Registered
from huying.people import parties, private

MARK = 24  # characters of a keyed hash that stand for a child


@dataclass(frozen=True, slots=True)
class Occasion:
    """`key` tells occasions of one party and rule apart and says nothing of anybody; `values` by source of a field."""

    key: str
    window: Window
    values: Mapping[str, str] = field(default_factory=dict)
    name: str = ""  # of the child it is about
    area: str = ""
    before: Mapping[str, object] = field(default_factory=dict)  # the form by which a document was given


def found(claimed: Sequence[Claimed]) -> dict[int, list[Occasion]]:
    """The occasions of each claimed watch, by its id, whatever their day. Raises NotDelivered, KeyTrouble."""
    told: dict[int, list[Occasion]] = {}
    identities = _identities(claimed)
    groups: dict[tuple[str, tuple[str, ...]], list[Claimed]] = {}
    for one in claimed:
        groups.setdefault((one.rule.key, one.kinds), []).append(one)
    for (rule, kinds), group in groups.items():
        asked = [kind for kind in kinds if kind != DOCUMENTS]
        known = [identities[one.watch.party_id] for one in group if one.watch.party_id in identities]
        registered = registers.look(known, asked, rule) if asked and known else {}
        documents = _documents(group) if DOCUMENTS in kinds else {}
        for one in group:
            identity = identities.get(one.watch.party_id, "")
            hers = _Hers(one, identity, registered.get(identity), documents.get(one.watch.party_id, []))
            told[one.watch.pk] = list(hers.occasions())
    return told


def _identities(claimed: Sequence[Claimed]) -> dict[int, str]:
    people = {one.watch.party_id: one.watch.party for one in claimed}
    rows = Proven.objects.filter(party__in=people).values_list("party", "sealed")
    opened = {pk: sealing.opened(people[pk], sealed) for pk, sealed in rows}
    return {pk: str(values["identity"]) for pk, values in opened.items() if "identity" in values}


def _documents(group: Sequence[Claimed]) -> dict[int, list[Document]]:
    """The documents of these parties that end within what one rule looks ahead; each group is of one rule."""
    rule = group[0].rule
    assert isinstance(rule.when, Expires)
    ahead = clock.today() + timedelta(days=rule.when.within + rule.every)
    rows = Document.objects.filter(owner__in=[one.watch.party_id for one in group], revoked_at__isnull=True)
    rows = rows.filter(valid_until__range=(clock.today(), ahead), version__item__key__in=rule.when.items)
    told: dict[int, list[Document]] = {}
    for row in rows.select_related("case__call").order_by("pk"):
        told.setdefault(row.owner_id, []).append(row)
    return told


@dataclass(frozen=True, slots=True)
class _Hers:
    """What is known of one party for one rule."""

    claimed: Claimed
    identity: str
    registered: Registered | None
    documents: Sequence[Document]

    def occasions(self) -> Iterator[Occasion]:
        when = self.claimed.rule.when
        if isinstance(when, Expires):
            yield from (self._document(when, row) for row in self.documents)
        elif self.registered is None:
            return  # not in the register, or not among the living
        elif isinstance(when, Turns):
            if self.registered.born is not None:
                yield Occasion(str(when.age), when.window(self.registered.born), self._person(), area=self.registered.area)
        else:
            yield from self._children(when, self.registered)

    def _children(self, when: ChildStarts, registered: Registered) -> Iterator[Occasion]:
        for child in registered.children:
            window = when.window(child.born)
            values = {"child.name": child.name, "child.identity": child.identity, "child.sex": child.sex}
            values["child.born"] = child.born.isoformat()
            mark = private.mac("offer.child", child.identity).hex()[:MARK]
            yield Occasion(f"{window.day.year}.{mark}", window, self._person() | values, child.name, registered.area)

    def _document(self, when: Expires, row: Document) -> Occasion:
        assert row.valid_until is not None  # asked for between two days
        case: Case = row.case
        form = sealing.opened(self.claimed.watch.party, case.sealed)
        area = case.call.area.key if case.call.area_id and case.call.area else ""
        return Occasion(row.number, when.window(row.valid_until), self._person(), area=area, before=form)

    def _person(self) -> dict[str, str]:
        party, kinds = self.claimed.watch.party, self.claimed.kinds
        found = {"account.phone": parties.known_phone(party) or ""}
        if {BIRTH, CHILDREN, RESIDENCE} & set(kinds):
            found["person.identity"] = self.identity
        if self.registered is not None and RESIDENCE in kinds:
            found |= {"person.name": self.registered.name, "person.address": self.registered.address}
        return {name: value for name, value in found.items() if value}
