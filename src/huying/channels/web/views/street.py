"""One page per street: what was asked, what was done, what was kept, and who answers for what; and the way to it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Area, Department
from huying.features.appeals.queries import board
from huying.hub import places
from huying.hub.streets import asked_about
from huying.hub.streets import street as figures_of

SHOWN_PAIRS, SHOWN_TOPICS = 3, 8
LEAST = 3  # fewer of a topic might tell who it was: they are counted together


@dataclass(frozen=True, slots=True)
class Topic:
    """What was asked about, and how often."""

    name: str
    n: int


@dataclass(frozen=True, slots=True)
class Body:
    """A department with the phone of its service and the duties it leads."""

    department: Department
    duties: list[str]

    @property
    def phone(self) -> str:
        """Its own, as the pack has it."""
        return self.department.phone


@require_safe
def street(request: HttpRequest, key: str) -> HttpResponse:
    """A street or town by its key; one that was closed keeps its page."""
    area = city.area_by_key(key)
    if area is None or area.level != "street":
        raise Http404
    district = city.district_of(area)
    here = [Body(row, _duties(row)) for row in city.departments() if row.area_id == area.pk]
    above = [Body(row, _duties(row)) for row in city.departments() if district and row.area_id == district.pk]
    topics = _topics(area.key)
    context = {
        "area": area,
        "district": district,
        "figures": figures_of(area.key),
        "heir": city.district_of(area) if city.successor_of(area) != area else None,
        "heir_area": city.successor_of(area),
        "before": [row for row in (city.district_of(old, _day_before(old)) for old in places.before(area)) if row],
        "topics": topics,
        "most": max((topic.n for topic in topics), default=1),
        "done": board(SHOWN_PAIRS, area_key=area.key),
        "here": here,
        "above": [line for line in above if line.duties],
    }
    return render(request, "web/street.html", context)


@require_safe
def streets(request: HttpRequest) -> HttpResponse:
    """The districts, or with `area` the streets of one; a street's own key leads to its page."""
    key = request.GET.get("area", "")
    area = city.area_by_key(key) if key else None
    if area is not None and area.level == "street":
        return redirect("web:street", key=area.key)
    district = city.district_of(area) if area else None
    rows = city.area_choices("street", district) if district else city.area_choices("district")
    return render(request, "web/streets.html", {"area": district, "rows": rows})


def _topics(area_key: str) -> list[Topic]:
    """The groups of duties, the most asked about in front; what is rare stands together at the end."""
    counts: dict[str, int] = {}
    for duty_key, n in asked_about(area_key).items():
        duty = city.duty(duty_key)
        name = duty.subgroup if duty else ""
        counts[name] = counts.get(name, 0) + n
    told = sorted((Topic(name, n) for name, n in counts.items() if name and n >= LEAST), key=lambda t: (-t.n, t.name))
    rest = sum(counts.values()) - sum(topic.n for topic in told[:SHOWN_TOPICS])
    return told[:SHOWN_TOPICS] + ([Topic(_("其他"), rest)] if told and rest else [])


def _day_before(area: Area) -> date:
    return area.valid_to - timedelta(days=1) if area.valid_to else clock.today()


def _duties(department: Department) -> list[str]:
    """The names of what a department leads, at its own level."""
    return [row.name for row in city.duties() if row.lead == department.type and row.level == department.level]
