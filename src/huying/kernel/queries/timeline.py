"""The hops of a matter, as the log tells them: who, when, what, the words said, the time it took."""

from collections.abc import Iterable, Iterator
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
    MatterStoodIn,
    PromiseBroken,
    PromiseDutyCalled,
    PromiseRaised,
    PromiseReminded,
    PromiseSupervised,
    TaskGiven,
    TaskSucceeded,
)
from huying.kernel.models import CallNote, Matter, Note
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
    "task.reassigned",
    "task.paused",
    "task.pause_overran",
    "task.resumed",
    "call.asked",
    "call.supplied",
    "call.ended",
    "task.extension_asked",
    "task.extension_decided",
    "task.recalled",
    "task.transferred",
    "task.interim",
    "matter.boundary_settled",
    "task.assist_asked",
    "task.waived",
    "task.succeeded",
    "task.vacated",
    "matter.vacated",
    "task.contacted",
    "task.submitted",
    "task.returned",
    "matter.answered",
    "call.rated",
    "call.called_back",
    "call.reopened",
    "call.checked",
    "call.excluded",
    "call.conclusion_proposed",
    "call.pleaded",
    "call.conclusion_decided",
    "call.conclusion_refused",
    "call.messaged",
    "call.message_answered",
    "call.objected",
    "call.objection_answered",
    "matter.reopened",
    "matter.requeued",
    "matter.widened",
    "call.closed",
    "promise.broken",
    "promise.reminded",
    "promise.supervised",
    "promise.raised",
    "promise.recomputed",
    "call.followed",
    "call.moved",
    "matter.joined",
    "incident.declared",
    "incident.told",
    "incident.ended",
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
    "task.ended",  # the incident's end is told
    "task.passed_down",
    "call.looked",  # who looked stands in a list of its own, hers and the auditor's; whom she objects to does not read it here
    "call.objected",
    "call.objection_answered",
    "call.look_reviewed",
    "task.answered_at_once",  # the answer itself says who gave it
    "call.ended",
    "promise.paused",
    "promise.resumed",
    "promise.extended",
    "promise.replanned",  # the case shows its days anew
    "call.silent",
    "matter.stood_in",  # told with the hop it is about
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
    behalf: str = ""  # in whose place, where `by` stood in for somebody who was away


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
    if for_caller:
        told = list(_while_hers(told, call_ids))
    seen = [t for t in told if _tells(t, for_caller) and _within(t, spans + whole) and _hers(t, call_ids)]
    roles = _roles(told)
    notes = _notes([matter.pk, *others], call_ids)
    places = {} if for_caller else _places(told)
    names = officers.names_of({_officer_id(who) for t in seen for who in (t.actor, _named(t))} | set(places.values()))
    out: list[Hop] = []
    for row in seen:
        at = _moment(row)
        before = out[-1].at if out else at
        note = notes.get(_place(row))
        words = note.text if note and (note.to_caller or not for_caller) else ""
        hop = _hop(row, names, words, int((at - before).total_seconds()))
        hop.detail.setdefault("role", roles.get(hop.detail.get("task"), ""))
        out.append(replace(hop, at=at, behalf=names.get(places.get((row.subject, row.version)) or 0, "")))
    return out


def _notes(matters: list[int], calls: list[int]) -> dict[tuple[str, int], Note | CallNote]:
    """The words said with facts, by the fact's subject and version."""
    found: dict[tuple[str, int], Note | CallNote] = {}
    found |= {(f"matter:{n.matter_id}", n.version): n for n in Note.objects.filter(matter__in=matters)}
    return found | {(f"call:{n.call_id}", n.version): n for n in CallNote.objects.filter(call__in=calls)}


def _while_hers(told: Iterable[log.Told], call_ids: list[int]) -> Iterator[log.Told]:
    """Without what was done after her answer for another voice that asked again: it was not done for her."""
    waiting = True
    for row in told:
        if not row.subject.startswith("matter:") or waiting or getattr(row.fact, "call", None) in call_ids:
            yield row
        fact = row.fact
        if row.name in ("call.answered", "call.closed") or getattr(fact, "how", "") in ("withdraw", "conclude"):
            waiting = False  # what is declined or referred is told by the matter's own fact, which comes after
        elif (
            row.name == "call.reopened" or getattr(fact, "solved", None) is False or getattr(fact, "outcome", "") == "unsolved"
        ):
            waiting = True


def _places(told: Iterable[log.Told]) -> dict[tuple[str, int], int | None]:
    """For each version of a subject that was told by who stood in for somebody: the id of who was away."""
    rows = [(row.subject, row.version, row.fact) for row in told if isinstance(row.fact, MatterStoodIn)]
    return {
        (subject, version): _officer_id(fact.officer) for subject, last, fact in rows for version in range(fact.since, last)
    }


def _named(row: log.Told) -> str:
    """The officer whom a fact names beside who acted."""
    return str(getattr(row.fact, "officer", ""))


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
    if isinstance(row.fact, MatterAccepted) and row.fact.how in ("split", "incident"):
        return False  # the split, or the declaring, is itself the hop
    if isinstance(row.fact, TaskGiven) and row.fact.how in ("above", "at_once", "asked", "interim"):
        return False  # who stands over a reopened task reviews it, as before; who asked, or why it works meanwhile, is the hop
    if isinstance(row.fact, TaskSucceeded) and (row.fact.bearer == row.fact.to or (for_caller and row.fact.turn is None)):
        return False  # who bears it is the same, or it is not the one at work: then the one below tells it
    if getattr(row.fact, "what", "") == "objection":
        return for_caller and row.name in FOR_CALLERS
    return row.name in FOR_CALLERS if for_caller else row.name not in QUIET


def _roles(told: Iterable[log.Told]) -> dict[int | None, str]:
    """In which role each task was given: to lead, or to assist."""
    return {row.fact.task: row.fact.role for row in told if isinstance(row.fact, TaskGiven)}


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
    if isinstance(row.fact, PromiseReminded | PromiseSupervised | PromiseRaised | PromiseDutyCalled):
        return datetime.fromtimestamp(row.fact.step_at, clock.CITY_TIME)
    if isinstance(row.fact, TaskSucceeded):
        return datetime.fromtimestamp(row.fact.since, clock.CITY_TIME)
    return row.at


def _place(row: log.Told) -> tuple[str, int]:
    """Where the words said with a fact stand: beside it. What a voice is told as she moves stands with the move."""
    if isinstance(row.fact, CallMoved):
        return f"matter:{row.fact.source}", row.fact.said
    return row.subject, row.version


def _hop(row: log.Told, names: dict[int, str], words: str, used: int) -> Hop:
    detail = msgspec.structs.asdict(row.fact)
    officer = _officer_id(row.actor)
    kind = "officer" if officer is not None else "system" if row.actor == "system" else "caller"
    by = names.get(officer, "") if officer is not None else ""
    if named := _officer_id(_named(row)):
        detail["officer_name"] = names.get(named, "")
    return Hop(row.at, row.name, by, kind, _name(detail.get("bearer")), _name(detail.get("giver")), words, used, detail)


def _officer_id(actor: str) -> int | None:
    return int(actor.removeprefix("officer:")) if actor.startswith("officer:") else None


def _name(key: str | None) -> str:
    department = city.department_by_key(key) if key else None
    return department.name if department else ""
