"""Files to import, made for tests."""

import csv
import gzip
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from huying.features.appeals.importing import readers
from huying.features.appeals.importing.table import Record

HEADER = ("编号", "标题", "内容", "时间", "区县")
LAMP = ("1", "路灯不亮", "我们街上的路灯三天不亮了，晚上看不清台阶。", "2024-5-6 7:08", "渝中区")
STALL = ("2", "占道烧烤", "楼下烧烤店摆到路上，油烟很大，\n夜里两点还在吵。", "2024-5-7", "沙坪坝区")


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def csv_text(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def csv_file(folder: Path, rows: Iterable[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    return written(folder / "appeals.csv", csv_text(rows, delimiter).encode(encoding))


def xlsx_bytes(sheets: Mapping[str, Iterable[Sequence[Any]]], merged: Sequence[str] = ()) -> bytes:
    """A workbook; `merged` ranges are merged in its first sheet."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for reference in merged:
        book.worksheets[0].merge_cells(reference)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_file(folder: Path, sheets: Mapping[str, Iterable[Sequence[Any]]], merged: Sequence[str] = ()) -> Path:
    return written(folder / "appeals.xlsx", xlsx_bytes(sheets, merged))


def packed(path: Path) -> Path:
    return written(path.with_name(path.name + ".gz"), gzip.compress(path.read_bytes()))


def records(path: Path, **options: str) -> list[Record]:
    """Every record of every table of the file."""
    with readers.opened(path, options) as source:
        return [record for table in source.tables for record in table.records]
