"""Golden cases: both databases' search must see the same pieces, so a change here is a change of the index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading.segment import fold, pieces_at, segment

GOLDEN = [
    ("路灯不亮", ["路灯", "灯不", "不亮"]),
    ("12345热线", ["12345", "热线"]),
    ("５Ｇ基站，有辐射吗？", ["5g", "基站", "有辐", "辐射", "射吗"]),
    ("我 家", ["我", "家"]),
    ("拨打Tel:023-6300 0000", ["拨打", "tel", "023", "6300", "0000"]),
    ("A市B县", ["a", "市", "b", "县"]),
    ("café在二〇二五年", ["café", "在二", "二〇", "〇二", "二五", "五年"]),
    ("𠮷野家", ["𠮷野", "野家"]),
    ("snake_case", ["snake", "case"]),
    ("。！？\n\t", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "pieces"), GOLDEN)
def test_a_text_falls_into_these_pieces(text: str, pieces: list[str]) -> None:
    assert segment(text) == pieces


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_every_piece_stands_in_the_folded_text(text: str) -> None:
    folded = fold(text)
    assert all(piece in folded for piece in segment(text))


@given(st.text())
def test_a_stretch_is_found_where_it_says(text: str) -> None:
    folded = fold(text)
    assert all(folded[start : start + len(piece)] == piece for start, piece, _ in pieces_at(folded))


@given(st.text())
def test_width_and_case_do_not_change_the_pieces(text: str) -> None:
    assert segment(fold(text)) == segment(text)
