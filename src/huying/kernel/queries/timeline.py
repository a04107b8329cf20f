"""The hops of a matter, as the log tells them: who, when, what, the words said, the time it took."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from huying.city import queries as city
from huying.events import log
from huying.kernel.models import Matter, Note
from huying.people import officers

# What a caller reads as a hop. Officers see the rest too.
FOR_CALLERS = (
    "call.opened",
    "matter.accepted",
    "task.given",
    "task.signed",
    "task.contacted",
    "task.submitted",
    "task.returned",
    "matter.answered",
    "call.rated",
    "matter.reopened",
    "call.closed",
)
QUIET = ("promise.made", "promise.met", "promise.dropped", "matter.opened", "call.answered", "task.passed_down", "call.looked")


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
    """The hops of a matter and of some of its calls, oldest first. A caller sees her own call's facts alone."""
    told = log.history([f"matter:{matter.pk}", *(f"call:{pk}" for pk in call_ids)])
    notes = {n.version: n for n in Note.objects.filter(matter=matter)}
    seen = [t for t in told if (t.name in FOR_CALLERS if for_caller else t.name not in QUIET)]
    names = officers.names_of({_officer_id(t.actor) for t in seen} - {None})
    out: list[Hop] = []
    for row in seen:
        before = out[-1].at if out else row.at
        note = notes.get(row.version) if row.subject == f"matter:{matter.pk}" else None
        words = note.text if note and (note.to_caller or not for_caller) else ""
        out.append(_hop(row, names, words, int((row.at - before).total_seconds())))
    return out


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
