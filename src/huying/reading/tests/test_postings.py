import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading.similar import Document, Index, Letter, spelled

INDEX = Index(
    [
        Document("water", (("停水 水压", 2.0), ("小区水管破裂，水压不足，家里没有水。", 1.0))),
        Document("lamp", (("路灯", 2.0), ("路灯不亮，灯杆歪斜。", 1.0))),
        Document("net", (("wifi 宽带5G", 2.0), ("网络慢，wifi断线，𠮷野家门口没有信号", 1.0))),
        Document("nothing", (("", 1.0),)),
    ]
)
WORDS = st.sampled_from(
    ["停水", "路灯", "不亮", "wifi", "5G", "ＷＩＦＩ", "𠮷野家", "水停了", "灯坏了", "。", "，", "x", "家里没有水", " "]
)


@given(st.lists(WORDS, max_size=40).map("".join))
def test_arrays_score_a_letter_as_its_grams_one_by_one_would(text: str) -> None:
    letter = Letter(text)
    weights = spelled(letter)
    one_by_one = [sum(weights.get(gram, 0.0) * weight for gram, weight in of.items()) for of in INDEX._weights]
    more = [any(gram in weights and len(gram) > 1 for gram in of) for of in INDEX._weights]
    assert INDEX.scores(letter) == pytest.approx([score if said else 0.0 for score, said in zip(one_by_one, more, strict=True)])


def test_an_index_of_nothing_scores_nothing() -> None:
    assert Index([]).scores(Letter("停水")) == []
    assert Index([Document("a", (("", 1.0),))]).scores(Letter("停水")) == [0.0]
