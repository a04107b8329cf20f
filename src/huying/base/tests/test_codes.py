from hypothesis import given
from hypothesis import strategies as st

from huying.base.codes import Folding, among, codes

TABLE = {ord("Ａ"): "a", ord("　"): " ", ord("①"): "1"}
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("Ａ　①重庆𠮷😀")))


@given(TEXTS)
def test_a_folded_text_is_the_text_with_each_character_exchanged_at_its_place(text: str) -> None:
    assert Folding(TABLE)(text) == text.translate(TABLE)


def test_a_lone_half_of_a_character_is_kept() -> None:
    assert Folding(TABLE)("Ａ\ud83d") == "a\ud83d"


@given(TEXTS)
def test_where_characters_stand_is_found(text: str) -> None:
    units = codes(text)
    if len(units) == len(text):
        assert among("重A")[units].tolist() == [char in "重A" for char in text]


def test_a_character_beyond_the_plane_has_two_units() -> None:
    assert len(codes("𠮷")) == 2
    assert len(codes("")) == 0
