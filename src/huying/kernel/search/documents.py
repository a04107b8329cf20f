"""What stands in the index of each thing, made from the tables as they are now: the words without what was cut out."""

from collections.abc import Collection, Iterator

from django.db import transaction

from huying.city import queries as city
from huying.city.models import Duty
from huying.events import alone
from huying.kernel import kinds
from huying.kernel.models import Call, Document
from huying.kernel.search import index, scopes
from huying.kernel.search.index import Entry
from huying.people.models import Party
from huying.reading import terms

BATCH = 500


def refresh(call_ids: Collection[int]) -> int:
    """Bring the documents of these calls up to date; how many were changed or dropped. Within a transaction.

    One at a time: else the reader, who read the words before they were erased, would put them back after.
    """
    alone.wait_for(alone.INDEX)
    entries = of_calls(call_ids)
    kept = {entry.urn for entry in entries}
    gone = [urn for pk in call_ids for urn in (f"call:{pk}", f"post:{pk}") if urn not in kept]
    return index.put(entries) + index.drop(gone)


def detach(party: Party) -> int:
    """Let nothing in the index point at a party any more, while she is being erased; how many documents did.

    Within a transaction.
    """
    alone.wait_for(alone.INDEX)
    own = f"p{party.pk}"
    rows = Document.objects.filter(urn__in=[f"call:{pk}" for pk in party.calls.values_list("pk", flat=True)])
    return index.put([Entry(row.urn, row.pieces, " ".join(m for m in row.who.split() if m != own)) for row in rows])


def of_calls(call_ids: Collection[int]) -> list[Entry]:
    """The documents of these calls: their words with the answer they were given, and what of them is published.

    Nothing of a call whose words are kept no longer.
    """
    calls = list(
        Call.objects.filter(pk__in=call_ids, trimmed_at__isnull=True)
        .select_related("caller", "matter", "response")
        .order_by("id")
    )
    marks = scopes.of_calls(calls)
    entries = [Entry(f"call:{call.pk}", _cut(*_words(call)), marks[call.pk]) for call in calls]
    for kind in {call.kind for call in calls}:
        shown = kinds.get(kind).shown([call.pk for call in calls if call.kind == kind])
        entries += [Entry(f"post:{pk}", _cut(*words), scopes.POST) for pk, words in sorted(shown.items())]
    return entries


def of_duties() -> list[Entry]:
    """The duties of the loaded pack."""
    return [Entry(f"duty:{duty.key}", _cut(*_duty_words(duty)), scopes.DUTY) for duty in city.duties()]


def refresh_duties() -> int:
    """Bring the duties up to date with the loaded pack; how many changed."""
    with transaction.atomic():
        entries = of_duties()
        kept = {entry.urn for entry in entries}
        known = Document.objects.filter(urn__startswith="duty:").values_list("urn", flat=True)
        return index.put(entries) + index.drop([urn for urn in known if urn not in kept])


def rebuild() -> int:
    """Make every document anew from the tables; how many were changed or dropped. For after a backup was put back."""
    changed = refresh_duties() + _drop_strays()
    for part in _in_batches():
        with transaction.atomic():
            changed += refresh(part)
    return changed


def _drop_strays() -> int:
    """Documents of calls that are not there: of a database that was put back to an older day."""
    last, gone = 0, 0
    while rows := list(Document.objects.filter(pk__gt=last).exclude(urn__startswith="duty:").order_by("id")[:BATCH]):
        last = rows[-1].pk
        ids = {row.urn: int(row.urn.partition(":")[2]) for row in rows}
        there = set(Call.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
        gone += index.drop([urn for urn, pk in ids.items() if pk not in there])
    return gone


def differences() -> Iterator[str]:
    """What of the index is not as the tables are now, in one line each."""
    wanted = {entry.urn: entry for entry in of_duties()}
    for part in _in_batches():
        wanted |= {entry.urn: entry for entry in of_calls(part)}
    for row in Document.objects.order_by("id").iterator(BATCH):
        entry = wanted.pop(row.urn, None)
        if entry is None:
            yield f"{row.urn}: stands in the index and should not"
        elif (row.pieces, sorted(row.who.split())) != (entry.pieces, sorted(entry.who.split())):
            yield f"{row.urn}: is not as it is now"
    yield from (f"{urn}: is missing" for urn in wanted)


def _in_batches() -> Iterator[list[int]]:
    last = 0
    while part := list(Call.objects.filter(pk__gt=last).order_by("id").values_list("pk", flat=True)[:BATCH]):
        yield part
        last = part[-1]


def _words(call: Call) -> tuple[str, ...]:
    answer = call.response.text if call.response and call.answered_at else ""  # never a draft
    return call.title, call.text, call.place, answer


def _duty_words(duty: Duty) -> tuple[str, ...]:
    return duty.name, duty.text, duty.group, duty.subgroup


def _cut(*words: str) -> str:
    return " ".join(terms.pieces("\n".join(words)))
