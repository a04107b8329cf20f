"""Likely the same: open matters of the same district and the last two weeks whose words are like what somebody wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.db.models import Q, QuerySet

from huying.base import clock
from huying.city import loaded
from huying.city import queries as city
from huying.city.models import Area
from huying.kernel import dispatch, known, rules, shared
from huying.kernel.models import Call, Matter
from huying.kernel.moves import OPEN_MATTER
from huying.kernel.queries.incidents import IncidentLine, incidents
from huying.kernel.shared import SharedLine
from huying.people.actors import Actor
from huying.people.asking import any_row, marks
from huying.reading.similar import Letter, common, grams, likeness

DAYS = 14
CANDIDATES = 300  # the newest; what is older and still open is found by its number
CANDIDATES_OFFERED = 16
# How like (0 to 1), the words for the place left aside: some must be shared, and the same duty and the same street speak for
# it too. Matters of different duties must share so many words that the duty was likely read wrongly in one of them.
SHARED, LEAST, SAME_DUTY, SAME_STREET, ANOTHER_DUTY = 0.05, 0.15, 0.1, 0.05, 0.2
KNOWN = Q(incident__isnull=False, incident__ended_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Likely:
    """A matter that is likely the same, as an officer sees it, and the words they share."""

    matter: Matter
    number: str  # of its first voice
    phrases: list[str]
    likeness: float


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, and where. Words for the place alone make no two matters the same."""

    text: str
    place: str
    area: Area | None

    def letter(self) -> Letter:
        """Its words, those for the place too: they are weighed as the rest where nothing else is known of it."""
        return _letter(f"{self.text} {self.place}")

    def where(self) -> frozenset[str]:
        """The pieces of its words for the place: as she wrote it, and the names of its area."""
        return _where(self.place, self.area.pk if self.area else None)


def offered(text: str, place: str, area: Area | None, kind: str, limit: int = 3, sort: str = "") -> list[SharedLine]:
    """What somebody who is about to send `text` may join instead: what anybody may be shown, in words that name nobody."""
    district = city.district_of(area) if area else None
    if area is None or district is None or not city.setting(shared.SETTING, []):
        return []
    best = next(iter(dispatch.suggest(f"{text} {place}", area, sort=sort, limit=1)), None)
    if best is None or not shared.duty_is_shared(best.duty_key) or not _any(district, kind, best.duty_key):
        return []
    # on the path of every appeal: only what is read as the same duty, and no more than a person would look through
    rows = _open(district, kind).filter(duty_key=best.duty_key).exclude(KNOWN)  # known incidents are shown by themselves
    found = _like(rows, Said(text, place, area), best.duty_key, None, CANDIDATES_OFFERED)
    lines = (shared.line(likely.matter, first) for likely, first in found if shared.may_join(likely.matter))
    return [line for line in lines if line.title][:limit]


def likely_same(actor: Actor, matter: Matter, limit: int = 3) -> list[Likely]:
    """With which this matter could be merged, for an officer who may; best first."""
    scope = rules.scope(actor, "merge", "matter")
    district = city.district_of(matter.area) if matter.area else None
    first = matter.calls.order_by("id").first()
    if scope is None or district is None or first is None or matter.state not in OPEN_MATTER:
        return []
    rows = _open(district, matter.kind).filter(scope, about=matter.about_id).exclude(pk=matter.pk)
    said = Said(f"{matter.title}。{first.text}", first.place, matter.area)
    return [likely for likely, _ in _like(rows, said, matter.duty_key, limit)]


def known_near(actor: Actor, matter: Matter) -> list[IncidentLine]:
    """The known incidents of its area into which an officer may merge this matter."""
    scope = rules.scope(actor, "merge", "matter")
    if scope is None or matter.area is None or not known.may_be_public(matter):
        return []
    lines = [line for line in incidents(matter.area) if line.matter_id != matter.pk]
    rows = Matter.objects.filter(scope, pk__in=[line.matter_id for line in lines], kind=matter.kind)
    his = set(rows.values_list("pk", flat=True))
    return [line for line in lines if line.matter_id in his]


def _open(district: Area, kind: str) -> QuerySet[Matter]:
    since = clock.now() - timedelta(days=DAYS)
    rows = Matter.objects.filter(Q(state__in=OPEN_MATTER), district=district, kind=kind, opened_at__gte=since)
    return rows.select_related("area").order_by("-opened_at")


def _any(district: Area, kind: str, duty_key: str) -> bool:
    """Whether anything of that duty is open there at all."""
    there = f"district_id = %s AND kind = %s AND duty_key = %s AND state IN ({marks(OPEN_MATTER)})"
    values: list[str | int] = [district.pk, kind, duty_key, *OPEN_MATTER]
    return any_row(f"SELECT 1 FROM kernel_matter WHERE {there} LIMIT 1", values)  # nosec B608


def _like(
    rows: QuerySet[Matter], said: Said, duty_key: str, limit: int | None, among: int = CANDIDATES
) -> list[tuple[Likely, Call]]:
    matters = {matter.pk: matter for matter in rows[:among]}
    letter, found = said.letter(), []
    for pk, call in _first_calls(matters).items():
        matter, other = matters[pk], Said(f"{matters[pk].title}。{call.text}", call.place, matters[pk].area)
        words = likeness(letter, other.letter(), without=said.where() | other.where())
        same = matter.duty_key == duty_key
        whole = words + SAME_DUTY * same + SAME_STREET * _same(matter.area, said.area)
        if words >= (SHARED if same else ANOTHER_DUTY) and whole >= LEAST:
            found.append((Likely(matter, call.number, common(letter, other.letter()), round(whole, 3)), call))
    return sorted(found, key=lambda pair: -pair[0].likeness)[:limit]


def _same(one: Area | None, other: Area | None) -> bool:
    return one is not None and other is not None and city.successor_of(one) == city.successor_of(other)


@lru_cache(maxsize=2048)
def _letter(text: str) -> Letter:
    """A text that is compared again and again while its matter is open, taken apart once."""
    return Letter(text)


@lru_cache(maxsize=2048)
def _where(place: str, area_id: int | None) -> frozenset[str]:
    found, area = set(grams(place)), city.area_by_id(area_id) if area_id else None
    while area is not None:
        for name in (area.name, *area.aliases):
            found.update(grams(name))
        area = area.parent
    return frozenset(found)


loaded.on_forget(_where.cache_clear)


def _first_calls(matters: Iterable[int]) -> dict[int, Call]:
    """The first voice of each matter; the later ones are not read."""
    rows = Call.objects.filter(matter__in=list(matters)).order_by("-id").only("matter_id", "number", "title", "text", "place")
    return {call.matter_id: call for call in rows}
