"""What a file is shows in its bytes: form, packing, encoding, delimiter, where its header stands."""

import gzip
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from huying.features.appeals.importing import delimited, readers, sheets
from huying.features.appeals.importing.table import Unusable
from huying.features.appeals.tests.tables import (
    HEADER,
    LAMP,
    STALL,
    csv_file,
    csv_text,
    packed,
    records,
    written,
    xlsx_bytes,
    xlsx_file,
)

pytestmark = pytest.mark.once
ROWS = (HEADER, LAMP, STALL)


def unusable(path: Path, sheet: str = "", **options: str) -> Unusable:
    try:
        with readers.opened(path, options, sheet) as source:
            read = [list(table.records) for table in source.tables]
    except Unusable as fault:
        return fault
    raise AssertionError(read)


# --- Text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("gz", [False, True])
def test_a_text_is_read_whatever_its_encoding_delimiter_and_packing(
    tmp_path: Path, encoding: str, delimiter: str, gz: bool
) -> None:
    path = csv_file(tmp_path, ROWS, encoding, delimiter)
    found = records(packed(path) if gz else path)
    assert [tuple(record.cells) for record in found] == [LAMP, STALL]
    assert [record.number for record in found] == [2, 3]


def test_a_text_with_commas_is_not_taken_for_a_table_cut_by_them(tmp_path: Path) -> None:
    rows = [("标题", "内容"), *(("路灯", "一，二,三,四；五|六,七") for _ in range(9))]
    path = csv_file(tmp_path, rows, delimiter=";")
    with readers.opened(path) as source:
        assert source.delimiter == ";" and len(list(source.tables[0].records)) == 9


def test_titles_and_notes_above_the_header_are_passed_over(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [("2024 年诉求汇总", "", ""), (), ("制表：周科长",), *ROWS])
    assert [record.number for record in records(path)] == [5, 6]


def test_the_total_counts_records_and_not_lines(tmp_path: Path) -> None:
    with readers.opened(csv_file(tmp_path, ROWS)) as source:
        assert source.tables[0].total == 2


def test_an_open_quote_spoils_its_own_row_alone(tmp_path: Path) -> None:
    lines = csv_text([HEADER, LAMP]) + '3,"路灯,没有收尾,2024-5-8,渝中区\r\n' + csv_text([("4", *LAMP[1:]), ("5", *LAMP[1:])])
    found = records(written(tmp_path / "a.csv", lines.encode()))
    assert [(r.number, r.fault.code if r.fault else r.cells[0]) for r in found] == [
        (2, "1"),
        (3, "open_quote"),
        (4, "4"),
        (5, "5"),
    ]


def test_an_open_quote_in_a_long_file_is_given_up_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_LINES", 10)
    lines = csv_text([HEADER]) + '0,"x\r\n' + csv_text([(str(n), *LAMP[1:]) for n in range(1, 40)])
    found = records(written(tmp_path / "a.csv", lines.encode()))
    assert [r.cells[0] for r in found if not r.fault] == [str(n) for n in range(1, 40)]


def test_a_broken_byte_spoils_its_own_row_alone(tmp_path: Path) -> None:
    good = csv_text([HEADER, *([LAMP] * 20)]).encode()
    path = written(tmp_path / "a.csv", good + "21,坏,".encode() + b"\xff\xfe\x80,," + b"\r\n" + csv_text([STALL]).encode())
    found = records(path)
    assert [r.number for r in found if r.fault] == [22] and len(found) == 22
    assert found[-1].cells[0] == "2"


def test_a_cell_beyond_all_measure_spoils_its_own_row_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST_CELL", 1000)
    path = csv_file(tmp_path, [HEADER, ("1", "长" * 3000), STALL])
    assert [r.fault and r.fault.code for r in records(path)] == ["not_csv", None]


def test_zero_bytes_do_not_stop_the_reading(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [HEADER, ("1", "路\x00灯", *LAMP[2:]), STALL])
    assert len(records(path)) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n\n", "no_rows"),
        (b"\xef\xbb\xbf", "no_rows"),
        (b"a,b\n1,2\n", "no_text_column"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old_excel"),
        (b"PK\x03\x04" + bytes(99), "damaged"),
        (b"\x1f\x8b" + bytes(99), "cut_off"),
        (gzip.compress("标题,内容\n路灯,不亮\n".encode() * 99, mtime=0)[:-20], "cut_off"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"x" * 5_000_000, "not_a_table"),
    ],
)
def test_a_file_that_is_no_table_says_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    assert unusable(written(tmp_path / "a.csv", content)).code == code


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    assert unusable(tmp_path / "no.csv").code == "not_there"
    assert unusable(tmp_path).code == "is_a_folder"


def test_a_table_without_text_names_the_columns_it_has(tmp_path: Path) -> None:
    fault = unusable(csv_file(tmp_path, [("编号", "办理结果"), ("1", "好")]))
    assert fault.code == "no_text_column" and fault.values["found"] == ["编号", "办理结果"]


def test_an_option_for_a_column_that_is_not_there_names_the_columns_there_are(tmp_path: Path) -> None:
    fault = unusable(csv_file(tmp_path, ROWS), text="留言")
    assert fault.code == "no_such_column" and fault.values == {"column": "留言", "found": list(HEADER)}


def test_a_header_only_file_has_no_records(tmp_path: Path) -> None:
    assert records(csv_file(tmp_path, [HEADER])) == []


# --- Workbooks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gz", [False, True])
def test_a_workbook_is_read(tmp_path: Path, gz: bool) -> None:
    path = xlsx_file(tmp_path, {"诉求": ROWS})
    found = records(packed(path) if gz else path)
    assert [tuple(r.cells) for r in found] == [LAMP, STALL] and [r.number for r in found] == [2, 3]


def test_every_sheet_with_a_text_column_is_read_and_others_are_left(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, {"说明": [("怎么填",)], "五月": ROWS, "六月": ROWS, "空": []})
    with readers.opened(path) as source:
        assert [table.sheet for table in source.tables] == ["五月", "六月"]
    with readers.opened(path, {}, "六月") as source:
        assert [table.sheet for table in source.tables] == ["六月"]
    assert unusable(path, "七月").values["found"] == ["说明", "五月", "六月", "空"]


def test_numbers_days_and_formulas_become_what_the_sheet_shows(tmp_path: Path) -> None:
    moment = datetime(2024, 5, 6, 7, 8)  # noqa: DTZ001  (spreadsheets know no zone)
    rows = [HEADER, (7.0, "路灯", "=A1&A2", moment, True), (13812345678.0, 0.5, "x", 45418, "#REF!")]
    found = records(xlsx_file(tmp_path, {"a": rows}))
    # a formula whose result was never stored has none
    assert found[0].cells == ["7", "路灯", None, moment, "1"]
    assert found[1].cells == ["13812345678", "0.5", "x", "45418", "#REF!"]


def test_a_cell_merged_over_rows_holds_for_each_of_them(tmp_path: Path) -> None:
    rows = [HEADER, LAMP, (*STALL[:4], None), ("3", *STALL[1:4], None), ("4", *STALL[1:4], None)]
    found = records(xlsx_file(tmp_path, {"a": rows}, merged=["E2:E4"]))
    assert [r.cells[4:] for r in found] == [["渝中区"], ["渝中区"], ["渝中区"], []]


def test_a_title_merged_over_columns_is_no_header(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, {"a": [("诉求内容汇总", None, None), *ROWS]}, merged=["A1:E1"])
    assert [r.number for r in records(path)] == [3, 4]


def test_formatted_rows_far_below_are_not_read_as_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_EMPTY", 3)
    path = xlsx_file(tmp_path, {"a": [*ROWS, *([(None,)] * 9)]})
    assert len(records(path)) == 2


def test_escapes_of_control_characters_are_undone(tmp_path: Path) -> None:
    assert sheets.cell_of("一_x000D_二") == "一\r二"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_that_is_cut_off_is_damaged(tmp_path: Path, share: float) -> None:
    content = xlsx_bytes({"a": ROWS})
    assert unusable(written(tmp_path / "a.xlsx", content[: int(len(content) * share)])).code == "damaged"


def test_a_workbook_with_a_flipped_byte_is_damaged(tmp_path: Path) -> None:
    content = bytearray(xlsx_bytes({"a": ROWS}))
    content[content.index(b"xl/worksheets/sheet1.xml") + 60] ^= 0xFF
    assert unusable(written(tmp_path / "a.xlsx", bytes(content))).code == "damaged"


def test_a_zip_that_is_no_workbook_is_no_table(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("a.csv", "标题,内容\n")
    assert unusable(written(tmp_path / "a.zip", out.getvalue())).code == "not_a_table"


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "UNPACKED_MOST", 100)
    assert unusable(xlsx_file(tmp_path, {"a": ROWS})).code == "too_big"
    monkeypatch.setattr(readers, "PACKED_MOST", 100)
    assert unusable(packed(xlsx_file(tmp_path, {"a": ROWS}))).code == "too_big"


def test_a_workbook_whose_sheet_is_no_xml_is_damaged(tmp_path: Path) -> None:
    source, out = io.BytesIO(xlsx_bytes({"a": ROWS})), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet><sheetData><row" if "sheet1" in name else old.read(name))
    assert unusable(written(tmp_path / "a.xlsx", out.getvalue())).code == "damaged"
