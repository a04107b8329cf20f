"""Known incidents as anybody may read them: where, why, since and until when, when the next news come, how many meet it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from huying.base import clock, ids
from huying.city import queries as city
from huying.city.models import Area
from huying.events import log
from huying.events.asking import Standing
from huying.kernel import rules
from huying.kernel.errors import NotThere
from huying.kernel.events import IncidentDeclared, IncidentTold
from huying.kernel.models import Incident, Matter, Note
from huying.people.actors import Actor

MOST = 100  # that run at once: a city with more has other worries than this page
HERE, ABOVE, PART = "here", "above", "part"


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident. `reach` says how it stands to the area that was asked for: it is that area's own (here), that of the
    district or city in which it lies (above), or of one street in the district that alone was named (part).
    """

    matter_id: int
    area_id: int
    title: str
    cause: str
    area: str
    unit: str  # who speaks
    since: datetime
    until_at: datetime | None
    news_at: datetime | None
    news: str
    voices: int
    reach: str = ""

    @property
    def silent(self) -> bool:
        """Whether news were promised for a moment that has passed."""
        return self.news_at is not None and clock.now() >= self.news_at


@dataclass(frozen=True, slots=True)
class News:
    """What was told, when, and until when it was expected to last then."""

    at: datetime
    text: str
    unit: str
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident's own page: all that was told of it, the last first, and what was done once it has ended."""

    line: IncidentLine
    told: list[News]
    ended_at: datetime | None
    done: str


def incidents(area: Area | None = None) -> list[IncidentLine]:
    """The incidents that run, the nearest first; with `area` those that concern it.

    An incident of a district concerns every street in it; that of the city all; that of a street also those who named
    only its district, for they may live there.
    """
    lines = [_line(*fields) for fields in _ALL_RUNNING.rows()]
    if area is None:
        return lines
    lines = [replace(line, reach=reach) for line in lines if (reach := _reach(line.area_id, area))]
    return sorted(lines, key=lambda line: (HERE, PART, ABOVE).index(line.reach))


def incident(matter_id: int) -> IncidentView:
    """One incident, running or ended. Raises NotThere."""
    if matter_id >= 10**ids.ROW_ID_DIGITS:  # an address may hold any number, a database not
        raise NotThere
    found = Incident.objects.filter(pk=matter_id, matter__about=None)
    row, line = found.first(), next(iter(_lines(found)), None)
    if row is None or line is None:
        raise NotThere
    return IncidentView(line, _told(row), row.ended_at, row.done)


def incidents_at_desk(actor: Actor) -> list[IncidentLine]:
    """Those that run on matters this officer sees; whoever waits longest for promised news first."""
    scope = rules.visible_to(actor, "matter")
    if scope is None:
        return []
    seen = Matter.objects.filter(scope).values("pk")
    return _lines(_running().filter(matter__in=seen).order_by("news_at", "pk"))


def speaks_for(actor: Actor) -> bool:
    """Whether the officer may open incidents at all."""
    return rules.scope(actor, "open_incident", "department") is not None


def _running() -> QuerySet[Incident]:
    return Incident.objects.filter(ended_at__isnull=True).order_by("-opened_at", "-pk")


_FIELDS = ("pk", "title", "cause", "area_id", "teller_id", "opened_at", "until_at", "news_at", "news", "matter__voices")


def _lines(rows: QuerySet[Incident]) -> list[IncidentLine]:
    """Tuples, with names from memory, cost a fifth of what objects do."""
    return [_line(*fields) for fields in rows.values_list(*_FIELDS)[:MOST]]


# On the path of every view of the portal and of every appeal.
_ALL_RUNNING = Standing(lambda: _running().values_list(*_FIELDS)[:MOST])


def _line(pk: int, title: str, cause: str, area_id: int, teller_id: int, *rest: Any) -> IncidentLine:
    area, unit = city.area_by_id(area_id), city.department_by_id(teller_id)
    return IncidentLine(pk, area_id, title, cause, area.name if area else "", unit.name if unit else "", *rest)


def _reach(area_id: int, area: Area) -> str:
    """How an incident's area stands to another; '' when it does not concern it. Closed areas are their successors."""
    of = city.area_by_id(area_id)
    if of is None:
        return ""
    its, hers = city.successor_of(of), city.successor_of(area)
    if its.pk == hers.pk:
        return HERE
    if (above := city.ancestor(hers, its.level)) is not None and above.pk == its.pk:
        return ABOVE
    inside = city.ancestor(its, hers.level)
    return PART if hers.level == "district" and inside is not None and inside.pk == hers.pk else ""


def _told(row: Incident) -> list[News]:
    """Since it was declared the last time: the log says when, the notes beside it what."""
    told = [t for t in log.history([f"matter:{row.pk}"]) if t.at >= row.opened_at]
    words = dict(Note.objects.filter(matter=row.pk, version__in=[t.version for t in told]).values_list("version", "text"))
    facts = [(t, t.fact) for t in reversed(told) if isinstance(t.fact, IncidentDeclared | IncidentTold)]
    return [_news(t.at, fact, words.get(t.version, "")) for t, fact in facts]


def _news(at: datetime, fact: IncidentDeclared | IncidentTold, text: str) -> News:
    unit = city.department_by_key(fact.by)
    until = datetime.fromtimestamp(fact.until, clock.CITY_TIME) if fact.until else None
    return News(at, text, unit.name if unit else "", until)
