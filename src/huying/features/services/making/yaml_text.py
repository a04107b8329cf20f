"""A thing's file as plain data and back again, in the hand of the pack: nothing that was said is lost on the way.

A scalar is a str; `Raw` is one that was written without quotes and means a number, a truth or nothing.
"""

import re
from collections.abc import Iterator
from typing import Any

from huying.city.pack.cells import Cell, yaml_cell
from huying.city.pack.faults import Faults

Data = dict[str, Any]


class Raw(str):
    """As it is written, without quotes: 6, true, null."""

    __slots__ = ()


BLANK = """\
code: ''
name: {zh: '', en: ''}
event: ''
who: [person]
promise: 5
text: {zh: '', en: ''}
synonyms: []
questions: []
items: []
"""
# plain in every place of a file: no sign that YAML reads otherwise, within or in front
_PLAIN = re.compile(r"[\w\u3001-\u30ff\uff00-\uffef·“”‘’…—][\w\u3001-\u30ff\uff00-\uffef·“”‘’…—./()+*%&@;!?' -]*")
_READ_OTHERWISE = re.compile(r"(?i)(?:null|true|false|yes|no|on|off|y|n|[0-9.+_-].*)")


def data_of(text: str) -> Data | None:
    """What a text says, by name; None where it is no map, or something in it would be lost."""
    cell = cell_of(text)
    return None if cell is None else _plain(cell)


def cell_of(text: str) -> Cell | None:
    """The same with the place of each value; None where it cannot be read without loss."""
    faults = Faults()
    cell = yaml_cell(text, "", faults)
    return cell if cell is not None and isinstance(cell.value, dict) and not len(faults) else None


def code_of(text: str) -> str:
    """The code that a text says, '' where it says none."""
    return _said(text, ("code",))


def name_of(text: str) -> str:
    """The Chinese name that a text says, '' where it says none."""
    return _said(text, ("name", "zh"))


def _said(text: str, path: tuple[str, ...]) -> str:
    cell = yaml_cell(text, "", Faults())
    for name in path:
        if cell is None or not isinstance(cell.value, dict) or name not in cell.value:
            return ""
        cell = cell.value[name].cell
    assert cell is not None
    return cell.text.strip()[:64].replace("\0", "")


def _plain(cell: Cell) -> Any:
    if isinstance(cell.value, dict):
        return {name: _plain(pair.cell) for name, pair in cell.value.items()}
    if isinstance(cell.value, list):
        return [_plain(part) for part in cell.value]
    if isinstance(cell.value, str):
        return cell.value
    return Raw(cell.text if cell.value is not None and cell.text else "null")


# --- Writing ----------------------------------------------------------------------------------------------------------


def write(data: Data) -> str:
    """The file that says this, in the hand of the pack: questions, items and options in rows, all else on one line."""
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(data: Data) -> Iterator[str]:
    for name, value in data.items():
        if name in ("questions", "items") and _are_rows(value):
            yield f"{name}:"
            for row in value:
                yield from _row(row)
        else:
            yield f"{scalar(name)}: {flow(value)}"


def _row(row: Data) -> Iterator[str]:
    lead = "  - "
    for name, value in row.items():
        if name == "options" and _are_rows(value):
            yield f"{lead}{name}:"
            yield from (f"      - {flow(one)}" for one in value)
        else:
            yield f"{lead}{scalar(name)}: {flow(value)}"
        lead = "    "


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) and row for row in value)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(name)}: {flow(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(value)


def scalar(value: str) -> str:
    """A single value, in quotes where YAML would read it otherwise."""
    if isinstance(value, Raw):
        return str(value)
    if (
        _PLAIN.fullmatch(value)
        and not value.endswith((" ", ":"))
        and " #" not in value
        and not _READ_OTHERWISE.fullmatch(value)
    ):
        return value
    if value.isprintable() and value[:1].isupper() and not re.search(r'["\\]', value):
        return f'"{value}"'
    if value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def of_flow(text: str) -> Any:
    """What one line says, as the data of a file would hold it. Raises ValueError."""
    faults = Faults()
    cell = yaml_cell(text, "", faults)
    if cell is None or len(faults):
        raise ValueError(next(iter(faults)).message if len(faults) else text)
    return _plain(cell)
