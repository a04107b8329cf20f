"""One page per street: what was asked, what was done, what was kept, and who answers for what."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Area, Department
from huying.hub import places
from huying.hub.streets import street as figures_of


@require_safe
def street(request: HttpRequest, key: str) -> HttpResponse:
    """A street or town by its key; one that was closed keeps its page."""
    area = city.area_by_key(key)
    if area is None or area.level != "street":
        raise Http404
    district = city.district_of(area)
    here = [row for row in city.departments() if row.area_id == area.pk]
    above = [row for row in city.departments() if district and row.area_id == district.pk]
    context = {
        "area": area,
        "district": district,
        "figures": figures_of(area.key),
        "heir": city.district_of(area) if city.successor_of(area) != area else None,
        "heir_area": city.successor_of(area),
        "before": [row for row in (city.district_of(old, _day_before(old)) for old in places.before(area)) if row],
        "here": [(row, _duties(row)) for row in here],
        "above": [(row, duties) for row in above if (duties := _duties(row))],
    }
    return render(request, "web/street.html", context)


def _day_before(area: Area) -> date:
    return area.valid_to - timedelta(days=1) if area.valid_to else clock.today()


def _duties(department: Department) -> list[str]:
    """The names of what a department leads, at its own level."""
    return [row.name for row in city.duties() if row.lead == department.type and row.level == department.level]
