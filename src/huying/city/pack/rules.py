"""What must hold between rows, whatever the table: keys met once, days in order, parents and successors that exist."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from huying.city.pack.columns import nearest
from huying.city.pack.faults import Faults, shown
from huying.city.pack.tables import Row, Table


def begins(row: Row) -> date:
    """The first day of a row; the earliest day there is when it was always so."""
    return row["valid_from"] or date.min


def ends(row: Row) -> date:
    """The first day on which a row no longer holds; the last day there is when it goes on."""
    return row["valid_to"] or date.max


def overlap(one: Row, other: Row) -> bool:
    """Whether there is a day on which both rows hold."""
    return begins(one) < ends(other) and begins(other) < ends(one)


def check_keys(rows: Iterable[Row], faults: Faults, name: str = "key") -> None:
    """Each key stands in one row."""
    seen: dict[object, Row] = {}
    for row in rows:
        key = row[name]
        if key is None:
            continue
        if (first := seen.setdefault(key, row)) is not row:
            place = f"{first.file}:{first.line}"
            faults.add(
                row.file, row.at(name), _("“{key}”已在 {place} 写过；请改成不同的，或删去一行").format(key=key, place=place)
            )


def check_days(rows: Iterable[Row], faults: Faults) -> None:
    """A row that ends does so after it began."""
    for row in rows:
        start, end = row["valid_from"], row["valid_to"]
        if start and end and end <= start:
            message = _("valid_to {end} 不在 valid_from {start} 之后；valid_to 是不再有效的第一天，请改其中一个").format(
                end=end, start=start
            )
            faults.add(row.file, row.at("valid_to"), message)


def check_within(row: Row, outer: Row, column: str, faults: Faults) -> None:
    """A row that lies in an area holds on no day on which that area does not."""
    if {"valid_from", "valid_to"} & (row.bad | outer.bad):
        return
    if ends(row) > ends(outer):
        message = _("{outer} 到 {day} 为止，这一行却更晚；请填上 valid_to（和 successor），或改 {column}").format(
            outer=outer["key"], day=outer["valid_to"], column=column
        )
        faults.add(row.file, row.at("valid_to"), message)
    if begins(row) < begins(outer):
        message = _("{outer} 从 {day} 起才有，这一行却更早；请改 valid_from，或改 {column}").format(
            outer=outer["key"], day=outer["valid_from"], column=column
        )
        faults.add(row.file, row.at("valid_from"), message)


def refer(row: Row, column: str, table: Table, known: dict[str, Row], faults: Faults) -> Row | None:
    """The row that a column names; None (and a fault) when there is none."""
    key = row[column]
    if key is None:
        return None
    if key not in known and table.known:
        message = _("{column} “{key}”不存在{hint}；请改成已有的 key，或先补上那一行").format(
            column=column, key=shown(key), hint=nearest(key, known) if len(known) < 100 else ""
        )
        faults.add(row.file, row.at(column), message)
    return known.get(key)


def check_successors(table: Table, faults: Faults) -> None:
    """A successor takes over on the day the row ends, at the same level, and the chain ends in something that goes on."""
    known = table.by_key()
    looped = cycles(known, "successor")
    for row in table.rows:
        after = refer(row, "successor", table, known, faults)
        if after is None:
            continue
        at = row.at("successor")
        if row["key"] in looped:
            faults.add(row.file, at, _("接替者绕成了圈：{circle}；请断开一处").format(circle=looped[row["key"]]))
            continue
        if row["valid_to"] is None and "valid_to" not in row.bad:
            faults.add(row.file, at, _("有接替者，却没有 valid_to；请填上不再有效的第一天"))
        if row["level"] and after["level"] and row["level"] != after["level"]:
            message = _("接替者 {key} 是 {other}，这一行是 {level}；请选同级的").format(
                key=after["key"], other=after["level"], level=row["level"]
            )
            faults.add(row.file, at, message)
        if after["valid_to"] and not after["successor"] and "successor" not in after.bad:
            message = _("接替者 {key} 自己到 {day} 为止，也没有接替者；请改成仍然有效的，或给它填上接替者").format(
                key=after["key"], day=after["valid_to"]
            )
            faults.add(row.file, at, message)
        if row["valid_to"] and begins(after) > row["valid_to"]:
            message = _("接替者 {key} 从 {start} 才开始，这一行到 {end} 为止，中间没有人接；请让两个日期相接").format(
                key=after["key"], start=after["valid_from"], end=row["valid_to"]
            )
            faults.add(row.file, at, message)


def cycles(known: dict[str, Row], column: str) -> dict[str, str]:
    """The keys that stand in a circle of `column`, each with its circle written out."""
    looped: dict[str, str] = {}
    done: set[str] = set()
    for start in known:
        path: list[str] = []
        for key in _walk(known, column, start):
            if key in done:
                break
            if key in path:
                circle = path[path.index(key) :]
                looped.update({member: " → ".join([*circle, key]) for member in circle})
                break
            path.append(key)
        done.update(path)
    return looped


def _walk(known: dict[str, Row], column: str, start: str) -> Iterator[str]:
    key: str | None = start
    while key in known:
        yield key
        key = known[key][column]
