"""What somebody asks in a message, and whether an answer speaks of it."""

import pytest

from huying.reading.answers import asks, copied
from huying.reading.answers.speaks import speaks_of

pytestmark = pytest.mark.once


def found(message: str, title: str = "") -> list[tuple[str, str]]:
    return [(ask.sort, ask.text) for ask in asks(message, title)]


def test_each_question_is_found_by_its_kind() -> None:
    message = "公积金转移要带哪些材料？多久能到账？为什么网上办不了？异地缴的年限是否可以合并计算？"
    assert [sort for sort, _ in found(message)] == ["how", "when", "why", "whether"]


def test_a_question_that_says_little_takes_along_what_stands_before_it() -> None:
    assert found("门口那盏路灯坏了，能不能修一下？") == [("whether", "门口那盏路灯坏了，能不能修一下？")]


@pytest.mark.parametrize(
    "message",
    [
        "这样做天理何在？",
        "难道老百姓就该受气吗？",
        "望领导重视，尽快处理，谢谢！",
        "请有关部门认真调查核实，给我们一个答复。",
        "他对我说“你们经过我们的允许了吗？”",
        "我们在这里住了二十年。",
    ],
)
def test_anger_courtesy_and_what_others_said_ask_nothing(message: str) -> None:
    assert found(message) == []


def test_a_wish_that_names_something_is_one() -> None:
    assert found("希望在学校门口装一组红绿灯。") == [("wish", "希望在学校门口装一组红绿灯。")]
    assert found("社保转回来怎么办，娃儿读书要看哪些材料？") == [("how", "娃儿读书要看哪些材料？")]
    assert found("业主提出的申请被退回来了。") == []


def test_who_asks_nothing_is_asked_nothing_back() -> None:
    assert found("在这里。", "夜里施工打桩吵得睡不着") == []


@pytest.mark.parametrize(
    ("message", "answer", "spoken"),
    [
        ("路灯什么时候修好？", "路灯线路已经查清，是电缆断了。", False),
        ("路灯什么时候修好？", "11 月 30 日前修好。", True),
        ("路灯什么时候修好？", "电缆断了，正在接。2025年11月26日", False),
        ("办理需要哪些材料？", "请到三号窗口。", False),
        ("办理需要哪些材料？", "带身份证、户口本两样材料。", True),
        ("为什么停水？", "昨天因水管爆裂停水，今晚八点恢复。", True),
    ],
)
def test_an_answer_speaks_of_it_or_not(message: str, answer: str, spoken: bool) -> None:
    (ask,) = asks(message)
    assert speaks_of(answer, ask) is spoken


def test_how_much_of_a_text_stands_in_another() -> None:
    text = "今天下午城市管理局换了三盏灯，梯坎已经全亮，晚上有人去看过。"
    assert copied(text, text) == 1 and copied(text, f"前面一段。{text}后面一段。") == 1
    assert copied(text, "楼上漏水的事，街道约了两家明天上午在社区谈，先把水关了。") == 0
    assert copied("很短", "很短") == 0 and 0.3 < copied(text, text[:16]) < 0.7


def test_a_wish_is_answered_in_the_office_s_own_words() -> None:
    (ask,) = asks("希望在学校门口装一组红绿灯。")
    assert speaks_of("学校路口的信号灯已列入计划，12 月 20 日前装好。", ask)
    assert not speaks_of("感谢您的来信，祝您愉快。", ask)
