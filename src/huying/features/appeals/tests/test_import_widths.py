import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from huying.features.appeals.importing import widths

TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ＡａＢ…—～￥㈠①ｶﾞが重庆，。é가")))


@given(TEXTS)
def test_a_text_is_folded_as_unicode_folds_it(text: str) -> None:
    assert widths.folded(text) == unicodedata.normalize("NFKC", text)


@given(st.text(st.sampled_from("重庆市渝中区…，。：１２３ＡＢ　(）")))
def test_so_is_what_people_write_here(text: str) -> None:
    assert widths.folded(text) == unicodedata.normalize("NFKC", text)
