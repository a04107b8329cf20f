"""What must hold of areas, departments, duties and terms."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from huying.city.pack.columns import nearest
from huying.city.pack.derive import check_templates, derived
from huying.city.pack.faults import START, Faults
from huying.city.pack.layout import TEMPLATE_LEVELS, Pack
from huying.city.pack.rules import check_days, check_keys, check_successors, check_within, cycles, overlap, refer
from huying.city.pack.tables import Row
from huying.city.pack.words import CENTRE, CLOCKS, DESK, KINDS, PARENT_LEVEL, URGENCIES


def check_areas(pack: Pack, faults: Faults) -> None:
    """One city at the top; every other area lies in one a level higher, on days on which that one holds."""
    table, known = pack.areas, pack.areas.by_key()
    check_keys(table.rows, faults)
    check_days(table.rows, faults)
    check_successors(table, faults)
    looped = cycles(known, "parent")
    for row in table.rows:
        if row["key"] in looped:
            faults.add(row.file, row.at("parent"), _("上级绕成了圈：{circle}；请断开一处").format(circle=looped[row["key"]]))
        elif row["level"] == "city":
            if row["parent"]:
                faults.add(row.file, row.at("parent"), _("市一级没有上级；请把 parent 空着，或改 level"))
        else:
            _check_parent(row, pack, known, faults)
    _met_once(table.rows, lambda row: row["code"], "code", _("代码"), faults)
    _check_city(pack, known, faults)


def _check_parent(row: Row, pack: Pack, known: dict[str, Row], faults: Faults) -> None:
    needed = PARENT_LEVEL.get(row["level"])
    if row["parent"] is None:
        if needed and "parent" not in row.bad:
            faults.add(
                row.file,
                row.at("parent"),
                _("没有上级；{level} 的上级是一个 {needed}，请填它的 key").format(level=row["level"], needed=needed),
            )
        return
    parent = refer(row, "parent", pack.areas, known, faults)
    if parent is None:
        return
    if needed and parent["level"] and parent["level"] != needed:
        message = _("上级 {key} 是 {found}；{level} 的上级应当是 {needed}，请改 parent 或 level").format(
            key=parent["key"], found=parent["level"], level=row["level"], needed=needed
        )
        faults.add(row.file, row.at("parent"), message)
    check_within(row, parent, "parent", faults)


def _check_city(pack: Pack, known: dict[str, Row], faults: Faults) -> None:
    about = pack.about
    city = refer(about, "city", pack.areas, known, faults) if about else None
    if about and city and city["level"] not in (None, "city"):
        faults.add(
            about.file,
            about.at("city"),
            _("{key} 是 {level}，不是市；请填市一级的 key").format(key=city["key"], level=city["level"]),
        )
    for row in pack.areas.rows:
        if row["level"] == "city" and city and row is not city and row["key"] != city["key"]:
            message = _("一个城市包只有一个市，pack.yaml 写的是 {key}；请改 level 或删去这一行").format(key=city["key"])
            faults.add(row.file, row.at("level"), message)


def _met_once(rows: Iterable[Row], identity: Callable[[Row], Any], column: str, what: str, faults: Faults) -> None:
    """No two rows of one identity hold on the same day; a falsy identity is none."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if found := identity(row):
            clash = next((other for other in groups[found] if overlap(row, other) and other["key"] != row["key"]), None)
            groups[found].append(row)
            if clash:
                place = f"{clash.file}:{clash.line}"
                message = _("{what}与 {place} 的 {key} 相同，两行又同时有效；请改一处，或用 valid_to 错开").format(
                    what=what, place=place, key=clash["key"]
                )
                faults.add(row.file, row.at(column), message)


def check_departments(pack: Pack, faults: Faults) -> None:
    """Departments lie in an area of their own level, one of a type; the desk and the districts' centres are there."""
    table, areas = pack.departments, pack.areas.by_key()
    check_templates(pack, faults)
    check_keys(table.rows, faults)
    check_days(table.rows, faults)
    check_successors(table, faults)
    for row in table.rows:
        area = refer(row, "area", pack.areas, areas, faults)
        if area is None:
            continue
        if row["level"] and area["level"] and row["level"] != area["level"]:
            message = _("区域 {key} 是 {found}，这一行写的是 {level}；请改成一致").format(
                key=area["key"], found=area["level"], level=row["level"]
            )
            faults.add(row.file, row.at("level"), message)
        check_within(row, area, "area", faults)
    _met_once(
        table.rows, lambda row: row["type"] and row["area"] and (row["type"], row["area"]), "type", _("类型和区域"), faults
    )
    _check_derived(pack, faults)
    _check_needed_types(pack, faults)


def _check_derived(pack: Pack, faults: Faults) -> None:
    """What stands in departments.csv is not also made from a template."""
    made = {(item.type, item.area): item.key for item in derived(pack)}
    keys = set(made.values())
    for row in pack.departments.rows:
        if row["key"] in keys or (row["type"], row["area"]) in made:
            column = "key" if row["key"] in keys else "type"
            faults.add(row.file, row.at(column), _("templates.yaml 已经生成了这个部门；请删去这一行，或改模板"))


def _check_needed_types(pack: Pack, faults: Faults) -> None:
    types = types_at(pack)
    if pack.departments.known and DESK not in types["city"]:
        faults.add("departments.csv", START, _("没有类型为 {type} 的部门；请补上市级热线（派单的地方）").format(type=DESK))
    template = pack.templates["district"]
    if template.known and CENTRE not in types["district"] and any(row["level"] == "district" for row in pack.areas.rows):
        faults.add("templates.yaml", START, _("district 里没有类型 {type}；请补上区县接单、下派的中心").format(type=CENTRE))


def types_at(pack: Pack) -> dict[str, set[str]]:
    """The types of departments there are at each level."""
    types: dict[str, set[str]] = defaultdict(set)
    for row in pack.departments.rows:
        if row["level"] and row["type"]:
            types[row["level"]].add(row["type"])
    for level in TEMPLATE_LEVELS:
        types[level] |= {row["type"] for row in pack.templates[level].rows if row["type"]}
    return types


def check_duties(pack: Pack, faults: Faults) -> None:
    """Who leads exists at the duty's level; who assists exists somewhere: a street is helped by its district's bureaus."""
    check_keys(pack.duties.rows, faults)
    check_days(pack.duties.rows, faults)
    if not (pack.departments.known and all(table.known for table in pack.templates.values())):
        return
    types = types_at(pack)
    anywhere = set().union(*types.values())
    for row in pack.duties.rows:
        lead, level = row["lead"], row["level"]
        if lead and level and lead not in types[level]:
            message = _("{level} 一级没有类型为“{type}”的部门{hint}；请改 lead 或 level，或补上部门")
            faults.add(row.file, row.at("lead"), message.format(level=level, type=lead, hint=nearest(lead, types[level])))
        for assist in row["assists"] or ():
            if assist not in anywhere:
                message = _("哪一级都没有类型为“{type}”的部门{hint}；请改 assists，或补上部门")
                faults.add(row.file, row.at("assists"), message.format(type=assist, hint=nearest(assist, anywhere)))


def check_terms(pack: Pack, faults: Faults) -> None:
    """One term for each case, and for every case a term: else a call would be promised nothing, or two things."""
    rows = pack.terms.rows
    check_keys(rows, faults)
    check_days(rows, faults)
    _met_once(rows, lambda row: row["kind"] and row["what"] and _case(row), "key", _("适用情形"), faults)
    if not pack.terms.known or any(row.bad & {"kind", "sort", "urgency", "what"} for row in rows):
        return
    cases = {_case(row) for row in rows}
    for kind, sorts in KINDS.items():
        for what in CLOCKS:
            open_ = [(s, u) for s in sorts for u in URGENCIES if not _covered(cases, kind, s, u, what)]
            if open_:
                message = _(
                    "{kind} 的 {what} 时限没有管到 {sort}／{urgency} 等 {count} 种情形；请补一条 sort 和 urgency 都空着的"
                ).format(kind=kind, what=what, sort=open_[0][0], urgency=open_[0][1], count=len(open_))
                faults.add("terms.yaml", START, message)


def _case(row: Row) -> tuple[str, str, str, str]:
    return row["kind"], row["sort"], row["urgency"], row["what"]


def _covered(cases: set[tuple[str, str, str, str]], kind: str, sort: str, urgency: str, what: str) -> bool:
    return any((kind, s, u, what) in cases for s in (sort, "") for u in (urgency, ""))
