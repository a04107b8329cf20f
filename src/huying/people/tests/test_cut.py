"""Identifiers leave the text and come back to those who may; everything else stays as it was written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.people import private
from huying.people.cutting import find
from huying.people.tests.cut_cases import CUT_CASES, KEEP_CASES

# Pieces that rules look for, so that random texts come near identifiers and near tokens too.
PIECES = st.sampled_from(
    [
        "138",
        "00138000",
        "-",
        " ",
        "我是",
        "李明",
        "，",
        "3栋",
        "2单元",
        "501",
        "室",
        "〔电话1〕",
        "〔姓名",
        "1〕",
        "渝A",
        "１２３",
        "一三八",
        "\n",
        "x",
        "微信",
        "@a.cn",
    ]
)
NEAR_IDENTIFIERS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(("text", "marked"), CUT_CASES, ids=[text for text, _ in CUT_CASES])
def test_what_is_marked_is_cut_and_nothing_else(text: str, marked: list[tuple[str, str]]) -> None:
    assert [(span.kind, text[span.start : span.end]) for span in find(text)] == marked


@pytest.mark.parametrize("text", KEEP_CASES)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert private.cut(text) == private.Cut(text, {})


@given(st.one_of(st.text(), NEAR_IDENTIFIERS))
def test_nothing_is_ever_lost(text: str) -> None:
    cut = private.cut(text)
    assert private.restore(cut.text, cut.found) == text


@given(NEAR_IDENTIFIERS)
def test_cutting_again_keeps_the_tokens(text: str) -> None:
    once = private.cut(text)
    again = private.cut(once.text, once.found)
    assert private.restore(again.text, again.found) == private.restore(once.text, once.found)


@given(NEAR_IDENTIFIERS, NEAR_IDENTIFIERS)
def test_a_mobile_number_is_cut_whatever_stands_around_it(before: str, after: str) -> None:
    assert "，13800138000。" not in private.cut(f"{before}，13800138000。{after}").text


def test_tokens_are_numbered_by_kind() -> None:
    cut = private.cut("我是李明，电话13800138000，妻子的是13900139000")
    assert cut.text == "我是〔姓名1〕，电话〔电话1〕，妻子的是〔电话2〕"
    assert cut.found == {"〔姓名1〕": "李明", "〔电话1〕": "13800138000", "〔电话2〕": "13900139000"}


def test_the_same_number_keeps_its_token() -> None:
    assert private.cut("13800138000，再说一遍，13800138000").text == "〔电话1〕，再说一遍，〔电话1〕"


def test_a_second_part_goes_on_counting() -> None:
    first = private.cut("电话13800138000")
    second = private.cut("还有13900139000和13800138000", first.found)
    assert second.text == "还有〔电话2〕和〔电话1〕"
    assert private.restore(second.text, second.found) == "还有13900139000和13800138000"


def test_a_name_known_from_an_earlier_part_is_cut_wherever_it_stands() -> None:
    first = private.cut("我是李明明，")
    assert private.cut("物业找李明明要钱", first.found).text == "物业找〔姓名1〕要钱"


def test_a_typed_token_is_not_taken_for_ours() -> None:
    cut = private.cut("〔电话1〕是我写的，13800138000才是真的")
    assert cut.text == "〔电话1〕是我写的，〔电话2〕才是真的"
    assert private.restore(cut.text, cut.found) == "〔电话1〕是我写的，13800138000才是真的"


def test_tokens_nobody_knows_stay() -> None:
    assert private.restore("〔电话1〕和〔电话2〕", {"〔电话2〕": "13800138000"}) == "〔电话1〕和13800138000"


@pytest.mark.once
@pytest.mark.parametrize(
    "piece", ["1 2 ", "1-", "13800138000 ", "我叫李明，", "3栋2单元", "一二三四五六七", "账号1", "我是的", "a.a@"]
)
def test_a_hostile_text_of_four_thousand_characters_does_not_hold_anybody_up(piece: str) -> None:
    begun = time.process_time()
    private.cut((piece * 4000)[:4000])
    assert time.process_time() - begun < 0.5
