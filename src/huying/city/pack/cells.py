"""The values of a pack with the place of each: out of CSV, and out of YAML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from yaml import MappingNode, MarkedYAMLError, Node, SequenceNode, YAMLError

from huying.base import yaml12
from huying.city.pack.faults import START, Faults, Spot, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and where it stands. `text` is as written ('' for lists and maps); `value` is a str, and out of YAML also an
    int, float, bool, None, a list of cells, or a dict of name -> Pair.
    """

    value: Any
    text: str
    line: int
    column: int

    @property
    def blank(self) -> bool:
        """Whether nothing is written here."""
        return self.value is None or self.value == ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry of a map: the name and the value, each in its place."""

    name: Cell
    cell: Cell


def plain(cell: Cell) -> Any:
    """The value without places: lists of values, dicts of values."""
    if isinstance(cell.value, list):
        return [plain(item) for item in cell.value]
    if isinstance(cell.value, dict):
        return {name: plain(pair.cell) for name, pair in cell.value.items()}
    return cell.value


# --- CSV (RFC 4180) ---------------------------------------------------------------------------------------------------

# A cell in quotes with what wrongly follows its closing quote, or a plain one.
_CELL = re.compile(r'"([^"]*(?:""[^"]*)*)"([^,\n]*)|([^,\n]*)')


def csv_rows(text: str, file: str, faults: Faults) -> Iterator[list[Cell]]:
    """The rows of a CSV text; empty lines are left out, blanks around a cell are cut off."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    position, line, line_start = 0, 1, 0
    row: list[Cell] = []
    while position < len(text):
        found = _CELL.match(text, position)
        assert found is not None  # the plain cell matches anything, even nothing
        cell = _csv_cell(found, Spot(line, position - line_start + 1), file, faults)
        row.append(cell)
        if breaks := found[0].count("\n"):
            line += breaks
            line_start = position + found[0].rindex("\n") + 1
        position = found.end()
        if text[position : position + 1] == ",":
            position += 1
            if position < len(text):
                continue
            row.append(Cell("", "", line, position - line_start + 1))
        if len(row) > 1 or not row[0].blank:
            yield row
        row, position, line = [], position + 1, line + 1
        line_start = position


def _csv_cell(found: re.Match[str], at: Spot, file: str, faults: Faults) -> Cell:
    if found[3] is None:
        if found[2].strip():
            faults.add(
                file, at, _("引号之后还有“{text}”；请把整格放进一对引号，格内的引号写成两个").format(text=shown(found[2]))
            )
        value = found[1].replace('""', '"').strip()
    else:
        if found[3].startswith('"'):
            faults.add(file, at, _("引号没有关上；请在这一格末尾补上引号"))
        value = found[3].strip()
    return Cell(value, value, at.line, at.column)


# --- YAML -------------------------------------------------------------------------------------------------------------


def yaml_cell(text: str, file: str, faults: Faults) -> Cell | None:
    """The one document of a YAML text; None when it cannot be read at all (the fault is noted)."""
    try:
        node = yaml12.compose(text)
        return _Nodes(file, faults).cell(node) if node else Cell(None, "", 1, 1)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        at = Spot(mark.line + 1, mark.column + 1) if mark else START
        faults.add(
            file, at, _("YAML 写法有误（{detail}）；请检查缩进、冒号和引号").format(detail=fault.problem or fault.context)
        )
        return None
    except (YAMLError, RecursionError, ValueError) as fault:
        detail = shown(str(fault).splitlines()[0] if str(fault) else type(fault).__name__)
        faults.add(file, START, _("YAML 读不出来（{detail}）；请用纯文本重新保存").format(detail=detail))
        return None


_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class _Nodes:
    """Turns YAML nodes into cells. A node met twice is an alias: refused, because it hides where a value stands."""

    def __init__(self, file: str, faults: Faults) -> None:
        self.file, self.faults = file, faults
        self.seen: set[int] = set()

    def cell(self, node: Node) -> Cell:
        at = Spot(node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self.seen:
            self.faults.add(self.file, at, _("不能用 YAML 的别名（& 和 *）；请把内容写全"))
            return Cell(None, "", at.line, at.column)
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return Cell(self._pairs(node), "", at.line, at.column)
        if isinstance(node, SequenceNode):
            return Cell([self.cell(item) for item in node.value], "", at.line, at.column)
        if found := _ODD.search(node.value):
            # written as an escape, so that the text of the file holds none; databases and pages cannot hold it
            code = f"U+{ord(found[0]):04X}"
            self.faults.add(self.file, at, _("有看不见的控制字符 {code}；请删掉它").format(code=code))
            return Cell(None, "", at.line, at.column)
        return Cell(_scalar(node), node.value, at.line, at.column)

    def _pairs(self, node: MappingNode) -> dict[str, Pair]:
        pairs: dict[str, Pair] = {}
        for name_node, value_node in node.value:
            name, value = self.cell(name_node), self.cell(value_node)
            if value.value is None and not value.text:
                # nothing is written: YAML places that at whatever comes next, a reader looks for it beside the name
                value = Cell(None, "", name.line, name.column)
            if not name.text:
                self.faults.add(self.file, name, _("这里应当是一个名称，后面跟冒号和值"))
            elif name.text in pairs:
                first = pairs[name.text].name.line
                self.faults.add(
                    self.file,
                    name,
                    _("“{name}”写了两次（第 {line} 行已有）；请留一个").format(name=shown(name.text), line=first),
                )
            else:
                pairs[name.text] = Pair(name, value)
        return pairs


def _scalar(node: Node) -> str | int | float | bool | None:
    kind, text = str(node.tag).rsplit(":", 1)[-1], node.value
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return {"true": True, "false": False}[text.lower()]
        if kind in {"int", "float"}:
            return (int if kind == "int" else float)(text)
    except (ValueError, KeyError):
        pass  # 0o17, .inf and the like: of no use in a pack, so they stay text and the column says what it wants
    return str(text)
