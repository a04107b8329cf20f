"""Who is on duty, who is away and who stands in, and the templates people made: as of the day on which the demo is made."""

from datetime import timedelta
from pathlib import Path

import msgspec
from yaml import YAMLError

from huying.base import clock, yaml12
from huying.city import queries as city
from huying.config.environment import BadSetting
from huying.kernel import templates
from huying.people import leave, officers, roster_csv
from huying.people.actors import SYSTEM, officer_actor
from huying.people.models import Officer


class LeaveLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first": "from", "last": "to"}):
    """An officer's leave, in days from today; who stands in for each of his posts."""

    login: str
    first: int
    last: int
    stand_in: str


class TemplateLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template that an officer made; `unit` is the key of the department for which he made it as its head."""

    login: str
    step: str
    title: str
    text: str
    unit: str = ""


class Standby(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in `standby.yaml`."""

    leaves: tuple[LeaveLine, ...] = ()
    templates: tuple[TemplateLine, ...] = ()


def make(folder: Path) -> None:
    """Enter all of it. Raises BadSetting naming the file at fault."""
    roster = folder / "roster.csv"
    _count, faults = roster_csv.take_over(SYSTEM, "demo/roster.csv", roster.read_bytes())
    if faults:
        raise BadSetting("\n".join(map(str, faults)))
    told = _read(folder / "standby.yaml")
    for away in told.leaves:
        _enter(away)
    for line in told.templates:
        unit = city.department_by_key(line.unit) if line.unit else None
        templates.keep(officers.as_officer(line.login), line.title, line.step, line.text, unit=unit.pk if unit else None)


def _enter(line: LeaveLine) -> None:
    away, there = (Officer.objects.get(account__username=login) for login in (line.login, line.stand_in))
    first, last = (clock.today() + timedelta(days=n) for n in (line.first, line.last))
    span = leave.Span(first, last)
    leave.enter(officer_actor(away), away.pk, span, {post.pk: there.pk for post in leave.posts_within(away, span)})


def _read(file: Path) -> Standby:
    try:
        return msgspec.convert(yaml12.load(file.read_text(encoding="utf-8")), Standby)
    except (OSError, YAMLError, msgspec.ValidationError) as fault:
        raise BadSetting(f"{file}: {' '.join(str(fault).split())}") from fault
