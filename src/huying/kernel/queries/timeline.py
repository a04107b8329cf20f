"""The hops of a matter, as the log tells them: who, when, what, the words said, the time it took."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from huying.base import clock
from huying.city import queries as city
from huying.events import log
from huying.kernel.events import (
    CallFollowed,
    CallMoved,
    CallOpened,
    MatterAccepted,
    PromiseBroken,
    PromiseRaised,
    PromiseReminded,
    PromiseSupervised,
    TaskSucceeded,
)
from huying.kernel.models import Matter, Note
from huying.people import officers

# What a caller reads as a hop. Officers see the rest too.
FOR_CALLERS = (
    "call.opened",
    "matter.accepted",
    "matter.declined",
    "matter.referred",
    "task.given",
    "task.signed",
    "task.sent_back",
    "task.adjudicated",
    "task.paused",
    "task.resumed",
    "call.asked",
    "call.supplied",
    "matter.withdrawn",
    "task.extension_asked",
    "task.extension_decided",
    "task.recalled",
    "task.transferred",
    "task.succeeded",
    "task.vacated",
    "matter.vacated",
    "task.contacted",
    "task.submitted",
    "task.returned",
    "matter.answered",
    "call.rated",
    "matter.reopened",
    "call.closed",
    "promise.broken",
    "promise.reminded",
    "promise.supervised",
    "promise.raised",
    "promise.recomputed",
    "call.followed",
    "call.moved",
    "matter.joined",
)
QUIET = (
    "promise.made",
    "promise.met",
    "promise.dropped",
    "matter.opened",
    "call.answered",
    "call.followed",  # the matter says that it was joined
    "call.moved",
    "task.cancelled",
    "task.passed_down",
    "call.looked",
    "call.ended",
    "promise.paused",
    "promise.resumed",
    "promise.extended",
    "call.silent",
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop. `used_seconds` since the hop before; `bearer`, `giver`, `below` are names of departments."""

    at: datetime
    name: str
    by: str  # officer's name, '' for the caller or the system
    by_kind: str  # officer, caller, system
    bearer: str
    giver: str
    note: str
    used_seconds: int
    detail: dict[str, Any]


def hops(matter: Matter, call_ids: list[int], *, for_caller: bool) -> list[Hop]:
    """The hops of a matter and of some of its calls, oldest first, told on where a call came from another matter.

    A caller sees her own call's facts, and of each matter only what happened while her call was there.
    """
    calls = [f"call:{pk}" for pk in call_ids]
    told = log.history([f"matter:{matter.pk}", *calls])
    spans = [span for urn in calls for span in _spans(t for t in told if t.subject == urn)]
    others = {span.matter for span in spans} - {matter.pk}
    if others:
        told = log.history([*(f"matter:{pk}" for pk in (matter.pk, *sorted(others))), *calls])
    whole = [] if for_caller else [Span(matter.pk, 0)]
    seen = [t for t in told if _tells(t, for_caller) and _within(t, spans + whole) and _hers(t, call_ids)]
    notes = {(n.matter_id, n.version): n for n in Note.objects.filter(matter__in=[matter.pk, *others])}
    names = officers.names_of({_officer_id(t.actor) for t in seen} - {None})
    out: list[Hop] = []
    for row in seen:
        at = _moment(row)
        before = out[-1].at if out else at
        note = notes.get(_place(row))
        words = note.text if note and (note.to_caller or not for_caller) else ""
        out.append(replace(_hop(row, names, words, int((at - before).total_seconds())), at=at))
    return out


@dataclass(frozen=True, slots=True)
class Span:
    """While a call was in a matter: the matter's versions after `since`, up to `until` (None: it is there still)."""

    matter: int
    since: int
    until: int | None = None


def _spans(told: Iterable[log.Told]) -> list[Span]:
    """The matters in which one call has been, from its own facts."""
    spans: list[Span] = []
    for row in told:
        fact = row.fact
        if isinstance(fact, CallOpened):
            spans.append(Span(fact.matter, 0))
        elif isinstance(fact, CallFollowed):
            spans[-1:] = [Span(fact.matter, fact.joined)]
        elif isinstance(fact, CallMoved):
            spans[-1:] = [replace(spans[-1], until=fact.left), Span(fact.matter, fact.joined)]
    return spans


def _tells(row: log.Told, for_caller: bool) -> bool:
    if isinstance(row.fact, MatterAccepted) and row.fact.how == "split":
        return False  # it was accepted long before: the split itself is the hop
    if isinstance(row.fact, TaskSucceeded) and (row.fact.bearer == row.fact.to or (for_caller and row.fact.turn is None)):
        return False  # who bears it is the same, or it is not the one at work: then the one below tells it
    return row.name in FOR_CALLERS if for_caller else row.name not in QUIET


def _within(row: log.Told, spans: list[Span]) -> bool:
    kind, _colon, pk = row.subject.partition(":")
    if kind != "matter":
        return True
    return any(s.matter == int(pk) and s.since < row.version and (s.until is None or row.version <= s.until) for s in spans)


def _hers(row: log.Told, call_ids: list[int]) -> bool:
    """What is promised to one voice concerns no other."""
    call = getattr(row.fact, "call", None)
    return call is None or not row.name.startswith("promise.") or call in call_ids


def _moment(row: log.Told) -> datetime:
    """When it happened: what the timer tells says itself at which moment it was due."""
    if isinstance(row.fact, PromiseBroken):
        return datetime.fromtimestamp(row.fact.due, clock.CITY_TIME)
    if isinstance(row.fact, PromiseReminded | PromiseSupervised | PromiseRaised):
        return datetime.fromtimestamp(row.fact.step_at, clock.CITY_TIME)
    if isinstance(row.fact, TaskSucceeded):
        return datetime.fromtimestamp(row.fact.since, clock.CITY_TIME)
    return row.at


def _place(row: log.Told) -> tuple[int, int]:
    """Where the words said with a fact stand: matter and version. What a voice is told as she moves stands with the move."""
    if isinstance(row.fact, CallMoved):
        return row.fact.source, row.fact.said
    return (int(row.subject.removeprefix("matter:")), row.version) if row.subject.startswith("matter:") else (0, 0)


def _hop(row: log.Told, names: dict[int, str], words: str, used: int) -> Hop:
    detail = msgspec.structs.asdict(row.fact)
    officer = _officer_id(row.actor)
    kind = "officer" if officer is not None else "system" if row.actor == "system" else "caller"
    by = names.get(officer, "") if officer is not None else ""
    return Hop(row.at, row.name, by, kind, _name(detail.get("bearer")), _name(detail.get("giver")), words, used, detail)


def _officer_id(actor: str) -> int | None:
    return int(actor.removeprefix("officer:")) if actor.startswith("officer:") else None


def _name(key: str | None) -> str:
    department = city.department_by_key(key) if key else None
    return department.name if department else ""
