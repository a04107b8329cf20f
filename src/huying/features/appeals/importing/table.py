"""What readers hand over: tables of records. A cell is a string, a moment, or None where it is empty."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.features.appeals.importing.columns import Columns

Cell = str | datetime | None


class Unusable(Exception):
    """The whole file cannot be read; `code` and `values` make the line people see (reasons.py)."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: the field at fault ('' for the row as a whole), and a reason in reasons.py."""

    field: str
    code: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One row. `number` counts as a spreadsheet does: the first row of the sheet is 1. `fault` when it cannot be read."""

    number: int
    cells: list[Cell]
    fault: Fault | None = None

    @property
    def empty(self) -> bool:
        return self.fault is None and all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a whole CSV file: its columns and the records below them. `total` records are expected (None: unknown)."""

    sheet: str
    columns: Columns
    records: Iterator[Record]
    total: int | None


def text_of(cell: Cell) -> str:
    """A cell as text."""
    return cell if isinstance(cell, str) else "" if cell is None else cell.isoformat(" ")
