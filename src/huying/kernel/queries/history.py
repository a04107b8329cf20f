"""Who did what, from the log: of one officer, of a unit for its head, of all for the auditor. Never a word of a call.

What the viewer may not see is left out, whoever did it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huying.base import clock, ids
from huying.events import log
from huying.kernel import rules
from huying.kernel.events import MatterStoodIn
from huying.kernel.models import Call, Matter
from huying.kernel.rules import DESK_TYPE
from huying.people import officers
from huying.people.actors import Actor
from huying.people.models import Officer, Post

PAGE = 50
ROUNDS = 6  # how many pages of the log are looked through for one: what may not be seen can fill several
# What officers do; what follows from it by itself (promises, cancelled tasks) is nobody's deed.
DEEDS = (
    *("matter.accepted", "matter.declined", "matter.referred", "matter.merged", "matter.split"),
    *("task.given", "task.signed", "task.assigned", "task.contacted", "task.answer_written", "task.submitted"),
    *(
        "task.approved",
        "task.returned",
        "task.sent_back",
        "task.adjudicated",
        "task.transferred",
        "task.reassigned",
        "task.recalled",
    ),
    *("task.paused", "task.resumed", "task.extension_asked", "task.extension_decided"),
    *("call.asked", "call.looked", "call.messaged", "call.closed", "leave.entered", "leave.ended"),
    *("call.objection_answered", "call.look_reviewed", "roster.added", "roster.removed"),
)
MOST_OFFICERS = 200  # of a unit on one page; in a larger one an officer is chosen


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the history is asked for: `officer` None is all within reach; `called` the name of a fact, '' any."""

    officer: int | None = None
    day: date | None = None
    called: str = ""
    after: str = ""  # the place of the last row seen


@dataclass(frozen=True, slots=True)
class Deed:
    """Something an officer did: the fact's name, and the matter it was done to, by its number; None for leave and rosters."""

    at: datetime
    officer: str
    behalf: str
    called: str
    matter: Matter | None
    number: str


@dataclass(frozen=True, slots=True)
class History:
    """A page of it; `more` is the place to go on from, '' at the end."""

    rows: list[Deed]
    more: str


def audits(actor: Actor) -> bool:
    """Whether the actor looks over all of it: an auditor at the city's desk."""
    return any(post.role == "auditor" and post.department_type == DESK_TYPE for post in actor.posts)


def within_reach(actor: Actor) -> list[Officer]:
    """Whose deeds the actor may look through: his own, and as a head those of his units' officers."""
    if actor.officer is None:
        return []
    led = Post.objects.filter(department__in=actor.departments("head")).values("officer")
    found = list(Officer.objects.filter(pk__in=led).order_by("name", "pk")[:MOST_OFFICERS])
    return found if any(row.pk == actor.officer.pk for row in found) else [actor.officer, *found]


def history(actor: Actor, asked: Asked) -> History:
    """A page of who did what, the newest first."""
    known = {f"officer:{row.pk}" for row in within_reach(actor)}
    whole = audits(actor)
    if asked.officer is not None:
        known, whole = ({f"officer:{asked.officer}"} if whole else known & {f"officer:{asked.officer}"}), False
    seen: list[log.Told] = []
    after, rounds = asked.after, 0
    visible: dict[int, Matter] = {}
    while len(seen) < PAGE and rounds < ROUNDS:
        batch = _all(asked, after) if whole else _of(sorted(known), asked, after)
        wanted = (asked.called,) if asked.called else DEEDS
        fresh = [row for row in batch if row.actor.startswith("officer:") and row.name in wanted]
        matters = _matters(fresh)
        visible |= _visible(actor, set(matters.values()) - {None})
        seen += [row for row in fresh if _shown(row, matters, visible)]
        after, rounds = (_place(batch[-1]) if batch else ""), rounds + 1
        if len(batch) < PAGE:
            after = ""
            break
    if len(seen) > PAGE:
        seen = seen[:PAGE]
        after = _place(seen[-1])
    return History(_deeds(seen, visible), after)


def _of(actors: Sequence[str], asked: Asked, after: str) -> list[log.Told]:
    since, before = None, None
    if asked.day is not None:
        since = datetime.combine(asked.day, time(), clock.CITY_TIME)
        before = (since + timedelta(days=1), 0)
    if after and (found := _parsed(after)):
        before = found
    return log.done_by(actors, PAGE, before, since, [asked.called] if asked.called else DEEDS)


def _all(asked: Asked, after: str) -> list[log.Told]:
    """By the order of the log, which has its own index; a day's facts lie together in it."""
    first, upto = 0, None
    if asked.day is not None:
        begin = datetime.combine(asked.day, time(), clock.CITY_TIME)
        first, upto = log.number_at(begin), log.number_at(begin + timedelta(days=1))
    if after.startswith("n") and (place := ids.row_id(after[1:])):
        upto = place
    return [row for row in log.before(upto, PAGE * 4) if row.seq is not None and row.seq >= first]


def _place(row: log.Told) -> str:
    return f"n{row.seq}" if row.seq is not None else f"{row.at.timestamp():.6f}:{row.pk}"


def _parsed(after: str) -> log.Place | None:
    moment, _colon, pk = after.partition(":")
    try:
        return datetime.fromtimestamp(float(moment), clock.CITY_TIME), int(pk)
    except (ValueError, OverflowError, OSError):
        return None


def _matters(rows: Iterable[log.Told]) -> dict[str, int | None]:
    """The matter of each subject; None for what is none's. A call's is where it is now."""
    subjects = {row.subject for row in rows}
    calls = {int(urn.removeprefix("call:")) for urn in subjects if urn.startswith("call:")}
    now = dict(Call.objects.filter(pk__in=calls).values_list("pk", "matter"))
    found: dict[str, int | None] = {}
    for urn in subjects:
        kind, _colon, pk = urn.partition(":")
        found[urn] = int(pk) if kind == "matter" else now.get(int(pk)) if kind == "call" else None
    return found


def _visible(actor: Actor, matters: Collection[int | None]) -> dict[int, Matter]:
    scope = rules.visible_to(actor, "matter")
    if scope is None or not matters:
        return {}
    rows = Matter.objects.filter(scope, pk__in=[pk for pk in matters if pk]).select_related("area").prefetch_related("calls")
    return {row.pk: row for row in rows}


def _shown(row: log.Told, matters: dict[str, int | None], visible: dict[int, Matter]) -> bool:
    if isinstance(row.fact, MatterStoodIn):
        return False  # it stands beside what was done
    if row.subject.startswith(("matter:", "call:")):
        return matters[row.subject] in visible
    return row.subject.startswith(("leave:", "roster:"))


def _deeds(rows: Sequence[log.Told], visible: dict[int, Matter]) -> list[Deed]:
    matters, places = _matters(rows), _stood_in(rows)
    names = officers.names_of({_id(row.actor) for row in rows} | {_id(who) for who in places.values()})
    found = []
    for row in rows:
        matter = visible.get(matters[row.subject] or 0)
        number = min(matter.calls.all(), key=lambda c: c.pk).number if matter and matter.calls.all() else ""
        behalf = names.get(_id(places.get((row.subject, row.version), "")), "")
        found.append(Deed(row.at, names.get(_id(row.actor), ""), behalf, row.name, matter, number))
    return found


def _stood_in(rows: Sequence[log.Told]) -> dict[tuple[str, int], str]:
    """For what was done by who stood in: the officer who was away."""
    subjects = {row.subject for row in rows if row.subject.startswith("matter:")}
    found = {}
    for told in log.history_of(subjects, "matter.stood_in"):
        if isinstance(told.fact, MatterStoodIn):
            found.update({(told.subject, n): told.fact.officer for n in range(told.fact.since, told.version)})
    return found


def _id(actor: str) -> int:
    return int(actor.removeprefix("officer:")) if actor.startswith("officer:") else 0
