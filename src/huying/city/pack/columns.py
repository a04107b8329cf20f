"""How one cell becomes a value. A reader takes a cell and answers with the value, or raises Wrong with what to do about it."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, plain
from huying.city.pack.faults import shown

Reader = Callable[[Cell], Any]
NEEDED = object()
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
FIRST_YEAR, LAST_YEAR = 1900, 2199
KEY_LIMIT = 64


class Wrong(ValueError):
    """A cell that cannot be read; the message is for people. `cell` is the faulty part of a list or map."""

    def __init__(self, message: str, cell: Cell | None = None) -> None:
        super().__init__(message)
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a CSV, or a name in a YAML map. `blank` is the value of an empty cell; NEEDED: it may not be empty.
    An `extra` column may be missing from the header altogether.
    """

    name: str
    read: Reader
    blank: Any = NEEDED
    extra: bool = False


def nearest(word: str, words: Iterable[str]) -> str:
    """A hint at the word that was probably meant, or ''."""
    close = difflib.get_close_matches(word, list(words), 1)
    return _("；是不是想写 {word}？").format(word=close[0]) if close else ""


def _written(cell: Cell) -> str:
    if isinstance(cell.value, (list, dict)):
        raise Wrong(_("这里应当是一段文字，不是列表或表格"), cell)
    return cell.text.strip()


def prose(cell: Cell) -> str:
    """Any text, on one line or several."""
    return _written(cell)


def text(limit: int) -> Reader:
    """Text on one line of at most `limit` characters."""

    def read(cell: Cell) -> str:
        value = _written(cell)
        if "\n" in value:
            raise Wrong(_("这一格跨了几行；请写成一行（也可能是前面少了一个引号）"), cell)
        if len(value) > limit:
            raise Wrong(_("有 {count} 个字，最多 {limit} 个；请写短些").format(count=len(value), limit=limit), cell)
        return value

    return read


def key(limit: int = KEY_LIMIT) -> Reader:
    """A key: letters, digits, dots, hyphens and underscores."""

    def read(cell: Cell) -> str:
        value: str = text(limit)(cell)
        if not _KEY.fullmatch(value):
            raise Wrong(_("“{text}”不能作 key；只用英文字母、数字和 . _ -，以字母或数字开头").format(text=shown(value)), cell)
        return value

    return read


def digits(limit: int) -> Reader:
    """A code of digits alone, kept as text."""

    def read(cell: Cell) -> str:
        value: str = text(limit)(cell)
        if not (value.isascii() and value.isdigit()):
            raise Wrong(_("“{text}”不是代码；只写数字，还没有官方代码就空着").format(text=shown(value)), cell)
        return value

    return read


def day(cell: Cell) -> date:
    """A date, 2025-11-06."""
    value = _written(cell)
    found = _DAY.fullmatch(value) if value.isascii() else None
    try:
        if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass  # 2025-02-30 has the form of a date, and is none
    raise Wrong(_("“{text}”不是日期；请写成 2025-11-06 这样").format(text=shown(value)), cell)


def one_of(words: Iterable[str]) -> Reader:
    """One of a few words."""
    allowed = tuple(words)

    def read(cell: Cell) -> str:
        value = _written(cell)
        if value in allowed:
            return value
        known, hint = ", ".join(allowed), nearest(value, allowed)
        raise Wrong(_("不认识“{text}”；可以写 {known}{hint}").format(text=shown(value), known=known, hint=hint), cell)

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number from `least` through `most`."""

    def read(cell: Cell) -> int:
        value = _written(cell)
        if re.fullmatch(r"-?[0-9]{1,9}", value) and least <= int(value) <= most:
            return int(value)
        raise Wrong(
            _("“{text}”不行；请写 {least} 到 {most} 之间的整数").format(text=shown(value), least=least, most=most), cell
        )

    return read


def number(least: float, most: float) -> Reader:
    """A number from `least` through `most`."""

    def read(cell: Cell) -> float:
        value = _written(cell)
        try:
            if least <= float(value) <= most:
                return float(value)
        except ValueError:
            pass  # not a number at all
        raise Wrong(_("“{text}”不行；请写 {least} 到 {most} 之间的数").format(text=shown(value), least=least, most=most), cell)

    return read


def truth(cell: Cell) -> bool:
    """true or false (1 or 0, yes or no)."""
    value = _written(cell).lower()
    if value not in _TRUTH:
        raise Wrong(_("“{text}”不行；请写 true 或 false").format(text=shown(value)), cell)
    return _TRUTH[value]


def zone(cell: Cell) -> str:
    """The name of a time zone, Asia/Shanghai."""
    value = _written(cell)
    try:
        return ZoneInfo(value).key
    except (OSError, ValueError, KeyError) as fault:
        raise Wrong(_("没有“{text}”这个时区；中国各地写 Asia/Shanghai").format(text=shown(value)), cell) from fault


def parted(limit: int) -> Reader:
    """Several texts in one cell of at most `limit` characters, parted by `;`."""
    one = text(limit)

    def read(cell: Cell) -> list[str]:
        parts = [part.strip() for part in str(one(cell)).split(";")]
        if "" in parts:
            raise Wrong(_("分号之间有一处是空的；请删掉多余的分号"), cell)
        return parts

    return read


def listed(item: Reader) -> Reader:
    """A YAML list, each item read by `item`."""

    def read(cell: Cell) -> list[Any]:
        if not isinstance(cell.value, list):
            raise Wrong(_("这里应当是列表，例如 [a, b]"), cell)
        for part in cell.value:
            if part.blank:
                raise Wrong(_("列表里有一项是空的；请填上或删掉"), part)
        return [item(part) for part in cell.value]

    return read


def anything(cell: Cell) -> Any:
    """Whatever stands there, as it is."""
    return plain(cell)
