"""Figures keep the codes of their day; here they are read as of today's areas and bodies, through successors.

A district that was closed counts to its successor. A street that went another way than its district is counted apart
(`part`, its key), so that it can go its own way in the comparison too. Which streets those are depends on the pack alone,
days to come included, not on the day on which it is asked.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from huying.city import queries as city
from huying.city.models import Area
from huying.hub.models import Voice

DAY, TODAY = "day", "today"
AS_OF = (TODAY, DAY)


def put(voice: Voice) -> bool:
    """Set the district in which a voice's area lay on its day, and its part; whether that is another place than before.

    What an area becomes later does not move what was asked before.
    """
    before = (voice.district, voice.part)
    area = city.area_by_key(voice.area) if voice.area else None
    district = city.district_of(area, voice.opened_on) if area else None
    voice.district = district.key if district else ""
    voice.part = part_of(voice.district, voice.area) if district else ""
    return before != (voice.district, voice.part)


def misplaced() -> Q:
    """The voices that may stand in another place than the loaded pack says: it may have come after its own days."""
    keys, moved = apart(), city.moved_areas(date.max)
    districts = {pk: area.key for area in city.areas() if (pk := area.pk)}
    found = Q(area__in=keys, part="") | (~Q(part="") & ~Q(area__in=keys))
    for pk, move in moved.items():
        area = city.area_by_id(pk)
        if area and move.days:
            before = [districts[district] for district in move.before]
            found |= Q(area=area.key, district__in=before, opened_on__gte=move.days[0])
    return found


def part_of(district: str, area: str) -> str:
    """The area's own key where it goes another way than the district it lay in on its day; else ''."""
    street, above = city.area_by_key(area), city.area_by_key(district)
    if street is None or above is None:
        return ""
    heir, now = city.successor_of(above, date.max), city.district_of(street, date.max)
    return area if now is not None and now.pk != heir.pk else ""


def apart() -> list[str]:
    """The keys of the areas that go another way than a district they lay in."""
    found = []
    for pk, moved in city.moved_areas(date.max).items():
        area = city.area_by_id(pk)
        before = [city.area_by_id(district) for district in moved.before]
        if area and any(part_of(district.key, area.key) for district in before if district):
            found.append(area.key)
    return sorted(found)


def district_today(district: str, part: str) -> str:
    """The key of the district to which these figures count today; '' for none."""
    area = city.area_by_key(part or district) if part or district else None
    now = city.district_of(area) if area else None
    return now.key if now else district


def department_today(department: str, part: str) -> str:
    """The key of the body to which these figures count today: of who took over, there where the place lies now."""
    body = city.department_by_key(department) if department else None
    if body is None:
        return department
    return (city.body_now(body, city.area_by_key(part) if part else None) or body).key


def within(districts: Collection[str]) -> Q:
    """The cells that count today to one of these districts."""
    whole = [area.key for area in city.areas() if area.level == "district" and district_today(area.key, "") in districts]
    parts = [key for key in apart() if district_today("", key) in districts]
    return Q(district__in=whole, part="") | Q(part__in=parts)


def of_departments(departments: Collection[str]) -> Q:
    """The cells that count today to one of these bodies."""
    behind = [body for key in departments if (body := city.department_by_key(key))]
    ids = city.bodies_behind([body.pk for body in behind])
    return Q(department__in=[body.key for pk in ids if (body := city.department_by_id(pk))])


def line(area_key: str) -> list[str]:
    """The keys of an area and of all it stands for today."""
    area = city.area_by_key(area_key)
    return sorted({row.key for row in city.areas() if area and city.successor_of(row).pk == area.pk} | {area_key})


def before(area: Area) -> list[Area]:
    """The areas that this one came after, by key."""
    return [found for key in line(area.key) if key != area.key and (found := city.area_by_key(key))]
