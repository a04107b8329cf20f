"""The rows that a sound pack asks for, as plain fields by key. References to other rows are keys."""

from datetime import date, timedelta
from typing import Any

from huying.city.pack.cells import plain
from huying.city.pack.changes import Fields
from huying.city.pack.derive import derived
from huying.city.pack.layout import Pack
from huying.city.pack.tables import Row
from huying.city.pack.things import offers
from huying.city.pack.things import wanted as of_things

Wanted = dict[str, Fields]
CITY, ELSEWHERE, PARTNER = "city", "elsewhere", "partner"
AREA_FIELDS = ("code", "name", "level", "parent", "successor", "aliases", "lon", "lat", "valid_from", "valid_to")
DEPARTMENT_FIELDS = ("name", "short", "type", "level", "area", "phone", "successor", "valid_from", "valid_to")
DUTY_FIELDS = (
    *("group", "subgroup", "name", "text", "lead", "assists", "level", "urgency", "ground", "may_pass_down"),
    *("valid_from", "valid_to"),
)
TERM_FIELDS = ("kind", "sort", "urgency", "what", "budget", "unit", "basis", "valid_from", "valid_to")
REPLY_FIELDS = ("key", "title", "step", "duty", "text")
DAY_FIELDS = ("working", "name", "notice")


def wanted(pack: Pack, said: of_things.Contents) -> dict[str, Wanted]:
    """All rows of the pack, by table. `said`: the content of its items and things, worked out once."""
    return {
        "areas": {row["key"]: _fields(row, AREA_FIELDS) for row in pack.areas.rows},
        "departments": _departments(pack),
        "duties": {row["key"]: _fields(row, DUTY_FIELDS) for row in pack.duties.rows},
        "terms": {row["key"]: _fields(row, TERM_FIELDS) for row in pack.terms.rows},
        "days": _days(pack),
        "settings": _settings(pack),
        **of_things.rows(pack.things, said),
    }


def _settings(pack: Pack) -> Wanted:
    """The settings; under `replies` the pack's templates of answers, under `words` how things are called every day,
    under `offers` when they are offered.
    """
    found: Wanted = {name: {"value": plain(pair.cell)} for name, pair in (pack.settings or {}).items()}
    if pack.replies.rows:
        found["replies"] = {"value": [{name: row[name] for name in REPLY_FIELDS} for row in pack.replies.rows]}
    if pack.things.things or pack.things.items.rows:
        found["words"] = {"value": of_things.words(pack.things)}
    if pack.things.offers.rows:
        found["offers"] = {"value": [offers.content(row, pack.things) for row in pack.things.offers.rows]}
    return found


def _fields(row: Row, names: tuple[str, ...]) -> Fields:
    return {name: _stored(row[name]) for name in names}


def _stored(value: Any) -> Any:
    # JSON gives back lists, never tuples: compare like with like
    return list(value) if isinstance(value, tuple) else value


def _departments(pack: Pack) -> Wanted:
    found = {row["key"]: _fields(row, DEPARTMENT_FIELDS) for row in pack.departments.rows}
    for item in derived(pack):
        found[item.key] = {name: getattr(item, name, "") for name in DEPARTMENT_FIELDS}
    return found | _partners(pack)


def _partners(pack: Pack) -> Wanted:
    """A body of another place bears tasks like any other: the same hops, the same clock. Its home stands in its own row."""
    top = next((row["key"] for row in pack.areas.rows if row["level"] == CITY), "")
    fixed = {"type": PARTNER, "level": ELSEWHERE, "area": top, "successor": None}
    taken = ("name", "short", "phone", "valid_from", "valid_to")
    return {row["key"]: {name: row[name] for name in taken} | fixed for row in pack.things.partners.rows}


def _days(pack: Pack) -> Wanted:
    """Every day of every published year: as calendar.csv says, else Monday to Friday work."""
    special = pack.days.by_key("date")
    days: Wanted = {}
    for row in pack.years.rows:
        day = date(row["year"], 1, 1)
        while day.year == row["year"]:
            said = special.get(day)
            days[day.isoformat()] = (
                _fields(said, DAY_FIELDS) if said else {"working": day.weekday() < 5, "name": "", "notice": ""}
            )
            day += timedelta(days=1)
    return days
