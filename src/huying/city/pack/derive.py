"""Departments that follow from templates: every district has each district template, every street each street template."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huying.city.pack.columns import KEY_LIMIT
from huying.city.pack.faults import Faults, shown
from huying.city.pack.layout import NAME, SHORT, TEMPLATE_LEVELS, Pack
from huying.city.pack.tables import Row

# {district} or {street}: the area's name. {A|B}: A for an urban street (its name ends in 街道), B for a town or township.
_BLANK = re.compile(r"\{([^{}]*)\}")
_URBAN = "街道"  # read, not said


@dataclass(frozen=True, slots=True)
class Derived:
    """A department out of a template; its days are its area's."""

    key: str
    name: str
    short: str
    type: str
    level: str
    area: str
    valid_from: date | None
    valid_to: date | None
    successor: str | None


def derived(pack: Pack) -> Iterator[Derived]:
    """The departments of all templates that are sound, for all areas that are sound, in the order of the areas."""
    levels = {level: [row for row in pack.templates[level].rows if not row.bad] for level in TEMPLATE_LEVELS}
    for area in pack.areas.rows:
        if area["key"] and area["name"] and area["level"] in levels:
            yield from (_of(template, area) for template in levels[area["level"]])


def _of(template: Row, area: Row) -> Derived:
    kind, successor = template["type"], area["successor"]
    name, short = (filled(template[part], area["level"], area["name"]) for part in ("name", "short"))
    after = f"{successor}.{kind}" if successor else None
    return Derived(
        f"{area['key']}.{kind}", name, short, kind, area["level"], area["key"], area["valid_from"], area["valid_to"], after
    )


def filled(pattern: str, level: str, name: str) -> str:
    """The name of one department: `{district}城市管理局` for 万州区 is 万州区城市管理局."""

    def fill(found: re.Match[str]) -> str:
        if found[1] == level:
            return name
        urban, _bar, rural = found[1].partition("|")
        return urban if name.endswith(_URBAN) else rural

    return _BLANK.sub(fill, pattern)


def check_templates(pack: Pack, faults: Faults) -> None:
    """Each template names its area, fills its blanks with what there is, and makes names that are not too long."""
    for level in TEMPLATE_LEVELS:
        names = [area["name"] for area in pack.areas.rows if area["level"] == level and area["name"]]
        seen: dict[str, int] = {}
        for row in pack.templates[level].rows:
            if row["type"] in seen:
                message = _("类型“{type}”写了两次（第 {line} 行已有）；请留一个").format(
                    type=row["type"], line=seen[row["type"]]
                )
                faults.add(row.file, row.at("type"), message)
            elif row["type"]:
                seen[row["type"]] = row.line
            _check_pattern(row, "name", level, NAME, names, faults)
            _check_pattern(row, "short", level, SHORT, names, faults)
            _check_keys(row, level, pack, faults)


def _check_pattern(row: Row, part: str, level: str, limit: int, names: list[str], faults: Faults) -> None:
    pattern = row[part]
    if pattern is None:
        return
    blank = f"{{{level}}}"
    # only the full name must tell the places apart: a short one is read beside its area
    if part == "name" and blank not in pattern:
        faults.add(row.file, row.at(part), _("没有 {blank}；请在区域名称的位置写上它，否则各处同名").format(blank=blank))
    for inner in _BLANK.findall(pattern):
        if inner != level and "|" not in inner:
            message = _("不认识 {blank}；只能写 {known} 或 {choice}").format(
                blank=f"{{{shown(inner)}}}", known=blank, choice="{A|B}"
            )
            faults.add(row.file, row.at(part), message)
    longest = max((filled(pattern, level, name) for name in names), key=len, default="")
    if len(longest) > limit:
        message = _("填好后“{name}”有 {count} 个字，最多 {limit} 个；请写短些").format(
            name=longest, count=len(longest), limit=limit
        )
        faults.add(row.file, row.at(part), message)


def _check_keys(row: Row, level: str, pack: Pack, faults: Faults) -> None:
    keys = [area["key"] for area in pack.areas.rows if area["level"] == level and area["key"]]
    longest = max(keys, key=len, default="")
    if row["type"] and len(longest) + len(row["type"]) + 1 > KEY_LIMIT:
        message = _("和区域 {area} 合成的 key 超过 {limit} 个字符；请缩短类型").format(area=longest, limit=KEY_LIMIT)
        faults.add(row.file, row.at("type"), message)
