"""Who may know who calls: which fields there are, for which reasons they open and for how long, and what is unusual."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import queries as city
from huying.kernel import said
from huying.kernel.models import Call, Look, Openness
from huying.kernel.rules import DESK_TYPE
from huying.people import parties
from huying.people.actors import Actor, Held

PHONE, NAME, WORDS = "phone", "name", "words"
FIELDS = (PHONE, NAME, WORDS)
# Who may open anything at all: whoever bears it, where she gave her name; the city's desk alone, where she asked for
# confidence; nobody, where she stayed unknown.
OPENS: dict[str, str] = {Openness.NAMED: "bearer", Openness.CONFIDENTIAL: "desk", Openness.ANONYMOUS: "nobody"}
MINUTES, MANY, FROM, TO = 10, 15, 7, 22


def reasons() -> dict[str, str]:
    """The reasons for which a field opens, by name: the pack's, else the three that every office has."""
    rows = city.setting("look.reasons", [])
    if rows:
        return {str(row["name"]): str(row["label"]) for row in rows}
    return {"contact": _("联系来电人"), "verify": _("核对情况"), "visit": _("上门办理")}


def may_open(actor: Actor, call: Call) -> bool:
    """Whether how open she is lets this officer know her at all; whether the call is his stands in the rules."""
    whom = OPENS[call.openness]
    return whom == "bearer" or (whom == "desk" and any(post.department_type == DESK_TYPE for post in actor.posts))


def held(call: Call, field: str) -> str:
    """What the field holds; '' where she gave nothing. Raises private.KeyTrouble."""
    if field == PHONE:
        return parties.known_phone(call.caller) or ""
    if field == NAME:
        return parties.name_of(call.caller) or ""
    return "；".join(f"{token}{value}" for token, value in said.held_by(call).items())


def minutes() -> int:
    """How long a field stays open."""
    return int(city.setting("look.minutes", MINUTES))


def closes(at: datetime) -> datetime:
    """When what is opened now closes by itself."""
    return at + timedelta(minutes=minutes())


def unusual(officer_id: int, at: datetime) -> list[str]:
    """Why the auditor is told: the officer looked often within the hour, or looks in the night."""
    found = []
    within = Look.objects.filter(officer=officer_id, at__gt=at - timedelta(hours=1)).count()
    if within + 1 > int(city.setting("look.many", MANY)):
        found.append("many")
    first, last = int(city.setting("look.from", FROM)), int(city.setting("look.to", TO))
    if not first <= at.astimezone(clock.CITY_TIME).hour < last:
        found.append("hours")
    return found


def post_of(actor: Actor, call: Call) -> Held | None:
    """With which of his posts the officer looks: one at the desk first where the desk alone may, else his first."""
    if OPENS[call.openness] == "desk":
        return next((post for post in actor.posts if post.department_type == DESK_TYPE), None)
    return actor.posts[0] if actor.posts else None
