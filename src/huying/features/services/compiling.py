"""From what follows from answers to branches: which department bears each item, what it waits for, how long it has."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Area, Department, Level
from huying.city.things import Decided, Item, Whole, waits
from huying.kernel.errors import BadInput
from huying.kernel.rules import CENTRE_TYPE

PLACED = (Level.DISTRICT, Level.STREET, Level.COMMUNITY)


@dataclass(frozen=True, slots=True)
class Part:
    """An item of a case with its bearer and the items it waits for."""

    item: Item
    place: int
    bearer: Department
    waits: tuple[str, ...]


def needs_place(decided: Decided) -> bool:
    """Whether it must be known in which district she applies: one of the items is done there."""
    return any(step.item.level in PLACED for step in decided.steps)


def compiled(whole: Whole, decided: Decided, area: Area | None) -> tuple[Part, ...]:
    """The branches of these answers, in the order of the thing. Raises BadInput where nobody is there to bear an item."""
    before = waits(whole, decided.codes)
    parts = []
    for place, step in enumerate(decided.steps):
        bearer = bearer_of(step.item, area)
        if bearer is None:
            if area is None and step.item.level in PLACED:
                raise BadInput({"area": _("请选在哪个区县、镇街办。")})
            words = _("“%(item)s”在这里还没有单位能办，请打 12345。")
            raise BadInput({"area": words % {"item": step.item.name.zh}})
        parts.append(Part(step.item, place, bearer, before[step.item.code]))
    return tuple(parts)


def bearer_of(item: Item, area: Area | None) -> Department | None:
    """Who bears the item for somebody of that area: its department there, else the city's, else the district's centre."""
    if not item.level:
        return city.partner_department(item.body.key)
    found = city.department_of(item.body.key, item.level, area)
    if found is None and item.level == Level.COMMUNITY:
        found = city.department_of(item.body.key, Level.STREET, area) or city.department_of("street-office", Level.STREET, area)
    if found is None and item.level in PLACED and area is not None:
        found = city.department_of(item.body.key, Level.DISTRICT, area)
        found = found or city.department_of(item.body.key, Level.CITY, None)
        found = found or city.department_of(CENTRE_TYPE, Level.DISTRICT, area)
    return found
