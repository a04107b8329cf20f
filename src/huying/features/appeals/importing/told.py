"""The rows of a file as messages that are compared with each other: nothing of them is recorded."""

from datetime import datetime
from pathlib import Path

from huying.features.appeals.importing import readers, rows
from huying.features.appeals.importing.rows import Row
from huying.reading.causes import Message


def messages(path: Path, now: datetime) -> tuple[list[Message], int]:
    """The messages of a CSV or XLSX file, gzipped or not, and how many rows could not be read. Raises table.Unusable.

    A row without a number is known by its place in the file; one without a time counts as written now.
    """
    found: list[Message] = []
    refused = 0
    with readers.opened(path) as source:
        for table in source.tables:
            for record in rows.body(table):
                row = rows.read(record, table.columns, now)
                if isinstance(row, Row):
                    found.append(_message(row, now))
                else:
                    refused += 1
    return found, refused


def _message(row: Row, now: datetime) -> Message:
    area = row.areas[1] or row.areas[0]
    who = row.phone or row.user or row.name
    return Message(row.id or f"row {row.number}", row.title or row.text[:40], row.text, row.at or now, who, area)
