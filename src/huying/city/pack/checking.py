"""Check a whole pack: read every file, apply every rule, count what is there. Needs no database."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from huying.city.pack import layout
from huying.city.pack.derive import derived
from huying.city.pack.faults import Fault, Faults
from huying.city.pack.layout import Pack
from huying.city.pack.rules_city import check_areas, check_departments, check_duties, check_terms, types_at
from huying.city.pack.rules_days import check_calendar, check_settings
from huying.city.pack.rules_replies import check_replies
from huying.city.pack.things.rules import check_all
from huying.city.pack.words import LEVELS

# One after another; the order does not matter, because faults are sorted by place.
RULES = (check_areas, check_departments, check_duties, check_terms, check_calendar, check_settings, check_replies)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `pack` is None when there is no such folder."""

    faults: list[Fault]
    counts: dict[str, Any]
    pack: Pack | None


def check(path: Path | str) -> Checked:
    """Read and check the pack in the folder `path`. Never raises for what stands in it."""
    faults = Faults()
    pack = layout.read(Path(path), faults)
    if pack is None:
        return Checked(list(faults), {"faults": len(faults)}, None)
    for rule in RULES:
        rule(pack, faults)
    sure = pack.departments.known and all(table.known for table in pack.templates.values())
    own = {row["key"] for row in pack.departments.rows} | {item.key for item in derived(pack)}
    check_all(pack.things, types_at(pack) if sure else None, faults, own)
    found = list(faults)
    return Checked(found, _counts(pack) | {"faults": len(found)}, pack)


def _counts(pack: Pack) -> dict[str, Any]:
    """Areas and departments by level, those from templates included; how many duties, terms, days and settings."""
    areas = Counter(row["level"] for row in pack.areas.rows)
    departments = Counter(row["level"] for row in pack.departments.rows) + Counter(item.level for item in derived(pack))
    years = [row["year"] for row in pack.years.rows if row["year"]]
    return {
        "areas": {level: areas[level] for level in LEVELS},
        "departments": {level: departments[level] for level in LEVELS},
        "duties": len(pack.duties.rows),
        "terms": len(pack.terms.rows),
        "days": sum(days_of(year) for year in set(years)),
        "settings": len(pack.settings or {}),
        "replies": len(pack.replies.rows),
        "partners": len(pack.things.partners.rows),
        "items": len(pack.things.items.rows),
        "things": len(pack.things.things),
        "offers": len(pack.things.offers.rows),
    }


def days_of(year: int) -> int:
    """How many days a year has."""
    return date(year, 12, 31).timetuple().tm_yday
