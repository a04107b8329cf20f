"""The file of refused rows: row number, column and reason, then the row as it was. Corrected, it can be imported itself."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from huying.features.appeals.importing import reasons
from huying.features.appeals.importing.encodings import ESCAPED
from huying.features.appeals.importing.table import Cell, Fault, Record, Table, Unusable, text_of

# A cell that begins so would be run by a spreadsheet; a quote before it keeps it text (and is taken off when read again).
_LIVE = ("=", "+", "-", "@", "\t", "\r")


class Refusals:
    """Collects refused rows; the file is made with the first of them. `path` None: they are only counted."""

    def __init__(self, path: Path | None, keep: int = 20) -> None:
        self.path = path
        self.count = 0
        self.first: list[dict[str, Any]] = []  # the first few, for the report
        self._keep = keep
        self._out: IO[str] | None = None
        self._sheet: str | None = None

    def add(self, table: Table, record: Record, faults: Sequence[Fault]) -> None:
        """Refuse a row. Raises Unusable when the file cannot be written."""
        self.count += 1
        column = _("；").join(filter(None, (reasons.column_of(fault, table.columns.named) for fault in faults)))
        reason = " ".join(map(reasons.of_row, faults))
        if len(self.first) < self._keep:
            self.first.append({"sheet": table.sheet, "row": record.number, "column": column, "reason": reason})
        if self.path is not None:
            self._write(table, [str(record.number), column, reason, *map(_shown, record.cells)])

    def close(self) -> None:
        """Finish the file. Without a refused row, one that an earlier run left is taken away: it no longer holds."""
        if self._out is not None:
            self._out.close()
        elif self.path is not None and not self.count:
            self.path.unlink(missing_ok=True)

    def _write(self, table: Table, cells: list[str]) -> None:
        try:
            if self._out is None and self.path is not None:
                # with a mark, so that spreadsheets know the encoding
                # and for its owner alone: the rows stand in it as they came, with all that they say of people
                self._out = open(self.path, "w", encoding="utf-8-sig", newline="", opener=_for_its_owner)  # noqa: SIM115
            out = csv.writer(self._out)  # type: ignore[arg-type]
            if self._sheet != table.sheet:
                self._sheet = table.sheet
                out.writerow([_("行号"), _("列"), _("原因"), *table.columns.headers])
            out.writerow(cells)
        except OSError as fault:
            raise Unusable("cannot_write", place=str(self.path), why=fault.strerror or str(fault)) from fault


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _shown(cell: Cell) -> str:
    text = ESCAPED.sub("\ufffd", text_of(cell))
    return "'" + text if text.startswith(_LIVE) else text
