"""Records of a CSV text, whatever separates its cells. One open quote spoils its own row, never the rest of the file."""

import csv
import io
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from itertools import islice
from typing import IO

from huying.features.appeals.importing import columns
from huying.features.appeals.importing.columns import Columns
from huying.features.appeals.importing.encodings import ESCAPED, Scan, errors_of
from huying.features.appeals.importing.table import Fault, Record, Table, Unusable

DELIMITERS = ",\t;|，"  # read, not said
HEADER_WITHIN = 20  # a header stands in the first rows: titles and notes may stand above it
LONGEST_CELL = 1_000_000  # characters
MOST_LINES = 5_000  # of one record: more are a quote that was never closed


class _Unclosed(Exception):
    """A record goes on and on: its quote was never closed."""


class _Feed:
    """Hands lines to the csv reader and keeps those of the record it is at, so that they can be handed out again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self._taken) >= MOST_LINES or self._size > LONGEST_CELL:
            raise _Unclosed
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            if self._taken:  # asked for more in the middle of a record
                raise _Unclosed
            raise StopIteration
        self._taken.append(line)
        self._size += len(line)
        return line

    def done(self) -> None:
        """The record is complete."""
        self._taken, self._size = [], 0

    def put_back(self) -> str:
        """Give the record up: only its first line, handed back, is lost."""
        first = self._taken[0] if self._taken else ""
        self._again.extendleft(reversed(self._taken[1:]))
        self.done()
        return first


def records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Every record of `lines`, numbered from 1; one that cannot be read carries its fault."""
    csv.field_size_limit(2 * LONGEST_CELL)
    feed = _Feed(lines)
    reader, number = csv.reader(feed, delimiter=delimiter), 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _Unclosed:
            line = feed.put_back()
            reader = csv.reader(feed, delimiter=delimiter)
            yield Record(number, [line.strip()], Fault("", "open_quote"))
            continue
        except csv.Error as fault:
            feed.done()
            yield Record(number, [], Fault("", "not_csv", {"why": str(fault)}))
            continue
        feed.done()
        yield _checked(number, cells)


def _checked(number: int, cells: list[str]) -> Record:
    fault = Fault("", "bad_bytes") if any(ESCAPED.search(cell) for cell in cells) else None
    return Record(number, list(cells), fault)


def table(opener: Callable[[], IO[bytes]], scan: Scan, options: Mapping[str, str]) -> tuple[Table, str]:
    """The table of a text file, and its delimiter. Raises Unusable: no_text_column, no_such_column."""
    delimiter = sniff(_head(opener, scan), options)
    stream = records(_lines(opener, scan), delimiter)
    head = list(islice(stream, HEADER_WITHIN))
    row, found = header_of(head, options)
    rest = (record for part in (head[row + 1 :], stream) for record in part)
    return Table("", found, rest, max(scan.records - head[row].number, 0)), delimiter


def sniff(head: list[str], options: Mapping[str, str]) -> str:
    """The delimiter with which the header names most fields; between equals, the one that cuts most rows alike."""
    return max(DELIMITERS, key=lambda delimiter: (*_merit(head, delimiter, options), -DELIMITERS.index(delimiter)))


def _merit(head: list[str], delimiter: str, options: Mapping[str, str]) -> tuple[int, int, int]:
    rows = [record.cells for record in records(head, delimiter) if not record.empty]
    try:
        row, found = header_of([Record(n, cells) for n, cells in enumerate(rows)], options)
    except Unusable:
        return (0, 0, 0)
    width = len(found.headers)
    return (len(found.at), sum(len(cells) == width for cells in rows[row:]), width)


def header_of(head: list[Record], options: Mapping[str, str]) -> tuple[int, Columns]:
    """Index and columns of the row that names most fields. Raises Unusable: no_rows, no_text_column, no_such_column."""
    best: tuple[int, Columns] | None = None
    missing = ""
    for index, record in enumerate(head):
        try:
            found = columns.match([str(cell or "").strip() for cell in record.cells], options)
        except columns.NoSuchColumn as fault:
            missing = str(fault)
            continue
        if found.usable and (best is None or len(found.at) > len(best[1].at)):
            best = (index, found)
    if best is not None:
        return best
    names = next(([str(cell) for cell in record.cells if cell] for record in head if not record.empty and record.cells), [])
    if missing:
        raise Unusable("no_such_column", column=missing, found=names)
    raise Unusable("no_text_column" if names else "no_rows", found=names)


def _head(opener: Callable[[], IO[bytes]], scan: Scan) -> list[str]:
    lines = _lines(opener, scan)
    head = list(islice(lines, 200))
    lines.close()
    return head


def _lines(opener: Callable[[], IO[bytes]], scan: Scan) -> Generator[str, None, None]:
    with opener() as stream, io.TextIOWrapper(stream, scan.encoding, errors_of(scan.encoding), newline="") as text:
        yield from text
