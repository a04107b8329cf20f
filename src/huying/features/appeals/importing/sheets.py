"""Records of an XLSX workbook, sheet by sheet, read as a stream."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import chain, islice
from typing import IO, Any

import openpyxl
from openpyxl.utils import range_boundaries

from huying.features.appeals.importing.delimited import HEADER_WITHIN, header_of
from huying.features.appeals.importing.table import Cell, Record, Table, Unusable

UNPACKED_MOST = 2 << 30  # bytes; a workbook that unpacks to more is taken for a trap
MOST_COLUMNS = 500
MOST_EMPTY = 10_000  # empty rows in a row: sheets are often formatted far below their last entry
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def tables(stream: IO[bytes], options: Mapping[str, str], only: str = "") -> list[Table]:
    """Every visible sheet that has a column for the text (or just the one that `only` names).

    Raises Unusable: empty, damaged, locked, not_a_table, too_big, no_such_sheet, no_text_column, no_such_column.
    """
    _check(stream)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except Exception as fault:  # openpyxl raises whatever the damage makes it stumble over
        raise Unusable("damaged", why=_short(fault)) from fault
    sheets = [s for s in book.worksheets if s.title == only or (not only and s.sheet_state == "visible")]
    if not sheets:
        raise Unusable("no_such_sheet" if only else "no_rows", sheet=only, found=book.sheetnames)
    found, faults = [], []
    for sheet in sheets:
        try:
            found.append(_table(stream, sheet, options))
        except Unusable as fault:
            faults.append(fault)
    if not found:
        raise next((fault for fault in faults if fault.code != "no_rows"), faults[0])
    return found


def _check(stream: IO[bytes]) -> None:
    """Whole, a workbook, and of a size that can be borne."""
    try:
        with zipfile.ZipFile(stream) as parts:
            names = parts.namelist()
            if sum(part.file_size for part in parts.infolist()) > UNPACKED_MOST:
                raise Unusable("too_big")
            if "xl/workbook.xml" not in names:
                raise Unusable("not_a_table")
            if broken := parts.testzip():
                raise Unusable("damaged", why=broken)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise Unusable("damaged", why=_short(fault)) from fault


def _short(fault: BaseException) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0][:120]


def _table(stream: IO[bytes], sheet: Any, options: Mapping[str, str]) -> Table:
    expected = sheet.max_row
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    try:
        merged = _merged(stream, sheet)
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error) as fault:
        raise Unusable("damaged", why=_short(fault)) from fault
    rows = _records(sheet, merged)
    head = list(islice(rows, HEADER_WITHIN))
    row, columns = header_of(head, options)
    total = max(expected - head[row].number, 0) if expected and expected > 1 else None
    return Table(sheet.title, columns, chain(head[row + 1 :], rows), total)


def _records(sheet: Any, merged: Mapping[tuple[int, int], int]) -> Iterator[Record]:
    """The sheet's rows up to the last one with an entry. A merged cell's value holds for every row it covers."""
    carried: dict[int, tuple[int, Cell]] = {}  # column -> last row it is carried to, value
    empty: list[Record] = []
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [cell_of(value) for value in values[:MOST_COLUMNS]]
            _carry(cells, number, merged, carried)
            record = Record(number, cells)
            if record.empty:
                empty.append(record)
                if len(empty) > MOST_EMPTY:
                    return
                continue
            yield from empty
            empty.clear()
            yield record
    except Exception as fault:  # openpyxl raises whatever the damage makes it stumble over
        raise Unusable("damaged", why=_short(fault)) from fault


def _carry(cells: list[Cell], number: int, merged: Mapping[tuple[int, int], int], carried: dict[int, tuple[int, Cell]]) -> None:
    for column, (last, value) in list(carried.items()):
        if number > last:
            del carried[column]
            continue
        cells.extend([None] * (column + 1 - len(cells)))
        if cells[column] is None:
            cells[column] = value
    for column, cell in enumerate(cells):
        if end := merged.get((number, column)):
            carried[column] = (end, cell)


def _merged(stream: IO[bytes], sheet: Any) -> dict[tuple[int, int], int]:
    """(row, column index) of each cell that is merged downwards -> its last row. openpyxl's stream does not tell them."""
    found = {}
    with zipfile.ZipFile(stream) as parts, parts.open(sheet._worksheet_path) as xml:
        before = b""
        while chunk := xml.read(1 << 20):
            for reference in _MERGE.findall(before + chunk):
                first_column, first, _, last = map(int, range_boundaries(reference.decode()))
                if last > first:
                    found[first, first_column - 1] = last
            before = chunk[-100:]
    return found


def cell_of(value: Any) -> Cell:
    """A spreadsheet's value as a cell: whole numbers without a point, days as moments, escapes undone."""
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    return str(value)
