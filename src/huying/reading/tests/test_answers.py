"""An answer looked over: what a caller would miss in it is told, and what is there is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.reading.answers import Advice, Earlier, Looked, look_over
from huying.reading.answers.advice import KINDS, MOST_OF_A_KIND

pytestmark = pytest.mark.once
CALL = "梯坎的路灯有三盏不亮，老人晚上走不安全。什么时候能修好？以后再坏了该找谁？"
GOOD = "11 月 20 日下午城市管理局换了三盏灯，梯坎已经全亮。以后再坏，请打城市管理局值班电话，当天有人来看。周科长"
WORDS = {"收悉": "收到了", "相关部门": "（写单位名称）", "部门": "单位"}
TEXTS = st.text("路灯坏了什么时候修？！。，,?您好已转相关部门处理收悉将尽快11月日〔〕“”\n 天地", max_size=120)


def kinds(answer: str, message: str = CALL, **more: object) -> list[str]:
    return [one.kind for one in look_over(answer, Looked(message, **more))]  # type: ignore[arg-type]


def test_an_answer_that_says_everything_is_left_alone() -> None:
    assert look_over(GOOD, Looked(CALL, plainer=WORDS)) == []


@pytest.mark.parametrize("answer", ["", "   ", "\n"])
def test_what_is_not_begun_is_left_alone(answer: str) -> None:
    assert look_over(answer, Looked(CALL)) == []


@pytest.mark.parametrize(
    "answer",
    [
        "已转相关部门",
        "您好，您反映的问题已收悉，已转相关部门处理，请您耐心等待。",
        "网友：您好！您反映的问题，我们已转交相关单位。2019年12月9日",
        "您反映的问题已转至市住建局调查核处。2018年5月18日",
        "此事正在调查处理中。",
        "已派单至街道办理，处理情况会及时回复给您。感谢您的留言。",
    ],
)
def test_only_passed_on_is_told_however_it_is_put(answer: str) -> None:
    assert kinds(answer)[0] == "only_passed_on"


@pytest.mark.parametrize("answer", ["留言已收悉", "您好！感谢您对我们工作的关心、监督与支持。", "2018年12月12日"])
def test_thanks_alone_are_told(answer: str) -> None:
    assert kinds(answer)[0] == "empty"


@pytest.mark.parametrize(
    "answer",
    [
        "已转城市管理局，11 月 20 日他们换了三盏灯，现在全亮了。",
        "请咨询市人社局。",
        "公积金可以转移，带身份证到三号窗口办。",
        "按规定，夫妻投靠可以迁入一方户口所在地。",
    ],
)
def test_what_says_something_is_not_called_empty(answer: str) -> None:
    assert not {"only_passed_on", "empty"} & set(kinds(answer))


def test_a_copy_is_told_with_what_it_is_a_copy_of_and_the_nearest_is_named() -> None:
    earlier = [Earlier("own", "另一份答复，说的是别的事情，和这一件没有什么关系。"), Earlier("refused", GOOD)]
    assert look_over(GOOD, Looked(CALL, earlier=earlier)) == [Advice("copied", "refused")]
    assert look_over(GOOD, Looked(CALL, earlier=earlier[:1])) == []


def test_a_copy_with_new_days_and_names_is_one_still_and_one_rewritten_is_none() -> None:
    old = "〔日期〕下午城市管理局换了三盏灯，梯坎已经全亮。以后再坏，请打城市管理局值班电话，当天有人来看。周科长"
    assert "copied" in kinds(GOOD, earlier=[Earlier("own", old)])
    other = "今天上午派人去看了，是电缆断了，明天中午前接好。再坏了请找街道的周科长，他的电话贴在灯杆上。"
    assert "copied" not in kinds(other, earlier=[Earlier("own", old)])


def test_a_body_that_is_known_is_somebody_and_an_office_without_a_name_is_nobody() -> None:
    assert "no_who" in kinds("有关部门已经换了三盏灯，11 月 20 日全亮了。", "路灯坏了")
    assert "no_who" not in kinds("今晚换了两盏灯，已经亮了。周科长", "路灯坏了")
    assert "no_who" not in kinds("龙溪城管已经换了三盏灯，11 月 20 日全亮了。", "路灯坏了", units={"龙溪城管"})


def test_who_only_informs_needs_to_name_nobody() -> None:
    assert "no_who" not in kinds("满一年后带身份证和旧卡，可以退押金。", "旧卡怎么退押金？")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("我局将安排人员更换灯具。", ["no_day"]),
        ("我局将尽快安排人员更换灯具。", ["vague_day"]),
        ("我局将尽快更换灯具，11 月 30 日前全亮。", []),
        ("下一步我局更换灯具。三天内办完。", []),
        ("我局已经换了灯具。", []),
        ("我局正在选择机构，合适时间另行告知。", ["no_day"]),
        ("村委会在学校旁边没有出租门面，我局已经核实。", []),
    ],
)
def test_what_is_to_come_has_a_day(answer: str, found: list[str]) -> None:
    assert [kind for kind in kinds(answer, "路灯灯具坏了") if kind in ("no_day", "vague_day")] == found


def test_the_day_under_an_answer_is_no_day_of_the_work() -> None:
    assert "no_day" in kinds("我局将安排人员更换灯具。2025年11月26日", "路灯灯具坏了")


def test_a_long_sentence_is_told_by_its_beginning_and_a_law_s_name_does_not_make_it_long() -> None:
    long = "我局接到诉求以后安排人员到现场看了路灯线路发现是电缆受潮短路造成的" * 3 + "。"
    assert [one.quote[:8] for one in look_over(long, Looked("")) if one.kind == "long_sentence"] == ["我局接到诉求以后"]
    assert "long_sentence" not in kinds("我局按《" + "城市照明管理规定" * 12 + "》换了灯。", "路灯")


def test_official_words_come_with_plain_ones_the_longer_of_two_and_each_once() -> None:
    found = look_over("来信收悉，相关部门换了灯，再次收悉。", Looked("灯坏了", plainer=WORDS))
    assert [(one.quote, one.offer) for one in found if one.kind == "official_word"] == [
        ("收悉", "收到了"),
        ("相关部门", "（写单位名称）"),
    ]


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_the_advice_is_short_and_of_known_kinds(answer: str, message: str, earlier: str) -> None:
    found = look_over(answer, Looked(message, message[:20], (), [Earlier("own", earlier)], WORDS))
    assert {one.kind for one in found} <= set(KINDS)
    assert all(len([o for o in found if o.kind == one.kind]) <= MOST_OF_A_KIND and len(one.quote) <= 40 for one in found)
    assert sum(one.kind in ("empty", "only_passed_on") for one in found) <= 1


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_what_stands_in_the_answer_word_for_word_is_never_called_unanswered(message: str) -> None:
    missed = [one for one in look_over(f"{GOOD}\n{message}", Looked(message)) if one.kind == "unanswered"]
    assert missed == []
