"""Words of danger are found where something happens, and left alone where it is denied or only talked about."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading.alarm import alarm
from huying.reading.danger import Rule, Words, alone, spelled
from huying.reading.happening import SHORT

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


GROUPS = {"孩子": ["娃儿", "小孩"], "人们": ["人", "他", "娃儿"]}
FALLS = Rule("120", "急救", ("@孩子+摔|掉下|烧到", "休克|没气了"))
TOGETHER = Words(spelled([FALLS], GROUPS))
HEARD = Words(spelled([FALLS], GROUPS), alarm())


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("娃儿从楼梯摔下去了", "娃儿从楼梯摔"),
        ("掉下来一个小孩！", "掉下来一个小孩"),
        ("她没气了", "没气了"),
    ],
)
def test_words_that_mean_danger_together_are_found_near_each_other(text: str, phrase: str) -> None:
    assert [danger.phrase for danger in TOGETHER.find(text)] == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        "娃儿去年摔过一次",
        "娃儿摔断了腿，保险公司要不要赔偿",
        "娃儿报名要带什么材料" + "，" * 40 + "楼上老是摔东西",
    ],
)
def test_what_is_past_or_far_apart_or_asked_about_rings_nobody(text: str) -> None:
    assert TOGETHER.find(text) == []


def test_in_a_long_text_only_what_is_said_in_one_breath_belongs_together() -> None:
    filler = "我们小区的绿化带很久没有人浇水了，草都黄了。" * 8
    assert len(filler) > SHORT
    assert TOGETHER.find(f"{filler}小孩掉下去了。")
    assert not TOGETHER.find(f"{filler}小孩在玩。掉下来一块墙皮。")
    assert not TOGETHER.find(f"{filler}小孩要是掉下去怎么得了。")


def test_few_words_that_no_rule_names_are_heard_as_a_whole() -> None:
    text = "他一头栽在灶台边，怎么拍都不睁眼，嘴皮发乌"
    assert not TOGETHER.find(text)
    (danger,) = HEARD.find(text)
    assert (danger.number, danger.label) == ("120", "急救")
    assert text.startswith(danger.phrase, danger.start)


def test_what_is_heard_rings_only_a_number_that_the_city_has() -> None:
    assert not HEARD.find("屋里燃起来了，火苗往楼上窜，出不去")  # no 119 among its rules


def test_everyday_words_are_not_heard_as_danger() -> None:
    assert not HEARD.find("请问新生儿医保怎么办理，需要带什么材料？")
    assert not HEARD.find("")


@given(st.text(max_size=40) | st.text(alphabet="火摔\ud800\udfff😀 。a１\x00", max_size=20))
def test_whatever_is_written_is_heard_and_shown_where_it_stands(text: str) -> None:
    begin, end = alarm().stretch(text)
    assert 0 <= begin <= end <= len(text)
    assert alarm().number(text) in ("110", "119", "120", "122") and isfinite(alarm().score(text))


def test_a_word_that_means_it_by_itself_rings_whatever_stands_beside_it() -> None:
    for beside in (
        "休克",
        "跑步的人休克了，在南岸区滨江路12号3栋2单元5楼",
        "路灯坏了三个月，打了几次电话都没人来修。还有，有人休克了",
    ):
        assert [danger.number for danger in HEARD.find(beside)] == ["120"]


def test_a_number_is_named_once_and_by_what_truly_happens() -> None:
    assert [danger.phrase for danger in WORDS.find("着火了，快来，着火了")] == ["着火"]
    filler = "我们小区的绿化带很久没有人浇水了，草都黄了。" * 8
    words = Words([Rule("122", "交通事故", ("被车撞了", "挖机翻到+压在"))], alarm())
    said = f"{filler}去年被车撞了，认定书丢了，在哪里补。挖机翻到坡底下，驾驶员压在下面，没得声音。"
    assert [danger.phrase for danger in words.find(said)] == ["挖机翻到坡底下，驾驶员压在"]


def test_one_sentence_among_others_is_heard() -> None:
    text = "路灯坏了三个月，打了几次电话都没人来修。还有，他一头栽在灶台边，怎么拍都不睁眼，嘴皮发乌"
    (danger,) = HEARD.find(text)
    assert danger.number == "120" and text.startswith(danger.phrase, danger.start) and danger.start > text.index("。")


def test_in_a_long_letter_a_word_counts_only_where_it_sounds_so_around_it() -> None:
    filler = "我们小区的绿化带很久没有人浇水了，草都黄了。" * 8
    assert HEARD.find(f"{filler}娃儿从五楼掉下来了，躺到地上一动不动。")
    assert not HEARD.find(f"{filler}摄影讲座请把小孩的画挂好，不要让画框摔了。")


def test_while_somebody_types_only_words_that_stand_alone_are_looked_for() -> None:
    assert alone(spelled([FALLS], GROUPS)) == [Rule("120", "急救", ("休克", "没气了"))]


def test_a_group_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        spelled([Rule("120", "急救", ("@谁+摔",))], GROUPS)
