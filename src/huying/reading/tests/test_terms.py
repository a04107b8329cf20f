"""Texts and questions as the index of character pairs takes them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.reading import terms

pytestmark = pytest.mark.once

GOLDEN = {
    "路灯不亮": "路灯 灯不 不亮 亮",
    "修路，路灯": "修路 路 路灯 灯",
    "3号楼B栋": "3 号楼 楼 b 栋",
    "３号楼Ｂ栋": "3 号楼 楼 b 栋",
    "café㎡": "cafue9m2",
    "": "",
    "，。!": "",
}


@pytest.mark.parametrize("text", GOLDEN)
def test_a_text_has_these_pieces(text: str) -> None:
    assert " ".join(terms.pieces(text)) == GOLDEN[text]


# question: (a text that holds it, one that does not)
HELD = {
    "路灯": ("街上路灯坏了", "路上灯坏了"),
    "路": ("这条路", "街上"),
    "灯": ("修灯", "修路"),
    "修路灯": ("要修路灯", "修路，灯坏了"),
    "3号": ("在3号楼", "在13号楼"),
    "路灯 不亮": ("不亮的路灯", "路灯亮了"),
    "B栋": ("在b栋楼下", "在a栋楼下"),
    "不亮了": ("路灯不亮了，请修", "路灯不亮"),
}


@pytest.mark.parametrize("question", HELD)
def test_a_question_is_held_by_the_one_and_not_by_the_other(question: str) -> None:
    yes, no = HELD[question]
    phrases = terms.parse(question)
    assert terms.holds(terms.pieces(yes), phrases) and not terms.holds(terms.pieces(no), phrases)


@settings(deadline=None)
@given(st.text(alphabet="路灯亮不号3a，。 ", max_size=12), st.text(alphabet="路灯亮不号", min_size=1, max_size=4))
def test_a_run_is_held_wherever_it_stands_unbroken_and_nowhere_else(text: str, run: str) -> None:
    assert terms.holds(terms.pieces(text), terms.parse(run)) == (run in text)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_pieces_hold_nothing_that_a_database_could_read_otherwise(text: str) -> None:
    assert all(piece.isascii() or all("\u3400" <= c <= "\u9fff" or c.isascii() for c in piece) for piece in terms.pieces(text))
    assert not any(set("'\"\\:*&|() ") & set(piece) for piece in terms.pieces(text))


def test_a_question_without_a_letter_asks_nothing() -> None:
    assert terms.parse("，。 !?") == []


def test_a_story_is_told_by_what_is_not_in_every_letter() -> None:
    phrases = terms.parse("尊敬的领导您好，我们小区门口的窨井盖松动了希望尽快处理")
    assert terms.is_long(phrases)
    assert "窨井" in terms.telling(phrases) and "您好" not in terms.telling(phrases)


def test_what_was_looked_for_is_marked_where_it_stands() -> None:
    assert terms.marked("我们街上的路灯三天不亮了", "路灯") == [("我们街上的", False), ("路灯", True), ("三天不亮了", False)]
    far = terms.marked("字" * 200 + "路灯" + "字" * 200, "路灯")
    assert far[0] == ("…", False) and ("路灯", True) in far and sum(len(part) for part, _ in far) < 140


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=10))
def test_marking_shows_only_what_stands_there(text: str, question: str) -> None:
    assert "".join(part for part, _ in terms.marked(text, question)).strip("…") in text
