"""The small city on the day its second district becomes another: bodies and one street go on there, one town elsewhere.

沙坪坝区 (500106) is closed; 科学新区 (`new`) takes over, but 青木关镇 (500106101) goes to 渝中区 (500103).
"""

import uuid
from datetime import date

from huying.base import clock
from huying.city import queries
from huying.city.models import Area, Department, Level, PackState
from tests.small_city import BUREAUS, SmallCity

OLD, NEW, OTHER = "500106", "new", "500103"
STREET, TOWN = "500106001", "500106101"
NEW_STREET, NEW_TOWN = "new-500106001", "500103-500106101"


def change_areas(city: SmallCity, day: date, *, alone: tuple[str, ...] = ()) -> SmallCity:
    """Write what a pack of the new day says; bodies of the types in `alone` are closed without a successor."""
    district = _area(city, OLD, NEW, "科学新区", Level.DISTRICT, city.area("50"), day)
    _area(city, STREET, NEW_STREET, "小龙坎街道", Level.STREET, district, day)
    _area(city, TOWN, NEW_TOWN, "青木关镇", Level.STREET, city.area(OTHER), day)
    for kind in ("governance-centre", *BUREAUS):
        _body(city, f"{OLD}.{kind}", f"{NEW}.{kind}", district, day, heir=kind not in alone)
    for street, new in ((STREET, NEW_STREET), (TOWN, NEW_TOWN)):
        _body(city, f"{street}.street-office", f"{new}.street-office", city.area(new), day, heir="street-office" not in alone)
    _loaded()
    return city


def close_body(city: SmallCity, key: str, day: date, successor: str | None = None) -> None:
    """One body alone is closed: a reform of bodies, not of areas."""
    heir = city.department(successor) if successor else None
    Department.objects.filter(key=key).update(valid_to=day, successor=heir)
    _loaded()


def _loaded() -> None:
    """As loading a pack does it: its digest is another, and what was held in memory is forgotten."""
    PackState.objects.update(digest=uuid.uuid4().hex, loaded_at=clock.now())
    queries.reset()


def _area(city: SmallCity, old: str, new: str, name: str, level: str, parent: Area, day: date) -> Area:
    city.areas[new] = Area.objects.create(key=new, name=name, level=level, parent=parent, valid_from=day)
    Area.objects.filter(key=old).update(valid_to=day, successor=city.areas[new])
    return city.areas[new]


def _body(city: SmallCity, old: str, new: str, area: Area, day: date, *, heir: bool) -> None:
    before = city.department(old)
    name = before.name.replace("沙坪坝区", "科学新区")
    if heir:
        values = {"short": before.short.replace("沙坪坝区", "科学新区"), "type": before.type, "level": before.level}
        city.departments[new] = Department.objects.create(key=new, name=name, area=area, valid_from=day, **values)
    Department.objects.filter(key=old).update(valid_to=day, successor=city.departments.get(new))
