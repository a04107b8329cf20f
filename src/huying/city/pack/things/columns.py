"""Readers of cells that only items and things have: texts in two languages, fees, and cells kept with their places."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, Pair
from huying.city.pack.columns import Column, Reader, Wrong, text, whole

_HAN, _LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")
DEAREST = 1_000_000


def chinese(limit: int) -> Reader:
    """Chinese text on one line."""
    one = text(limit)

    def read(cell: Cell) -> str:
        value = str(one(cell))
        if not _HAN.search(value):
            raise Wrong(_("这里要写中文"), cell)
        return value

    return read


def english(limit: int) -> Reader:
    """English text on one line, without Chinese left in it."""
    one = text(limit)

    def read(cell: Cell) -> str:
        value = str(one(cell))
        if _HAN.search(value) or not _LATIN.search(value):
            raise Wrong(_("这里要写英文，不留中文"), cell)
        return value

    return read


def both(limit: int) -> Reader:
    """A text in both languages: `{zh: ..., en: ...}`; the English may be three times as long."""
    zh, en = chinese(limit), english(3 * limit)

    def read(cell: Cell) -> dict[str, str]:
        pairs = named(cell, ("zh", "en"))
        return {"zh": zh(pairs["zh"].cell), "en": en(pairs["en"].cell)}

    return read


def fee(cell: Cell) -> dict[str, Any]:
    """What it costs: `{yuan: 120, zh: ..., en: ...}`."""
    pairs = named(cell, ("yuan", "zh", "en"))
    yuan = whole(1, DEAREST)(pairs["yuan"].cell)
    said = both(100)(Cell({name: pairs[name] for name in ("zh", "en")}, "", cell.line, cell.column))
    return {"yuan": yuan, "text": said}


def named(cell: Cell, names: tuple[str, ...]) -> dict[str, Pair]:
    """The pairs of a map that has just these names, each with a value. Raises Wrong."""
    if not isinstance(cell.value, dict):
        raise Wrong(_("这里要写成 {form}").format(form="{" + ", ".join(f"{name}: …" for name in names) + "}"), cell)
    for name, pair in cell.value.items():
        if name not in names:
            raise Wrong(_("不认识“{name}”；这里只写 {names}").format(name=name, names=", ".join(names)), pair.name)
    for name in names:
        if name not in cell.value or cell.value[name].cell.blank:
            raise Wrong(_("缺少“{name}”；请补上").format(name=name), cell)
    return cell.value


def kept(cell: Cell) -> Cell:
    """The cell itself, to be read later with its places."""
    return cell


def texts(rows: int) -> tuple[Column, Column]:
    """The two columns of a text in both languages, for lists whose rows are short."""
    return Column("zh", chinese(rows)), Column("en", english(3 * rows))


def at(cell: Cell, path: tuple[str | int, ...]) -> Cell:
    """The cell that lies at a path of names and places within `cell`; the last that is there when the path leads nowhere."""
    for step in path:
        inner = _inner(cell, step)
        if inner is None:
            return cell
        cell = inner
    return cell


def _inner(cell: Cell, step: str | int) -> Cell | None:
    if isinstance(cell.value, dict) and step in cell.value:
        return cell.value[str(step)].cell
    if isinstance(cell.value, list) and isinstance(step, int) and step < len(cell.value):
        found: Cell = cell.value[step]
        return found
    return None


def spread(cell: Cell) -> Iterator[tuple[str, Pair]]:
    """The pairs of a map; none when it is no map."""
    if isinstance(cell.value, dict):
        yield from cell.value.items()
