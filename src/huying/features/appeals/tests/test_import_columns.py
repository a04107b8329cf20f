import pytest

from huying.features.appeals.importing import columns
from huying.features.appeals.importing.words import ALIASES

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("标题", "title"), ("主题", "title"), ("title", "title"), ("Subject", "title")),
        *(("内容", "text"), ("正文", "text"), ("诉求内容", "text"), ("留言详情", "text"), ("body", "text"), ("TEXT", "text")),
        *(("时间", "time"), ("受理时间", "time"), ("time", "time"), ("date", "time"), ("Created Date", "time")),
        *(("区县", "district"), ("区域", "district"), ("district", "district"), ("area", "district")),
        *(("地点", "place"), ("地址", "place"), ("类型", "sort"), ("诉求类型", "sort"), ("kind", "sort"), ("sort", "sort")),
        *(("来电人", "name"), ("电话", "phone"), ("phone", "phone"), ("编号", "id"), ("msg_id", "id"), ("id", "id")),
        *(
            (" *内容（必填）", "text"),
            ("Ｔｉｔｌｅ", "title"),
            ("区 / 县", "district"),
            ("区县(市)", "district"),
            ("办理结果", ""),
        ),
    ],
)
def test_a_header_is_known_by_its_names(header: str, field: str) -> None:
    found = columns.match([header, "备注"])
    assert dict(found.at) == ({field: 0} if field else {})


def test_no_two_fields_share_a_name() -> None:
    names = [columns.normal(alias) for names in ALIASES.values() for alias in names]
    assert len(names) == len(set(names)) and all(names)


def test_of_two_columns_for_one_field_the_better_name_counts_and_the_other_is_ignored() -> None:
    found = columns.match(["text", "body", "time", "留言时间"])
    assert found.named == {"text": "body", "time": "留言时间"}
    assert found.ignored == ["text", "time"]


def test_of_two_columns_with_one_name_the_first_counts() -> None:
    assert columns.match(["内容", "内容"]).at == {"text": 0}


def test_an_option_names_a_column_that_no_alias_knows() -> None:
    found = columns.match(["留言", "内容"], columns.given(["text=留言"]))
    assert found.named == {"text": "留言"} and found.ignored == ["内容"]


def test_a_column_given_by_option_serves_no_other_field() -> None:
    assert columns.match(["标题", "x"], {"text": "标题"}).at == {"text": 0}


def test_an_option_may_name_the_field_in_chinese() -> None:
    assert columns.given(["正文=a", "受理时间=b"]) == {"text": "a", "time": "b"}


@pytest.mark.parametrize("option", ["colour=x", "text", "text=", "=x"])
def test_an_option_that_means_nothing_is_refused(option: str) -> None:
    with pytest.raises(columns.NoSuchField):
        columns.given([option])


def test_an_option_that_names_a_missing_column_is_refused() -> None:
    with pytest.raises(columns.NoSuchColumn, match="留言"):
        columns.match(["标题", "内容"], {"text": "留言"})


def test_a_table_without_text_and_title_is_not_usable() -> None:
    assert not columns.match(["编号", "时间"]).usable
    assert columns.match(["标题"]).usable and columns.match(["正文"]).usable
