"""Tables of a pack: rows that know where each of their values stands, read out of CSV or YAML by a list of columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, csv_rows, yaml_cell
from huying.city.pack.columns import NEEDED, Column, Wrong, nearest
from huying.city.pack.faults import START, Faults, Placed, Spot, shown
from huying.city.pack.source import Source


@dataclass(slots=True)
class Row:
    """One row: `values` by column, None where a cell is at fault (its name is in `bad`)."""

    file: str
    line: int
    column: int
    cells: dict[str, Cell]
    values: dict[str, Any] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def at(self, name: str) -> Placed:
        """Where the value of a column stands; where the row begins when the column is not written."""
        return self.cells.get(name, self)


@dataclass(slots=True)
class Table:
    """Rows of one kind. `known`: their files could be read, so that what is not in the table really is not in the pack."""

    rows: list[Row] = field(default_factory=list)
    known: bool = True

    def by_key(self, name: str = "key") -> dict[Any, Row]:
        """The first row of each key."""
        found: dict[Any, Row] = {}
        for row in self.rows:
            if row[name] is not None:
                found.setdefault(row[name], row)
        return found


def read_csv(source: Source, file: str, columns: Sequence[Column], faults: Faults) -> Table:
    """The rows of a CSV file with a header."""
    text = source.text(file)
    if text is None:
        return Table(known=False)
    rows = csv_rows(text, file, faults)
    header = next(rows, None)
    if header is None:
        faults.add(
            file, START, _("文件是空的；第一行请写列名：{names}").format(names=",".join(c.name for c in columns if not c.extra))
        )
        return Table(known=False)
    sound = _header(header, file, columns, faults)
    places = {cell.text: number for number, cell in reversed(list(enumerate(header)))}
    read = [_csv_row(cells, places, len(header), sound, file, columns, faults) for cells in rows]
    return Table(read, known=all(column.extra or column.name in places for column in columns))


def _csv_row(
    cells: list[Cell], places: dict[str, int], count: int, told: bool, file: str, columns: Sequence[Column], faults: Faults
) -> Row:
    """A row of `count` cells. Where the count differs only the first cell is believed: the others may stand under wrong names,
    and one fault is enough (none, when the header is at fault already).
    """
    row = Row(file, cells[0].line, cells[0].column, {})
    if len(cells) == count:
        row.cells = {name: cells[number] for name, number in places.items()}
        return fill(row, columns, faults, told=False)
    if told:
        message = _("这一行有 {count} 格，第一行有 {columns} 列；请补齐或删去逗号").format(count=len(cells), columns=count)
        faults.add(file, cells[0], message)
    first = [column for column in columns if places.get(column.name) == 0]
    row.bad = {column.name for column in columns if column not in first}
    row.cells = {column.name: cells[0] for column in first}
    return fill(row, first, faults, told=False)


def _header(header: list[Cell], file: str, columns: Sequence[Column], faults: Faults) -> bool:
    """Whether the header is as it should be; which columns are missing, unknown or twice is noted."""
    known, seen, before = [column.name for column in columns], set[str](), len(faults)
    for cell in header:
        if cell.text not in known:
            hint = nearest(cell.text, known)
            message = _("不认识列“{name}”{hint}；可用的列：{names}")
            faults.add(file, cell, message.format(name=shown(cell.text), hint=hint, names=",".join(known)))
        elif cell.text in seen:
            faults.add(file, cell, _("列“{name}”写了两次；请留一列").format(name=cell.text))
        seen.add(cell.text)
    for column in columns:
        if not column.extra and column.name not in seen:
            faults.add(file, header[0], _("第一行缺少列“{name}”；请补上列名").format(name=column.name))
    return len(faults) == before


def read_yaml_list(cell: Cell | None, file: str, columns: Sequence[Column], faults: Faults) -> Table:
    """The rows of a YAML list of maps."""
    if cell is None:
        return Table(known=False)
    if not isinstance(cell.value, list):
        faults.add(file, cell, _("这里应当是列表：每项以“- ”开头"))
        return Table(known=False)
    return Table([row for item in cell.value if (row := yaml_row(item, file, columns, faults))])


def yaml_row(cell: Cell, file: str, columns: Sequence[Column], faults: Faults) -> Row | None:
    """One YAML map as a row, or None when it is no map."""
    if not isinstance(cell.value, dict):
        faults.add(file, cell, _("这里应当是“名称: 值”组成的一项"))
        return None
    known = [column.name for column in columns]
    for name, pair in cell.value.items():
        if name not in known:
            message = _("不认识“{name}”{hint}；可用的名称：{names}")
            faults.add(file, pair.name, message.format(name=shown(name), hint=nearest(name, known), names=", ".join(known)))
    row = Row(file, cell.line, cell.column, {name: pair.cell for name, pair in cell.value.items() if name in known})
    return fill(row, columns, faults)


def read_yaml_map(source: Source, file: str, faults: Faults) -> Cell | None:
    """A YAML file that is one map; None after noting why it is not."""
    text = source.text(file)
    cell = yaml_cell(text, file, faults) if text is not None else None
    if cell is not None and not isinstance(cell.value, dict):
        faults.add(file, cell, _("这里应当是“名称: 值”，一行一项"))
        return None
    return cell


def fill(row: Row, columns: Iterable[Column], faults: Faults, told: bool = True) -> Row:
    """Read every cell of a row. Without `told`, a column that is not there was named at the header already."""
    for column in columns:
        cell = row.cells.get(column.name)
        if cell is None or cell.blank:
            row.values[column.name] = None if column.blank is NEEDED else column.blank
            if column.blank is NEEDED:
                row.bad.add(column.name)
                if cell is not None or told:
                    faults.add(row.file, cell or row, _("“{name}”不能空着；请填上").format(name=column.name))
            continue
        try:
            row.values[column.name] = column.read(cell)
        except Wrong as wrong:
            row.values[column.name] = None
            row.bad.add(column.name)
            at = wrong.cell or cell
            faults.add(row.file, Spot(at.line, at.column), f"{column.name}: {wrong}")
    return row
