"""呼: record calls. One is a list of one; an import hands over hundreds. The caller's key makes a resend the same call."""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from huying.base import clock, ids
from huying.city import queries as city
from huying.city.models import Area
from huying.events import log, rows
from huying.events.together import Line
from huying.kernel import clocks, content, dispatch, kinds, learned
from huying.kernel.events import MatterAccepted, MatterOpened, TaskGiven
from huying.kernel.intake import NewCall, Opened
from huying.kernel.models import Call, Matter, MatterState, Openness, Photo, Promise, Task
from huying.kernel.photos import TakenPhoto
from huying.people import parties, private
from huying.people.actors import SYSTEM, Actor
from huying.people.models import Party

TITLE_LIMIT, PLACE_LIMIT = 80, 120


@dataclass(slots=True)
class Draft:
    """A call on its way into the tables, with what was read from it before the transaction began."""

    new: NewCall
    caller: Party
    matter: Matter
    call: Call
    route: dispatch.Suggestion | None
    task: Task | None = None
    promises: list[Promise] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """What one sender hands over at once, and why it was refused within the transaction."""

    actor: Actor
    drafts: list[Draft]
    first: Callable[[], object] | None
    fault: Exception | None = None
    new: list[Party] = field(default_factory=list)  # parties that are inserted with it

    def __post_init__(self) -> None:
        self.new = list({id(d.caller): d.caller for d in self.drafts if d.caller._state.adding}.values())

    def anew(self) -> None:
        """As before it was tried: what a try inserted was rolled back."""
        self.fault = None
        for party in self.new:
            party.pk, party._state.adding = None, True


def open_calls(actor: Actor, news: Sequence[NewCall], first: Callable[[], object] | None = None) -> list[Opened]:
    """Record calls, one matter each; dispatch those whose bearer is certain enough. Answers in the order given.

    Everything stands or nothing: one transaction, shared with what others send at that moment. `first`, such as counting it,
    is done where there is anything new: on SQLite in that transaction, for one of its own would wait for the disk once more,
    maybe in another thread, and again. Raises KeyError for an unknown kind or sort, and what `first` raises.
    """
    known = known_of(news) if news else {}
    _one_party_a_phone(news)
    drafts = {new.key: draft_of(new) for new in news if new.key not in known}
    batch = _Batch(actor, list(drafts.values()), first)
    try:
        _record(batch)
    except IntegrityError:
        batch.anew()
        # somebody sent the same key, or called from the same phone, at the same moment: theirs stands
        if not known_of(news) and not met(news):
            raise
        return open_calls(actor, news, batch.first)
    return [known.get(new.key) or _opened(drafts[new.key], fresh=True) for new in news]


def secret_of(number: str, key: str) -> str:
    """The secret of a call: whoever sends the same key again gets the same secret, nobody else can reckon it."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"secret|{number}|{key}".encode(), "sha256")
    value, letters = int.from_bytes(digest, "big"), ids.SECRET_LETTERS
    out = []
    for _ in range(ids.SECRET_LENGTH):
        value, rest = divmod(value, len(letters))
        out.append(letters[rest])
    return "".join(out)


def secret_hash(number: str, secret: str) -> str:
    """What is stored of a secret: an HMAC under the city's key, so a stolen table alone does not help to guess it."""
    return hmac.new(settings.SECRET_KEY.encode(), f"check|{number}|{secret}".encode(), hashlib.sha256).hexdigest()


def known_of(news: Sequence[NewCall]) -> dict[str, Opened]:
    """Those whose keys are known: each is a resend."""
    keys = [new.key for new in news]
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:  # by hand: on the path of every call, and Django's own way costs ten times as much
        cursor.execute(f"SELECT key, id, matter_id, number FROM kernel_call WHERE key IN ({marks})", keys)  # nosec B608
        found = cursor.fetchall()
    return {key: Opened(pk, matter, number, secret_of(number, key), False, None) for key, pk, matter, number in found}


def known_call(call: Call) -> Opened:
    """A call that was there already, as its sender is told of it."""
    return Opened(call.pk, call.matter_id, call.number, secret_of(call.number, str(call.key)), False, None)


def _one_party_a_phone(news: Sequence[NewCall]) -> None:
    """Several new calls from one new phone share one party."""
    seen: dict[bytes, Party] = {}
    for new in news:
        if new.caller is not None and new.caller._state.adding and new.caller.phone_mac:
            new.caller = seen.setdefault(bytes(new.caller.phone_mac), new.caller)


def met(news: Sequence[NewCall]) -> bool:
    """Whether parties that were new a moment ago are there now; they take their place."""
    found = False
    for new in news:
        if new.caller is not None and new.caller._state.adding and new.caller.phone_mac:
            there = Party.objects.filter(phone_mac=new.caller.phone_mac).first()
            new.caller, found = there or new.caller, found or there is not None
    return found


def draft_of(new: NewCall) -> Draft:
    """The rows of a call, unsaved: identifiers cut out, the likely bearer found. Raises KeyError for an unknown sort."""
    sort = kinds.get(new.kind).sort(new.sort)
    at = new.opened_at or clock.now()
    area = city.area_by_key(new.area_key) if new.area_key else None
    caller = new.caller or parties.anonymous()
    title, text, place, sealed = _cut(caller, new)
    whole = text if text.startswith(title.rstrip("…")) else f"{title}。{text}"
    suggestions = dispatch.suggest(f"{title}。{text} {place}", area, sort=new.sort, limit=1, why=False, elsewhere=new.elsewhere)
    suggestions = dispatch.leaving_out(suggestions, city.department_by_key(new.about_key) if new.about_key else None)
    best = suggestions[0] if suggestions else None
    matter = rows.fresh(Matter, kind=new.kind, sort=new.sort, title=title, area=area or _area_of(best), opened_at=at)
    matter.urgency = new.urgency or dispatch.urgency_of(whole, best.duty_key if best else "")
    matter.duty_key = best.duty_key if best else ""
    matter.about = city.department_by_key(new.about_key) if new.about_key else None
    matter.district = city.district_of(matter.area) if matter.area else None
    call = rows.fresh(Call, key=new.key, kind=new.kind, sort=new.sort, channel=new.channel, title=title, text=text, place=place)
    call.area, call.lon, call.lat, call.openness = matter.area, new.lon, new.lat, openness_of(sort, new.openness)
    call.opened_at, call.sealed = at, sealed
    call.secret_hash = secret_hash(call.number, secret_of(call.number, new.key))
    return Draft(new, caller, matter, call, best if _certain(best) else None)


def openness_of(sort: kinds.Sort, wanted: str) -> str:
    """What a sort makes of the caller's wish: who sends a confidential one is shown to nobody, whatever was chosen."""
    return Openness.CONFIDENTIAL if sort.confidential and wanted == Openness.NAMED else wanted


def _area_of(best: dispatch.Suggestion | None) -> Area | None:
    return city.area_by_key(best.area_key) if best and best.area_key else None


def _cut(caller: Party, new: NewCall) -> tuple[str, str, str, bytes | None]:
    """Title, text and place with tokens for identifiers, and what was cut, sealed with the caller's key."""
    # the text first: a name that is known from it is cut from the title too
    text = private.cut(new.text.strip())
    title = _cut_title(new, text)
    place = private.cut(new.place.strip(), title.found)
    sealed = private.seal(caller, msgspec.json.encode(place.found).decode()) if place.found else None
    short = private.shortened(title.text, TITLE_LIMIT, place.found)
    return short, text.text, private.shortened(place.text, PLACE_LIMIT, place.found), sealed


def _cut_title(new: NewCall, text: private.Cut) -> private.Cut:
    """The title with what was cut from the text; one that begins the text is not judged anew."""
    title = new.title.strip()
    start = title.removesuffix("…")
    if not new.text.strip().startswith(start):
        return private.cut(title, text.found)
    return private.Cut(private.begun(text, len(start)) + title[len(start) :], text.found)


def _certain(best: dispatch.Suggestion | None) -> bool:
    if best is None or best.bearer_id is None or not city.setting("dispatch.by_itself", True):
        return False
    return best.confidence >= learned.alone_from()


def _record(batch: _Batch) -> None:
    if not batch.drafts:
        return
    if connection.vendor != "sqlite" and batch.first is not None:
        # many write there at a time: what it locks, the count of one address, would be held until all of this is committed
        batch.first()
        batch.first = None
    if connection.in_atomic_block:
        with transaction.atomic():
            _write([batch])
    else:
        _line.write(batch)
    if batch.fault is not None:
        raise batch.fault


def _write(batches: Sequence[_Batch]) -> None:
    for batch in batches:
        batch.anew()
        batch.fault = _refused(batch)
    taken = [batch for batch in batches if batch.fault is None]
    rows.insert([party for batch in taken for party in batch.new])
    _insert([draft for batch in taken for draft in batch.drafts])
    log.record([entry for batch in taken for draft in batch.drafts for entry in _facts(batch.actor, draft)])


def _refused(batch: _Batch) -> Exception | None:
    """Why `first` refuses it, if it does: the others go on."""
    try:
        if batch.first is not None:
            batch.first()
    except DatabaseError:
        raise
    except Exception as fault:
        return fault
    return None


_line: Line[_Batch] = Line(_write)


def _insert(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        _plan(draft)
    rows.insert([d.matter for d in drafts])
    for draft in drafts:
        draft.call.caller, draft.call.matter = draft.caller, draft.matter
        if draft.task:
            draft.task.matter = draft.matter
    rows.insert([d.call for d in drafts])
    rows.insert([d.task for d in drafts if d.task])
    for draft in drafts:
        for row in draft.promises:
            row.matter, row.task = draft.matter, (draft.task if row.what != "answer" else None)
            row.call = draft.call if row.what == "answer" else None
    rows.insert([p for d in drafts for p in d.promises])
    rows.insert([photo(d.call, p) for d in drafts for p in d.new.photos])
    for kind in {d.new.kind for d in drafts}:
        kinds.get(kind).opened([(d.call, d.new) for d in drafts if d.new.kind == kind])


def _plan(draft: Draft) -> None:
    """Fix everything of a draft that does not need ids: promises, and the task when its bearer is certain."""
    matter, at = draft.matter, draft.call.opened_at
    answer = clocks.plan(matter, "answer", at)
    matter.due_at = answer.due_at
    draft.promises = [answer]
    if draft.route:
        matter.state = MatterState.WORKING
        draft.task = _task(draft, at)
        draft.promises += [clocks.plan(matter, "sign", at, None), clocks.plan(matter, "contact", at, None)]
        draft.task.due_at = min(p.due_at for p in draft.promises)
    matter.version = _fact_count(draft)
    draft.call.version = 1


def _task(draft: Draft, at: datetime) -> Task:
    route = draft.route
    assert route is not None and route.bearer_id is not None
    to = route.via_id or route.bearer_id
    new = draft.new
    task = rows.fresh(Task, matter=draft.matter, bearer_id=to, turn_id=to, kind=new.kind, sort=new.sort, given_at=at)
    task.area = draft.matter.area
    task.district = city.district_of(task.area) if task.area else None
    return task


def _fact_count(draft: Draft) -> int:
    return 1 + len(draft.promises) + (2 if draft.task else 0)


def _facts(actor: Actor, draft: Draft) -> list[log.Entry]:
    matter, call = draft.matter, draft.call
    area = matter.area.key if matter.area else None
    by = actor.name if not actor.is_system else SYSTEM.name
    who = f"party:{draft.caller.token}" if actor.party is None and not actor.officer and not actor.is_system else by
    salt = log.new_salt()
    opened = content.opened(call, draft.new.photos, salt)
    told: list[tuple[msgspec.Struct, str]] = [(MatterOpened(matter.pk, matter.kind, matter.sort, area, matter.urgency), who)]
    told += [(clocks.made(p), SYSTEM.name) for p in draft.promises if p.what == "answer"]
    if draft.task:
        told.append((MatterAccepted(matter.pk, "auto"), SYSTEM.name))
        told.append((_given(draft), SYSTEM.name))
        told += [(clocks.made(p), SYSTEM.name) for p in draft.promises if p.what != "answer"]
    at, urn = call.opened_at, f"matter:{matter.pk}"
    entries = [log.Entry(opened, f"call:{call.pk}", 1, who, at, salt)]
    return entries + [log.Entry(fact, urn, n, name, at) for n, (fact, name) in enumerate(told, 1)]


def _given(draft: Draft) -> TaskGiven:
    task, route = draft.task, draft.route
    assert task is not None and route is not None
    bearer = city.department_by_id(task.bearer_id)
    assert bearer is not None
    return TaskGiven(task.pk, draft.matter.pk, None, bearer.key, None, task.role, route.duty_key, "auto")


def photo(call: Call, taken: TakenPhoto) -> Photo:
    """The unsaved row of a picture of the call."""
    return Photo(call=call, taken_up_at=call.opened_at, **taken.fields())


def _opened(draft: Draft, fresh: bool) -> Opened:
    call = draft.call
    secret = secret_of(call.number, draft.new.key)
    return Opened(call.pk, draft.matter.pk, call.number, secret, fresh, draft.task.bearer_id if draft.task else None)
