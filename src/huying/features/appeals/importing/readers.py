"""Open a file of appeals, whatever it is: CSV or XLSX, gzipped or not. What it is shows in its bytes, not in its name."""

import gzip
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from huying.features.appeals.importing import delimited, encodings, sheets
from huying.features.appeals.importing.table import Table, Unusable

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # the old .xls, and any workbook with a password
PACKED_MOST = 500 << 20  # bytes of a gzipped workbook, unpacked


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file: its form (csv, xlsx), its tables, and how its text was read."""

    form: str
    tables: list[Table]
    encoding: str = ""
    delimiter: str = ""


@contextmanager
def opened(path: Path, options: Mapping[str, str] | None = None, sheet: str = "") -> Iterator[Source]:
    """The tables of the file. Raises Unusable when there is nothing to import in it, with the reason."""
    opener = _opener(path)
    with opener() as stream:
        head = _head(stream)
    if head.startswith(OLE_MAGIC):
        raise Unusable("old_excel")
    if head.startswith(ZIP_MAGIC):
        with _seekable(opener) as stream:
            yield Source("xlsx", sheets.tables(stream, options or {}, sheet))
        return
    scan = encodings.detect(opener)
    table, delimiter = delimited.table(opener, scan, options or {})
    yield Source("csv", [table], scan.encoding, delimiter)


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    """How to open the file's content, unpacked when it is gzipped. Raises Unusable: not_there, is_a_folder, cannot_read."""
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == encodings.GZIP_MAGIC
    except FileNotFoundError as fault:
        raise Unusable("not_there") from fault
    except IsADirectoryError as fault:
        raise Unusable("is_a_folder") from fault
    except OSError as fault:
        raise Unusable("cannot_read", why=fault.strerror or str(fault)) from fault
    return (lambda: gzip.open(path)) if packed else (lambda: path.open("rb"))  # type: ignore[return-value]


def _head(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(8)
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise Unusable("cut_off") from fault


@contextmanager
def _seekable(opener: Callable[[], IO[bytes]]) -> Iterator[IO[bytes]]:
    """The content as a file one can jump about in: a gzipped one is unpacked to a temporary file first."""
    with opener() as stream:
        if not isinstance(cast(object, stream), gzip.GzipFile):
            yield stream
            return
        with tempfile.TemporaryFile() as plain:
            _unpack(stream, plain)
            yield plain


def _unpack(packed: IO[bytes], plain: IO[bytes]) -> None:
    size = 0
    try:
        while chunk := packed.read(1 << 20):
            size += len(chunk)
            if size > PACKED_MOST:
                raise Unusable("too_big")
            plain.write(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise Unusable("cut_off") from fault
    plain.seek(0)
