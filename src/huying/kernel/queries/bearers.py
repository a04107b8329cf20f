"""Whom an officer can name as bearer: for the city's desk the city's bodies and the districts, for a district its own."""

from django.db.models import Q
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.kernel.incidents import LEADERS
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
from huying.people.actors import Actor

Groups = list[tuple[str, list[Department]]]


def bearers_for(actor: Actor, about: Department | None = None) -> Groups:
    """Departments that exist today, in groups with a label, without those in which the actor himself holds a post.

    The body that is complained `about`, and its successor, are left out.
    """
    return [(label, [row for row in rows if not _stands_for(row, about)]) for label, rows in _groups(actor)]


def _stands_for(row: Department, about: Department | None) -> bool:
    return about is not None and about.pk in city.bodies_behind([row.pk])


def own_departments(actor: Actor) -> list[Department]:
    """Those of the actor's departments for which he may open an incident."""
    return list(Department.objects.filter(pk__in=actor.departments(*LEADERS), valid_to=None).order_by("key"))


def at_city_desk(actor: Actor) -> bool:
    """Whether the actor leads at the city's desk, which gives to every department."""
    return any(p.department_type == DESK_TYPE and p.role in LEADERS for p in actor.posts)


def helpers_for(actor: Actor, about: Department | None = None) -> Groups:
    """Whom a lead can ask to assist: a city's body the city's bodies and the districts, others the units of their district.

    The body that is complained `about`, and its successor, are left out.
    """
    bodies = {about.pk, city.department_now(about).pk} if about else set()
    return [(label, [row for row in rows if row.pk not in bodies]) for label, rows in _beside(actor)]


def _beside(actor: Actor) -> Groups:
    own = actor.departments()
    if any(p.department_level == "city" for p in actor.posts):
        return [(_("市级单位"), _of(level="city", without=own)), (_("区县"), _of(level="district", type=CENTRE_TYPE))]
    areas = [city.area_by_id(p.area_id) for p in actor.posts]
    districts = {district.pk for area in areas if area and (district := city.district_of(area))}
    bureaus = _of(area__in=districts, level="district", without=own)
    return [(_("本区县单位"), bureaus), (_("镇街"), _of(area__parent__in=districts, level="street", without=own))]


def _groups(actor: Actor) -> Groups:
    own = actor.departments()
    if any(p.department_type == DESK_TYPE for p in actor.posts):
        return [(_("区县"), _of(level="district", type=CENTRE_TYPE)), (_("市级单位"), _of(level="city", without=own))]
    districts = {p.area_id for p in actor.posts if p.department_level == "district"}
    if districts:
        bureaus = _of(area__in=districts, level="district", without=own)
        return [(_("本区县单位"), bureaus), (_("镇街"), _of(area__parent__in=districts, level="street"))]
    return []


def _of(without: set[int] | None = None, **where: object) -> list[Department]:
    today = clock.today()
    begun, lasting = Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gt=today)
    rows = Department.objects.filter(begun, lasting, **where).exclude(pk__in=without or set())
    return list(rows.order_by("key"))
