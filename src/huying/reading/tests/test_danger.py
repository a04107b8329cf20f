"""Words of danger are found where something happens, and left alone where it is denied or only talked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading.danger import Rule, Words

WORDS = Words(
    [
        Rule("119", "火警", ("着火", "火灾", "起火", "被困")),
        Rule("120", "急救", ("昏迷", "晕倒", "被困")),
        Rule("110", "报警", ("砍人", "家暴", "ＳＯＳ")),
    ]
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("楼上着火了，快来人", {"119"}),
        ("老人晕倒没人管", {"120"}),
        ("没人管，楼下起火了", {"119"}),
        ("有没有人救救我，我家着火", {"119"}),
        ("有没有着火？我看到浓烟", {"119"}),
        ("没有，真的着火了", {"119"}),
        ("电梯里有人被困", {"119", "120"}),
        ("他拿刀砍人！我妈昏迷了", {"110", "120"}),
        ("sos", {"110"}),
        ("如果你们再不来，他就要砍人了", {"110"}),
        ("一旦他砍人就晚了", {"110"}),
        ("万一出事怎么办，现在已经着火了", {"119"}),
    ],
)
def test_danger_names_the_numbers_to_ring(text: str, numbers: set[str]) -> None:
    assert {danger.number for danger in WORDS.find(text)} == numbers


@pytest.mark.parametrize(
    "text",
    [
        "楼道堆满纸箱，火灾隐患很大",
        "没有发生火灾",
        "幸好没着火",
        "学校要多搞火灾演练",
        "怎样预防火灾",
        "消防通道堵死，万一楼里起火消防车进不来",
        "一旦发生火灾后果不堪设想",
        "如果发生火灾谁负责",
        "《火灾事故调查规定》在哪里查",
        "路灯不亮",
        "",
    ],
)
def test_what_is_denied_or_only_talked_about_rings_nobody(text: str) -> None:
    assert WORDS.find(text) == []


def test_a_danger_says_which_words_and_where() -> None:
    text = "我在五楼，家里起火"
    (danger,) = WORDS.find(text)
    assert (danger.label, danger.phrase, text[danger.start :]) == ("火警", "起火", "起火")


def test_a_city_without_words_of_danger_finds_none() -> None:
    assert Words([]).find("着火了") == []
    assert Words([Rule("119", "火警", ("",))]).find("着火了") == []


@given(st.text() | st.lists(st.sampled_from(["着火", "没有", "被困", "《", "》", "，", "隐患", "ＳＯＳ"])).map("".join))
def test_a_phrase_is_always_a_part_of_the_text(text: str) -> None:
    assert all(text.startswith(danger.phrase, danger.start) for danger in WORDS.find(text))
