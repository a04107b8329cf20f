"""What makes a look unusual, so that the auditor sees it without being told: many, after hours, a neighbour.

The thresholds are the pack's. An unusual look is not refused: there may be a good reason, and he says what he found.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from huying.base import clock
from huying.city import calendar
from huying.city import queries as city
from huying.kernel.models import Call, Look
from huying.people import roster
from huying.people.actors import Actor, Held

MANY, AFTER_HOURS, STREET = SIGNS = ("many", "after_hours", "street")
WINDOW_HOURS = 24
MOST = 20  # callers at whom one officer looks within the window
MOST_OF_STREET = 3  # callers of the street he works for
DAY_FROM, DAY_TO = 7, 20  # o'clock of a working day
ALWAYS = ("hotline",)  # types of departments that work round the clock


def signs(actor: Actor, post: Held, call: Call, at: datetime) -> tuple[str, ...]:
    """Why this look of his is unusual; nothing when it is not."""
    found = []
    if len(_callers(actor, at) | {call.caller_id}) > int(city.setting("looks.many", MOST)):
        found.append(MANY)
    if _after_hours(actor, post, at):
        found.append(AFTER_HOURS)
    if _neighbour(actor, call, at):
        found.append(STREET)
    return tuple(found)


def _looks(actor: Actor, at: datetime) -> QuerySet[Look]:
    hours = int(city.setting("looks.window_hours", WINDOW_HOURS))
    return Look.objects.filter(officer=actor.officer, at__gt=at - timedelta(hours=hours))


def _callers(actor: Actor, at: datetime) -> set[int]:
    return set(_looks(actor, at).values_list("call__caller", flat=True))


def _after_hours(actor: Actor, post: Held, at: datetime) -> bool:
    """Outside the hours of a working day, by somebody who is not on duty then and whose desk is not always there."""
    local = at.astimezone(clock.CITY_TIME)
    first, last = (int(city.setting(name, hour)) for name, hour in (("looks.day_from", DAY_FROM), ("looks.day_to", DAY_TO)))
    if calendar.current().is_working(clock.day_of(local)) and first <= local.hour < last:
        return False
    assert actor.officer
    on_duty = bool(roster.my_turns(actor.officer.pk, at, at + timedelta(minutes=1)))
    return post.department_type not in city.setting("looks.always", ALWAYS) and not on_duty


def _neighbour(actor: Actor, call: Call, at: datetime) -> bool:
    """He works for the street she calls from, and has looked at more people there than such work needs."""
    own = {post.area_id for post in actor.posts if post.department_level == "street"}
    if call.area_id not in own:
        return False
    there = set(_looks(actor, at).filter(call__area__in=own).values_list("call__caller", flat=True)) | {call.caller_id}
    return len(there) > int(city.setting("looks.street", MOST_OF_STREET))
