"""Everyday words lead to what they mean, and say which of them did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading.everyday import Alike, Finder, Phrase

pytestmark = pytest.mark.once
ALIKE = Alike({"娃儿": "孩子", "娃": "孩子", "啷个": "怎么", "怎么样": "怎么", "馆子": "餐馆"})
SAID = {
    "birth": ["新生儿出生", "孩子刚出生", "给孩子上户口", "生了孩子", "just had a baby"],
    "food": ["开办餐馆", "想开个面馆", "开火锅店要哪些证", "卖早餐", "open a restaurant"],
    "death": ["老人去世了", "销户口", "丧葬费怎么领", "somebody died"],
}
FINDER = Finder([Phrase(label, text) for label, texts in SAID.items() for text in texts], ALIKE)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("屋头娃儿刚生", "birth"),
        ("想开个馆子", "food"),
        ("老人去世", "death"),
        ("OPENING restaurants", "food"),
        ("ｂａｂｙ", "birth"),
    ],
)
def test_the_likeliest_comes_first(question: str, label: str) -> None:
    assert FINDER.find(question)[0].label == label


def test_the_words_that_told_stand_as_they_were_written() -> None:
    found = FINDER.find("我们娃儿刚出生，啷个上户口")[0]
    assert found.label == "birth" and "娃儿刚出生" in found.words
    assert all(word in "我们娃儿刚出生，啷个上户口" for word in found.words)


@pytest.mark.parametrize("question", ["", "   ", "？！", "量子力学", "今天怎么样", "的了吗"])
def test_what_nobody_said_finds_nothing(question: str) -> None:
    assert FINDER.find(question) == []


def test_a_finder_without_phrases_finds_nothing() -> None:
    assert Finder([], Alike({})).find("孩子") == []


def test_the_longest_word_is_read_and_its_place_is_kept() -> None:
    read = ALIKE.read("娃儿和娃")
    assert read.text == "孩子和孩子"
    assert read.begins == (0, 0, 2, 3, 3) and read.ends == (2, 2, 3, 4, 4)


@given(st.text(max_size=400))
def test_whatever_is_asked_every_word_named_was_written(question: str) -> None:
    scores = []
    for found in FINDER.find(question):
        scores.append(found.score)
        assert found.words and all(word in question for word in found.words)
    assert scores == sorted(scores, reverse=True)


def test_a_very_long_story_is_read_no_further_than_it_tells() -> None:
    assert FINDER.find("开火锅店" + "，今天天气好" * 5000)[0].label == "food"
