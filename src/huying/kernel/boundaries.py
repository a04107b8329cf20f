"""界线台账: whose a place is for a duty, once units have quarrelled about it. Dispatch asks it, so nobody quarrels twice."""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.city import loaded
from huying.city import queries as city
from huying.city.models import Area, Department
from huying.kernel.models import Boundary, Matter, MatterState, Task, TaskRole
from huying.kernel.record import Work

_NO_WORDS = re.compile(r"[\s\W_]+")
LOOK_AGAIN = 2.0  # seconds
UNSETTLED = (MatterState.ACCEPTED, MatterState.WORKING, MatterState.ANSWERED, MatterState.CLOSED)  # where it still can be


@dataclass(frozen=True, slots=True)
class Settled:
    """A place and who bears the duty there, by which ground, since when. `districts` are the keys between which it lies."""

    place: str
    bearer: Department
    ground: str
    since: datetime
    districts: frozenset[str]


def plain(words: str) -> str:
    """Words without blanks and punctuation, as places are compared."""
    return _NO_WORDS.sub("", words)


def find(duty_key: str, text: str, rows: Iterable[Boundary]) -> Settled | None:
    """What was settled for this duty at a place that `text` names: the longest name, and of those the newest."""
    said = plain(text)
    fit = [row for row in rows if row.duty_key == duty_key and row.place and plain(row.place) in said]
    best = max(fit, key=lambda row: (len(plain(row.place)), row.settled_at), default=None)
    return _settled(best) if best else None


def settled_for(duty_keys: Sequence[str]) -> list[Boundary]:
    """What was settled for these duties. What another process settles is seen within two seconds."""
    if _settled_keys().isdisjoint(duty_keys):
        return []
    return list(Boundary.objects.filter(duty_key__in=duty_keys, settled_at__isnull=False))


def _settled_keys() -> frozenset[str]:
    """The duties for which anything was settled: asked of every appeal, and few."""
    global _held
    held = _held
    if held is None or time.monotonic() - held[0] > LOOK_AGAIN:
        rows = Boundary.objects.filter(settled_at__isnull=False).values_list("duty_key", flat=True).distinct()
        _held = held = (time.monotonic(), frozenset(rows))
    return held[1]


def forget() -> None:
    """Look again at once."""
    global _held
    _held = None


_held: tuple[float, frozenset[str]] | None = None
loaded.on_forget(forget)


def open_quarrel(matter: Matter) -> Boundary | None:
    """The quarrel over the matter that is not settled yet."""
    return Boundary.objects.filter(matter=matter, settled_at__isnull=True).first()


def begun(work: Work, bearer: Department, interim: Department) -> Boundary:
    """The matter's open quarrel, with who works meanwhile; new when there is none. Unsaved."""
    row = open_quarrel(work.matter) or Boundary(matter=work.matter, opened_at=work.at, duty_key=work.matter.duty_key)
    row.interim = interim
    between(row, [*senders(work.matter), bearer, interim])
    return row


def senders(matter: Matter) -> list[Department]:
    """Who has sent the matter back as its lead, in their order, each once."""
    rows = Task.objects.filter(matter=matter, role=TaskRole.LEAD).exclude(ground="").select_related("bearer").order_by("id")
    return list({row.bearer_id: row.bearer for row in rows}.values())


def follow(source: Work, target: Work) -> bool:
    """A matter is merged into another: its open quarrel goes on there, unless that has one of its own. Whether it did."""
    row = open_quarrel(source.matter)
    if row is None or open_quarrel(target.matter) is not None:
        return False
    row.matter = target.matter
    row.save(update_fields=["matter"])
    return True


def between(row: Boundary, departments: Iterable[Department]) -> None:
    """Set between which districts the place lies, by who quarrelled. Unsaved."""
    found: dict[int, Area] = {}
    for department in departments:
        area = city.area_by_id(department.area_id)
        district = city.district_of(area) if area else None
        if district is not None:
            found.setdefault(district.pk, district)
    row.area, row.other = ([*found.values(), None, None])[:2]


def _settled(row: Boundary) -> Settled | None:
    bearer = city.department_by_id(row.bearer_id) if row.bearer_id else None
    areas = [city.area_by_id(pk) for pk in (row.area_id, row.other_id) if pk is not None]
    if bearer is None or row.settled_at is None:
        return None
    districts = frozenset(city.successor_of(area).key for area in areas if area)
    return Settled(row.place, city.department_now(bearer), row.ground, row.settled_at, districts)
