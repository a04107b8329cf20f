"""A call's receipt, made from the facts of the day it was received: whoever asks again gets the same promise."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.base import clock, ids
from huying.city import queries as city
from huying.city.models import Department
from huying.events import checkpoints, evidence, notes, receipts, signing
from huying.events.evidence import Evidence
from huying.kernel import content, rules
from huying.kernel.errors import NotThere
from huying.kernel.events import CallFollowed, CallMoved, CallOpened, PromiseMade, PromisePaused, TaskGiven
from huying.kernel.models import Call, Photo
from huying.kernel.standing import VISIT
from huying.people.actors import Actor

OF_CALL = ("call.opened", "call.followed", "call.moved")
PUBLIC_DIGITS = 32  # of the digest, in an address: 128 bits cannot be found by trying


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as its page shows it; `document` is the file. `place` is the number of its first fact once it is signed for."""

    number: str
    digest: str
    received_at: datetime
    answer_by: datetime | None
    bearer: Department | None
    photos: list[str]
    document: bytes
    words: str  # kept: as they were committed to; changed; unbound: nothing was committed to, in the first days
    place: int | None
    size: int  # of the checkpoint
    signed_at: datetime | None
    witnesses: list[str]
    checkpoint: notes.Checkpoint | None

    @property
    def short(self) -> str:
        """The digest as people read it: 7F3A 92C1 08E4."""
        return " ".join(self.digest[at : at + 4].upper() for at in (0, 4, 8))

    @property
    def code(self) -> str:
        """The digest as addresses hold it."""
        return self.digest[:PUBLIC_DIGITS]


def receipt(actor: Actor, call_id: int) -> Receipt:
    """The receipt of a call, for its caller or who holds its number and secret.

    Raises NotThere (also when its salts were erased: then nobody can show it any more).
    """
    scope = rules.visible_to(actor, "call")
    call = None if scope is None else Call.objects.filter(scope, pk=call_id).first()
    if call is None:
        raise NotThere
    return _made(call)


def is_kept(call_id: int) -> bool:
    """Whether the fact that the call was received is signed for by now."""
    return evidence.place(f"call:{call_id}") is not None


def receipt_by_code(number: str, code: str) -> Receipt:
    """The receipt with that number and the beginning of its digest: what a stranger holds who scans it. Raises NotThere."""
    call = Call.objects.filter(number=ids.plain_number(number)).first()
    if call is None or len(code) != PUBLIC_DIGITS:
        raise NotThere
    found = _made(call)
    if not hmac.compare_digest(found.code.encode(), code.lower().encode()):
        raise NotThere
    return found


def _made(call: Call) -> Receipt:
    try:
        first, later = _evidence(call.pk)
    except evidence.Erased as erased:
        raise NotThere from erased
    # those that came with the call; what she adds later is not what was received then
    rows = Photo.objects.filter(call=call, taken_up_at=call.opened_at).order_by("id")
    photos = list(rows.values_list("sha256", flat=True))
    promise = _promise(call, first, photos)
    proofs = evidence.prove([row.seq for row in (*first, *later) if row.seq])
    if proofs and any(row.seq not in proofs.steps for row in first):
        proofs = None  # half of it is signed for: the rest comes within the minute
    held = [*first, *(row for row in later if proofs and row.seq in proofs.steps)]
    checkpoint = proofs.checkpoint if proofs else None
    words = _words(call, first[0], photos)
    text = content.words_of(call) if words == "kept" else None
    shown = [_shown(row, proofs) for row in held]
    known = signing.witnesses()
    bearer = promise["bearer"]
    return Receipt(
        number=call.number,
        digest=receipts.digest(promise),
        received_at=datetime.fromisoformat(promise["received_at"]),
        answer_by=datetime.fromisoformat(promise["answer_by"]) if promise["answer_by"] else None,
        bearer=city.department_by_key(bearer) if bearer else None,
        photos=photos,
        document=receipts.document(promise, signing.signer(), text, shown, checkpoint, known),
        words=words,
        place=first[0].seq if checkpoint else None,
        size=checkpoint.size if checkpoint else 0,
        signed_at=checkpoints.signed_at(checkpoint.size) if checkpoint else None,
        witnesses=[key.name for key in known if checkpoint and checkpoint.signature_of(key)],
        checkpoint=checkpoint,
    )


def _evidence(call_id: int) -> tuple[list[Evidence], list[Evidence]]:
    """The facts of the moment it was received, and what became of the promised answer.

    What stood from that moment until she is at a counter was promised for no day: then the promise is none of them.
    """
    own = evidence.of_subjects([f"call:{call_id}"], OF_CALL)
    opened = own[0]
    matters = {row.fact.matter for row in own if isinstance(row.fact, CallOpened | CallMoved)}
    subjects = [f"matter:{pk}" for pk in sorted(matters)]
    hers = f'"call":{call_id},'
    told = evidence.of_subjects(subjects, ("promise.made", "promise.paused", "promise.broken", "promise.met"), hers)
    at_once = [row for row in told if _same_moment(row, opened)]
    stands = any(isinstance(row.fact, PromisePaused) and row.fact.why == VISIT for row in at_once)
    made = [] if stands else [row for row in at_once if isinstance(row.fact, PromiseMade)][:1]
    ended = [next((row for row in told if row.name == name), None) for name in ("promise.broken", "promise.met")]
    broken, met = ended
    if broken and met and told.index(broken) > told.index(met):
        broken = None  # that was the promise of a later round
    return [opened, *made], [row for row in (broken, met) if row]


def _same_moment(row: Evidence, opened: Evidence) -> bool:
    return row.whole["at"] == opened.whole["at"]


def _promise(call: Call, first: Sequence[Evidence], photos: list[str]) -> dict[str, Any]:
    opened = first[0].fact
    assert isinstance(opened, CallOpened)
    made = first[1].fact if len(first) > 1 else None
    due = made.due if isinstance(made, PromiseMade) else None
    received = call.opened_at.astimezone(clock.CITY_TIME)
    by = datetime.fromtimestamp(due, clock.CITY_TIME) if due is not None else None
    return {
        "answer_by": by.isoformat(timespec="seconds") if by else None,
        "area": opened.area,
        "bearer": _bearer(opened, first[0]),
        "content": opened.content,
        "kind": opened.kind,
        "leaves": [row.leaf.hex() for row in first],
        "log": signing.name(),
        "number": call.number,
        "photos": photos,
        "received_at": received.isoformat(timespec="microseconds"),
        "sort": opened.sort,
        "type": receipts.TYPE,
    }


def _bearer(opened: CallOpened, row: Evidence) -> str:
    """Who had it from the first moment: the matter's bearer when she joined, or the one it was dispatched to by itself."""
    joined = evidence.of_subjects([f"call:{opened.call}"], ("call.followed",))
    if joined and isinstance(joined[0].fact, CallFollowed):
        return joined[0].fact.bearer or ""
    given = evidence.of_subjects([f"matter:{opened.matter}"], ("task.given",), '"how":"auto"')
    at_once = [one.fact for one in given if _same_moment(one, row) and isinstance(one.fact, TaskGiven)]
    return at_once[0].bearer if at_once else ""


def _words(call: Call, opened: Evidence, photos: list[str]) -> str:
    bound = getattr(opened.fact, "content", "")
    if not bound:
        return "unbound"
    return "kept" if content.commitment(call, photos, opened.salt) == bound else "changed"


def _shown(row: Evidence, proofs: evidence.Proofs | None) -> receipts.Shown:
    if proofs is None or row.seq is None:
        return receipts.Shown(row.whole, row.salt)
    return receipts.Shown(row.whole, row.salt, row.seq - 1, proofs.steps[row.seq])
