"""Which matters may be shown to others and joined by them, and in which words. What is not named here stays unseen.

A caller's own words are never shown: the line is made of the duty's name and of the place without what was cut out.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from huying.city import queries as city
from huying.kernel import kinds, known
from huying.kernel.models import Call, Matter

SETTING = "voices.duties"  # the pack names the duties, or the beginnings of their keys, that are about places, not persons
_TOKEN = re.compile(r"〔[^〕]*〕")


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A matter as anybody may read it: what it is, where, since when, how many voices."""

    matter_id: int
    title: str
    area: str
    place: str
    since: datetime
    voices: int


def duty_is_shared(duty_key: str) -> bool:
    """Whether the pack lets matters of this duty be shown to others."""
    return bool(duty_key) and any(duty_key.startswith(begin) for begin in city.setting(SETTING, []))


def may_join(matter: Matter) -> bool:
    """Whether somebody else may be shown the matter and join it: a known incident, or of a sort and duty that are shared.

    What complains about a body is never shared.
    """
    if matter.about_id is not None:
        return False
    if kinds.get(matter.kind).sort(matter.sort).shared and duty_is_shared(matter.duty_key):
        return True
    return known.may_be_public(matter) and known.running(matter) is not None  # it was declared to everybody


def line(matter: Matter, first: Call) -> SharedLine:
    """The public line of a matter whose duty is shared."""
    duty = city.duty(matter.duty_key)
    place = "" if _TOKEN.search(first.place) else first.place
    area = matter.area.name if matter.area else ""
    return SharedLine(matter.pk, duty.name if duty else "", area, place, matter.opened_at, matter.voices)
