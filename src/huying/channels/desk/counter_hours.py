"""窗口时间 as the head's page has them: a week of mornings and afternoons, and single days; read back with each fault named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from huying.features.services.models import Hours

PARTS = ("am_from", "am_to", "pm_from", "pm_to", "places")
ONCE = ("day", "from", "to", "once_places")
NOON, MOST_DAYS = 12 * 60, 60
Span = tuple[int, int, int]  # begins, ends (minutes of the day), places
CLOSED: Span = (0, 24 * 60, 0)


def weekdays() -> list[str]:
    """Monday first."""
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


@dataclass(slots=True)
class Typed:
    """What stands in the form. `week`: seven rows of PARTS; `days`: rows of ONCE; `faults`: (row's name, what is wrong)."""

    week: list[dict[str, str]] = field(default_factory=lambda: [dict.fromkeys(PARTS, "") for _ in range(7)])
    days: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, dict[str, str]]]:
        """Each weekday's name and what was typed for it."""
        return list(zip(weekdays(), self.week, strict=True))


def shown(rows: Sequence[Hours]) -> Typed:
    """Hours as the form shows them: the first span of a day before the second."""
    found = Typed()
    for row in sorted(rows, key=lambda one: one.begins):
        closed = (row.begins, row.ends, row.places) == CLOSED
        begins, ends, places = "" if closed else _clock(row.begins), "" if closed else _clock(row.ends), str(row.places)
        if row.weekday is None:
            found.days.append(dict(zip(ONCE, (str(row.day), begins, ends, places), strict=True)))
            continue
        line = found.week[row.weekday]
        half = "am" if row.begins < NOON and not line["am_from"] else "pm"
        line.update({f"{half}_from": begins, f"{half}_to": ends, "places": places})
    found.days.sort(key=lambda one: one["day"])
    return found


def typed(given: QueryDict) -> tuple[Typed, list[Hours]]:
    """What was typed, and the hours that it says where nothing is at fault."""
    found = Typed(_table(given, PARTS, 7), _table(given, ONCE, MOST_DAYS))
    hours: list[Hours] = []
    for number, (name, line) in enumerate(found.rows):
        for half, said in (("am", _("上午")), ("pm", _("下午"))):
            span = _span(found.faults, f"{name}{said}", line[f"{half}_from"], line[f"{half}_to"], line["places"])
            if span:
                hours.append(Hours(weekday=number, begins=span[0], ends=span[1], places=span[2]))
    found.days = [line for line in found.days if any(line.values())]
    for line in found.days:
        span = _span(found.faults, line["day"] or _("单独的一天"), line["from"], line["to"], line["once_places"], True)
        day = _day(found.faults, line["day"])
        if span and day:
            hours.append(Hours(day=day, begins=span[0], ends=span[1], places=span[2]))
    return found, hours


def _table(given: QueryDict, names: Sequence[str], most: int) -> list[dict[str, str]]:
    columns = [[one.strip() for one in given.getlist(name)][:most] for name in names]
    size = max((len(one) for one in columns), default=0) if most != 7 else 7
    return [{name: (col[n] if n < len(col) else "") for name, col in zip(names, columns, strict=True)} for n in range(size)]


def _span(faults: list[str], where: str, begins: str, ends: str, places: str, once: bool = False) -> Span | None:
    if not begins and not ends:
        return CLOSED if once and places == "0" else None
    minutes = [_minutes(one) for one in (begins, ends)]
    if None in minutes:
        faults.append(_("%(where)s：请写 09:00 这样的时间，从几点到几点都要写。") % {"where": where})
    elif not (places.isascii() and places.isdigit() and len(places) <= 2):
        faults.append(_("%(where)s：同时几位，请写 0 到 99 的整数；0 就是不开。") % {"where": where})
    elif (begin := minutes[0] or 0) >= (end := minutes[1] or 0):
        faults.append(_("%(where)s：结束要晚于开始。") % {"where": where})
    else:
        return begin, end, int(places)
    return None


def _day(faults: list[str], value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        faults.append(_("单独的一天：请选日期，比如 2026-12-01。"))
        return None


def _minutes(value: str) -> int | None:
    hour, _colon, minute = value.replace("：", ":").partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        return None
    found = int(hour[:4]) * 60 + int(minute[:4])
    return found if int(minute[:4]) < 60 and found <= 24 * 60 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
