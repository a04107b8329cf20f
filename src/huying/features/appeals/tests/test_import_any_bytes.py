"""Whatever the bytes: rows, or one clear refusal. Never anything else."""

import gzip
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.features.appeals.importing import readers, rows
from huying.features.appeals.importing.table import Fault, Unusable
from huying.features.appeals.tests.tables import HEADER, LAMP, STALL, csv_text, xlsx_bytes

pytestmark = pytest.mark.once
NOW = datetime(2025, 11, 23, tzinfo=UTC)
SOUND = csv_text([HEADER, LAMP, STALL, ("3", *LAMP[1:])])
BOOK = xlsx_bytes({"诉求": [HEADER, LAMP, STALL]}, merged=["E2:E3"])


def outcome(content: bytes) -> list[rows.Row | list[Fault]] | str:
    """What an import would see: rows and refusals, or the code of the one refusal of all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        try:
            with readers.opened(path) as source:
                return [rows.read(record, table.columns, NOW) for table in source.tables for record in rows.body(table)]
        except Unusable as fault:
            return fault.code


def damaged(sound: bytes) -> st.SearchStrategy[bytes]:
    """The sound bytes with a piece replaced by others."""
    place = st.integers(0, len(sound))
    return st.builds(lambda a, b, piece: sound[: min(a, b)] + piece + sound[max(a, b) :], place, place, st.binary(max_size=20))


def test_sound_bytes_make_rows() -> None:
    assert len(outcome(SOUND.encode())) == 3 and len(outcome(BOOK)) == 2


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    outcome(content)


@given(st.binary(max_size=200))
def test_any_bytes_below_a_header(content: bytes) -> None:
    outcome("标题,内容,时间\n".encode() + content)


@given(st.text(st.sampled_from("内容标题路灯,;\t|\"\r\n'=\x00 "), max_size=120))
def test_any_quotes_and_delimiters(text: str) -> None:
    outcome(("标题,内容\n" + text).encode())


@given(damaged(SOUND.encode()))
def test_a_damaged_text(content: bytes) -> None:
    outcome(content)


@given(damaged(SOUND.encode("gb18030")))
def test_a_damaged_text_in_gb18030(content: bytes) -> None:
    outcome(content)


@given(damaged(gzip.compress(SOUND.encode(), mtime=0)))
def test_a_damaged_gzip(content: bytes) -> None:
    outcome(content)


@settings(deadline=None)
@given(damaged(BOOK))
def test_a_damaged_workbook(content: bytes) -> None:
    outcome(content)


PRINTED = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=12)


@given(st.lists(st.lists(PRINTED, min_size=1, max_size=6), max_size=8))
def test_what_a_spreadsheet_saved_is_read_cell_by_cell(cells: list[list[str]]) -> None:
    found = outcome(csv_text([HEADER, LAMP, *cells]).encode())
    assert isinstance(found, list) and isinstance(found[0], rows.Row)
    told = [row for row in cells if any(cell for cell in row)]
    assert len(found) <= 1 + len(told)
