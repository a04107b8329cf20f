"""证照: a granted item gives a document, made with the decision itself; the log commits to every field of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import catalogue
from huying.city.models import ItemVersion
from huying.city.things import Whole
from huying.events import canonical, log, rows
from huying.features.services import sealing
from huying.features.services.events import DocumentIssued, DocumentRevoked
from huying.features.services.fetching import decided_of
from huying.features.services.models import Branch, Case, Document, Outcome
from huying.kernel import gaps, rules, said
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, Task
from huying.kernel.record import Work
from huying.kernel.work import on_task
from huying.people import parties, private
from huying.people.actors import Actor
from huying.people.models import Party

HOLDERS = ("firm.name", "caller.name")  # by where a field is filled from: whose document it is
SHORTEST_GROUND, LONGEST_GROUND, LONGEST_RESULT = 5, 300, 200
Said = dict[str, str]
Sources = dict[tuple[int, str, tuple[str, ...]], dict[str, str]]  # by version and answers: names of fields by their source


def issue(decided: Sequence[tuple[Work, Branch]], cases: Mapping[int, Case]) -> None:
    """Within the verb's work: each granted branch of these has its document. `cases`: theirs, with call and party."""
    granted = [(work, row) for work, row in decided if row.outcome == Outcome.GRANTED]
    if not granted:
        return
    versions = _versions([cases[row.case_id] for _work, row in granted], {row.item for _work, row in granted})
    sources: Sources = {}
    made = [(work, cases[row.case_id], row) for work, row in granted if _can(cases[row.case_id])]
    _write([(work, _drawn(work, case, row, versions, sources)) for work, case, row in made])


def _can(case: Case) -> bool:
    return case.party.data_key is not None  # nobody is there any more whose it could be


def _write(made: Sequence[tuple[Work, Document]]) -> None:
    """Insert them, and tell of each on the call of its case: with her, its salt goes too."""
    rows.insert([document for _work, document in made])
    calls: dict[int, Call] = {}
    for work, document in made:
        call = calls.setdefault(document.case.call_id, document.case.call)
        salt = log.new_salt()
        digest = canonical.commitment(salt, body_of(document, opened(document)))
        work.tell_call(call, _issued(document, digest), salt=salt)
    rows.update(list(calls.values()), ("version",))


def _issued(row: Document, digest: str) -> DocumentIssued:
    about = (row.case.call_id, row.case_id, row.pk, row.branch.item, row.issuer.key)
    return DocumentIssued(*about, digest, row.replaces_id)


def _drawn(work: Work, case: Case, branch: Branch, versions: dict[tuple[int, str], ItemVersion], sources: Sources) -> Document:
    whole = catalogue.whole(case.version_id)
    assert whole
    item, today = whole.items[branch.item], clock.day_of(work.at)
    row = rows.fresh(Document, case=case, branch=branch, owner=case.party, issuer=branch.bearer)
    row.version, row.issued_on = versions[case.version_id, branch.item], today
    row.valid_until = last_day(today, item.valid_years) if item.valid_years else None
    text = private.unseal(case.party, branch.whole) if branch.whole else branch.result
    says = {
        "title": item.result.zh,
        "title_en": item.result.en,
        "holder": holder_of(case, _sources(case, whole, sources), item.holder),
        "words": text,
    }
    row.sealed = sealing.seal(case.party, says)
    return row


def _versions(cases: Iterable[Case], items: set[str]) -> dict[tuple[int, str], ItemVersion]:
    """By the thing's version and the item, the version of the item that these cases began with."""
    wanted = {case.version_id for case in cases}
    through = ItemVersion.things.through.objects.filter(thingversion__in=wanted, itemversion__item__key__in=items)
    found = through.select_related("itemversion__item")
    return {(pair.thingversion_id, pair.itemversion.item.key): pair.itemversion for pair in found}


def holder_of(case: Case, sources: Mapping[str, str], field: str = "") -> str:
    """Whose document it is, as the form names her: who stands in `field`, the firm where one applies, else the applicant.

    `sources`: by where a field is filled from, its name. Raises KeyTrouble.
    """
    values = sealing.opened(case.party, case.sealed)
    said = next((str(values[one]) for one in (field, *map(sources.get, HOLDERS)) if one and values.get(one)), "")
    return said or parties.known_name(case.party) or ""


def _sources(case: Case, whole: Whole, known: Sources) -> dict[str, str]:
    """The fields of these answers by where they are filled from; the same answers are looked at once."""
    key = (case.version_id, json.dumps(case.answers, sort_keys=True), tuple(case.skipped))
    if key not in known:
        fields = [asked.field for asked in decided_of(case, whole).fields]
        known[key] = {field.schema["x-from"]: field.name for field in fields if "x-from" in field.schema}
    return known[key]


def last_day(first: date, years: int) -> date:
    """The last day of so many years that begin with `first`."""
    try:
        return date.fromordinal(first.replace(year=first.year + years).toordinal() - 1)
    except ValueError:  # 29 February
        return date(first.year + years, 2, 28)


def opened(row: Document) -> Said:
    """What it says: title, holder, words; nothing once its owner was erased. Raises KeyTrouble."""
    return sealing.opened(row.owner, row.sealed)


def body_of(row: Document, says: Said) -> dict[str, Any]:
    """Every field that the log commits to: changed in one of them it is found out."""
    return {
        **says,
        "number": row.number,
        "case": row.case.call.number,
        "item": row.branch.item,
        "version": row.version.digest,
        "issuer": row.issuer.key,
        "issued_on": row.issued_on.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "owner": row.owner.token,
        "replaces": row.replaces_id,
    }


def of(owner: Party) -> list[Document]:
    """Her documents, the newest in front."""
    found = Document.objects.filter(owner=owner, sealed__isnull=False).order_by("-issued_on", "-id")
    return list(found.select_related("owner", "issuer", "version", "branch", "case__call"))


def numbers_of(actor: Actor, case: Case) -> dict[int, str]:
    """By branch, the number of what it gave and still holds; for its owner who signed in, and for nobody else."""
    if actor.party is None or actor.party != case.party:
        return {}
    found = Document.objects.filter(case=case, revoked_at__isnull=True, sealed__isnull=False)
    return dict(found.values_list("branch", "number"))


def revocable(actor: Actor, number: str) -> Document | None:
    """A document that this actor may revoke, by its number; None for any other, and for one whose owner was erased."""
    scope = rules.scope(actor, "revoke_document", "task")
    if scope is None or not (number.isascii() and number.isdigit()):
        return None
    found = Document.objects.filter(number=number, sealed__isnull=False, branch__task__in=Task.objects.filter(scope))
    return found.select_related("owner", "issuer").first()


def revoke(actor: Actor, document_id: int, ground: str, words: str = "") -> Document:
    """作废: the head of the department that issued it takes it back, and with `words` issues another in its place.

    The one that holds from then on is returned, or the revoked one. Raises NotThere, Refused (revoked already), BadInput.
    """
    ground, words = ground.strip(), words.strip()
    _check(ground, words)
    task = Document.objects.filter(pk=document_id).values_list("branch__task", flat=True).first()
    if task is None:
        raise NotThere
    with on_task(actor, "revoke_document", task) as (work, _task):
        row = _read(document_id)
        if row.revoked_at is not None:
            raise Refused("revoked", _("这份证照已经作废了。"))
        row.revoked_at, row.ground = work.at, said.of_officer(work.matter, ground, LONGEST_GROUND)
        row.save(update_fields=["revoked_at", "ground"])
        call = row.case.call
        work.tell_call(call, DocumentRevoked(call.pk, row.case_id, row.pk, row.branch.item, row.issuer.key))
        if words and row.sealed:
            row = _another(work, row, words)
        rows.update([call], ("version",))
    return row


def _check(ground: str, words: str) -> None:
    faults = {}
    if not SHORTEST_GROUND <= len(ground) <= LONGEST_GROUND:
        faults["ground"] = _("请写明为什么作废，申请人看得到，5 到 300 个字。")
    if len(words) > LONGEST_RESULT:
        faults["words"] = _("最多 %(n)s 个字，请删短一些。") % {"n": LONGEST_RESULT}
    if faults:
        raise BadInput(faults)
    gaps.refuse(ground=ground, words=words)


def _another(work: Work, old: Document, words: str) -> Document:
    """The same with other words, from today on; it ends on the day on which the first one ended."""
    row = Document(case=old.case, branch=old.branch, owner=old.owner, issuer=old.issuer, version=old.version, replaces=old)
    row.issued_on, row.valid_until = clock.day_of(work.at), old.valid_until
    row.sealed = sealing.seal(old.owner, opened(old) | {"words": words})
    _write([(work, row)])
    return row


def _read(document_id: int) -> Document:
    return Document.objects.select_related("owner", "issuer", "version", "branch", "case__call").get(pk=document_id)
