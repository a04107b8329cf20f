from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.base.clock import CITY_TIME
from huying.features.appeals.importing import columns, rows
from huying.features.appeals.importing.table import Cell, Fault, Record, Table

pytestmark = pytest.mark.once
NOW = datetime(2025, 11, 23, tzinfo=UTC)
DARK = "我们街上的路灯三天不亮了，晚上看不清台阶。"


def read(sort: str = "", **cells: Cell) -> rows.Row | list[Fault]:
    return rows.read(Record(2, list(cells.values())), columns.match(list(cells)), NOW, sort)


def row(**cells: Cell) -> rows.Row:
    found = read(**cells)
    assert isinstance(found, rows.Row), found
    return found


def codes(**cells: Cell) -> list[tuple[str, str]]:
    found = read(**cells)
    assert isinstance(found, list), found
    return [(fault.field, fault.code) for fault in found]


def test_every_column_finds_its_place() -> None:
    found = row(编号="A-7", 标题="路灯不亮", 内容=DARK, 时间="2024/5/6 7:08", 区县="渝中区", 街道="七星岗街道", 地点="中山路 3 号", 类型="求助类",
                用户="u1", 来电人="李女士", 电话="13800000000", 是否匿名="是")  # fmt: skip
    assert found == rows.Row(
        *(2, "A-7", "路灯不亮", DARK, datetime(2024, 5, 6, 7, 8, tzinfo=CITY_TIME), "help", ""),
        *(("", "渝中区", "七星岗街道"), "中山路 3 号", "u1", "李女士", "13800000000", "anonymous"),
    )


def test_a_title_alone_is_the_text() -> None:
    found = row(title=DARK, body=" ")
    assert (found.title, found.text) == ("", DARK)


def test_every_fault_is_named_at_once() -> None:
    assert codes(id="9" * 201, body="\n\x00", time="昨天") == [("text", "no_text"), ("time", "not_a_time"), ("id", "long_id")]


@pytest.mark.parametrize("text", ["", "  ", "无", "N/A", "#REF!", "-", "\x00\x01", None])
def test_a_row_without_text_is_refused(text: str | None) -> None:
    assert codes(内容=text, 时间="2024-5-6") == [("text", "no_text")]


def test_a_text_that_says_nothing_is_refused() -> None:
    assert codes(内容="？！。") == [("text", "short_text")]
    assert row(内容="路灯不亮").text == "路灯不亮"


def test_a_text_beyond_all_measure_is_refused_with_its_length() -> None:
    found = read(内容="路" * 50_001)
    assert found == [Fault("text", "long_text", {"n": 50_001, "most": 50_000})]
    assert row(内容="路" * 50_000)


def test_control_characters_go_and_line_ends_are_made_alike() -> None:
    assert row(内容="路灯\x00不亮\r\n第二行\r第三行\x0b\ud800").text == "路灯不亮\n第二行\n第三行"


def test_a_formula_that_a_spreadsheet_quoted_is_read_as_it_shows_it() -> None:
    assert row(内容="'=1+1 路灯不亮").text == "=1+1 路灯不亮"
    assert row(内容="'单引号'路灯").text == "'单引号'路灯"


def test_more_cells_than_headers_are_refused_unless_they_are_empty() -> None:
    known = columns.match(["内容", "时间"])
    wide = rows.read(Record(5, [DARK, "2024-5-6", "还有"]), known, NOW)
    assert wide == [Fault("", "too_wide", {"n": 3, "most": 2})]
    assert isinstance(rows.read(Record(5, [DARK, "2024-5-6", "", None]), known, NOW), rows.Row)


def test_a_row_that_ends_early_has_empty_cells() -> None:
    assert isinstance(rows.read(Record(5, [DARK]), columns.match(["内容", "时间", "电话"]), NOW), rows.Row)


def test_a_row_without_time_goes_in_and_one_from_the_future_does_not() -> None:
    assert row(内容=DARK, 时间="不详").at is None
    assert codes(内容=DARK, 时间="2026-01-01") == [("time", "in_the_future")]


def test_a_clock_that_runs_a_little_ahead_is_set_to_now() -> None:
    assert row(内容=DARK, 时间=NOW + timedelta(hours=3)).at == NOW


@pytest.mark.parametrize(
    ("written", "sort"),
    [("咨询", "inquiry"), ("投诉举报", "complaint"), ("举报类", "report"), ("意见建议", "suggestion"), ("感谢表扬", "praise"), ("求决", "help"),
     ("Complaint", "complaint"), ("praise", "praise")],
)  # fmt: skip
def test_kinds_are_known_by_many_words(written: str, sort: str) -> None:
    found = row(内容=DARK, 类型=written)
    assert (found.sort, found.sort_unknown) == (sort, "")


@pytest.mark.parametrize(
    ("title", "sort"),
    [("投诉楼下烧烤店", "complaint"), ("咨询社保转移", "inquiry"), ("关于增设公交站的建议", "suggestion"), ("路灯什么时候修好？", "inquiry"),
     ("路灯三天不亮", "help"), ("表扬七星岗街道", "praise")],
)  # fmt: skip
def test_without_a_kind_the_title_tells(title: str, sort: str) -> None:
    assert row(标题=title, 内容=DARK).sort == sort
    assert row(标题=title, 内容=DARK, 类型="其他").sort_unknown == "其他"


def test_a_kind_given_for_all_counts_where_the_row_names_none() -> None:
    found = read("report", 标题="投诉楼下", 内容=DARK, 类型="")
    assert isinstance(found, rows.Row) and found.sort == "report"


def test_the_same_words_have_the_same_digest_whatever_their_spaces() -> None:
    one, two = row(标题="路灯", 内容=DARK, 编号="1"), row(标题=" 路灯 ", 内容=DARK.replace("，", " ，\n"), 编号="2")
    assert one.digest == two.digest != row(标题="路", 内容="灯" + DARK).digest


def test_a_row_without_number_is_known_by_who_when_where_and_what() -> None:
    cells = {"内容": DARK, "时间": "2024-5-6 7:08:09", "区县": "渝中区", "地点": "桥头", "电话": "13800000000"}
    one = row(**cells)
    assert one.content == row(**{**cells, "时间": "2024/5/6 7:08"}).content
    for field, other in (
        ("内容", DARK + "快修"),
        ("时间", "2024-5-7"),
        ("区县", "江北区"),
        ("地点", "桥尾"),
        ("电话", "13800000001"),
    ):
        assert one.content != row(**{**cells, field: other}).content


def test_empty_rows_and_headers_said_again_are_passed_over() -> None:
    known = columns.match(["内容", "时间"])
    cells: Sequence[list[Cell]] = ([], ["", None], [DARK, ""], ["内容", "时间"], [" 内容", "时间 "])
    table = Table("", known, iter([Record(n, list(c)) for n, c in enumerate(cells, 2)]), None)
    assert [record.number for record in rows.body(table)] == [4]


CELLS = st.one_of(st.none(), st.text(), st.datetimes(), st.sampled_from(["2024-5-6", "咨询", "是", "'=1", "路灯不亮了"]))


@given(st.lists(CELLS, max_size=16), st.lists(st.sampled_from([*columns.FIELDS, "备注", ""]), max_size=16))
def test_any_cells_make_a_row_or_faults(cells: list[Cell], headers: list[str]) -> None:
    found = rows.read(Record(2, cells), columns.match(headers), NOW)
    if isinstance(found, rows.Row):
        assert found.text and found.sort and found.digest and found.content and (found.at is None or found.at <= NOW)
        found.text.encode(), found.place.encode()
        assert "\x00" not in found.text + found.title + found.place + found.id
    else:
        assert found and all(fault.code for fault in found)
