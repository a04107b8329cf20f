"""Doors that sentences taught: numbers that no rule takes for a home, told apart by what stands around them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.people.cutting import cut, doormarks, doors, find
from huying.people.cutting.folding import Span, fold

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("楼上1904天天半夜拖桌子，我们全家睡不着", "1904"),
        ("我一个人带娃住顶楼6-3，下雨就漏", "6-3"),
        ("房东把502隔成三间租出去，消防通道都堵了", "502"),
        ("火是从3-1烧过来的，两家都遭了", "3-1"),
        ("独居老人住附9号，社区的人从来没来看过", "附9号"),
    ],
)
def test_a_bare_number_in_which_somebody_lives_is_cut(text: str, door: str) -> None:
    assert door in {text[span.start : span.end] for span in find(text) if span.kind == "门牌"}


@pytest.mark.parametrize(
    "text",
    [
        "昨晚比赛3-1赢了，操场上闹到十二点",
        "三环路2-7标段的围挡倒了，压到两台车",
        "6栋2单元的电梯又坏了，物业不修",
        "解放路66号大楼外墙的瓷砖掉下来，把车砸烂了",
        "长政办函〔2018〕37号提出要逐步解决",
        "公交车0403路已经改线，站牌没有换",
        "判决书（2024）渝0103民初生效了，一直没动静",
        "9月14号上午一位老人在我店门口滑倒",
        "这栋楼共8层，每层12户，都没有电梯",
    ],
)
def test_a_number_in_which_nobody_lives_stays(text: str) -> None:
    assert [span for span in find(text) if span.kind == "门牌"] == []


def test_a_door_stays_whole_and_touches_nothing_that_was_found_before() -> None:
    folded = fold("我住7-2，电话13800138000")
    phone = Span(8, 19, "电话")
    assert all(span.end <= phone.start for span in doors.find(folded, [phone]))
    assert doors.find(folded, [Span(2, 5, "门牌")]) == []


@pytest.mark.parametrize(
    "text", ["1" * 6000, "8栋" * 3000, "1-" * 3000, "住12号，" * 3000, "一" * 6000, "住2-1、" * 3000 + "\ud800"]
)
def test_a_text_made_to_be_slow_is_read_to_its_end(text: str) -> None:
    folded = fold(text)
    runs = doormarks.runs(folded)
    assert len([*doormarks.slots(folded, runs)]) == len(runs)


_ANY = st.text("我家住楼上邻居附号栋单元-/. 0123456789一二三十AB,。(〔", max_size=60)


@given(_ANY)
def test_every_run_has_marks_and_lies_in_the_text(text: str) -> None:
    folded = fold(text)
    runs = doormarks.runs(folded)
    assert all(0 <= run.start < run.end <= len(folded) for run in runs)
    assert all(one.end <= other.start for one, other in itertools.pairwise(runs))
    judged = [*doormarks.slots(folded, runs)]
    assert len(judged) == len(runs)
    assert all(0 <= slot < 1 << doormarks.BITS for slots in judged for slot in slots)


@given(_ANY)
def test_what_is_cut_once_is_cut_for_good(text: str) -> None:
    once = cut(text)
    assert cut(once.text, once.found).text == once.text


def test_doors_in_a_row_are_looked_through_a_few_times_and_no_more() -> None:
    text = "13800138000，" + "8-3，" * 996
    assert "13800138000" not in cut(text).text


@pytest.mark.parametrize(
    ("text", "rest"),
    [("楼上1904进水了", "进水了"), ("楼上1904后来又漏水", "后来又漏水"), ("楼下2204门口堆满东西", "门口堆满东西")],
)
def test_a_door_ends_where_the_next_word_begins(text: str, rest: str) -> None:
    told = cut(text)
    assert told.text.endswith(f"〔门牌1〕{rest}")
