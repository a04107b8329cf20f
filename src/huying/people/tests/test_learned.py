"""Names that no rule announces, found as sentences taught them. All sentences and people are the tests' own."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.people.cutting import Span, by_rules, cut, learned
from huying.people.cutting.folding import fold

pytestmark = pytest.mark.once
SCORES = st.floats(-9, 9, width=32)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("昨天在菜市场门口看到谭小容把烂菜叶子往河头倒", "谭小容"),
        ("温和欠我们十二个人的工钱，打电话也不接", "温和"),
        ("哪个晓得马上富现在住哪里，法院的传票送不到", "马上富"),
        ("驿站小蔡说快递超过三天就退回去", "小蔡"),
        ("隔壁谭小容银行卡被盗刷了三千", "谭小容"),
        ("邻居Anna Smith把垃圾放门口", "Anna Smith"),
        ("扎西次仁的助学金卡冻结了，银行喊他回去办", "扎西次仁"),
    ],
)
def test_a_name_that_nothing_announces_is_cut(text: str, name: str) -> None:
    assert name in cut(text).found.values()


@pytest.mark.parametrize(
    "text",
    [
        "黄葛树的毛毛飞得到处都是，过路人遭不住",
        "请问何时能把万家丽路的断头路打通，再次向您写信",
        "属于恶意拖欠，至今没有给业主一个满意的答复",
        "高压锅炸了，售后说过了三年不管",
        "于2024年5月在网上填错了信息，麻烦更正",
        "编号CQ20240823001947的诉求还没有回复",
    ],
)
def test_words_that_look_like_names_stay(text: str) -> None:
    assert cut(text).found == {}


@pytest.mark.parametrize("clauses", range(0, 60, 4))
def test_a_letter_that_is_cut_once_is_cut_for_good(clauses: int) -> None:
    plain = "物业一直不来修，" * clauses
    told = f"谭小容和凌志把菜扯了，{plain}电话13800138000，住翠湖苑3栋2单元5-1，身份证510213196408271938。"
    once = cut(told)
    assert cut(once.text).found == {}


def test_what_is_found_stands_beside_what_the_rules_found() -> None:
    folded = fold("我叫张桂花，电话13800138000，谭小容把我家的菜全扯了")
    known = by_rules(folded)
    taken = {at for span in known if span.kind != "姓名" for at in range(span.start, span.end)}
    found = learned.find(folded, known)
    assert "谭小容" in {folded[span.start : span.end] for span in found}
    assert taken
    assert all(taken.isdisjoint(range(span.start, span.end)) for span in found)


@given(SCORES, st.lists(SCORES, min_size=1, max_size=5), st.integers(0, 3), st.integers(0, 3))
def test_a_name_is_weighed_as_the_chain_of_its_labels_against_none(
    begins: float, within: list[float], before: int, behind: int
) -> None:
    length = before + 1 + len(within) + behind

    def worth(name: int) -> float:
        labels = [0] * before + [1] + [2] * (name - 1) + [0] * (length - before - name)
        moves = learned.weights().moves
        moved = sum(moves[a][b] - moves[0][0] for a, b in pairwise(labels))
        return float(begins + sum(within[: name - 1]) + moved)

    (found,), (odds,) = learned.likeliest(
        np.array([begins], np.float32), np.array([within], np.float32), np.array([before]), length
    )
    assert odds == pytest.approx(worth(int(found)), abs=1e-3)
    assert odds == pytest.approx(max(worth(name) for name in range(2, len(within) + 2)), abs=1e-3)


@given(st.integers(0, 2))
def test_no_name_goes_on_behind_the_end(room: int) -> None:
    (_,), (odds,) = learned.likeliest(np.ones(1, np.float32), np.full((1, 7), 9, np.float32), np.array([4]), 5 + room)
    assert (odds == -np.inf) == (room == 0)


@given(st.text(max_size=60))
def test_whatever_is_written_spans_lie_within_it_and_do_not_overlap(text: str) -> None:
    folded = fold(text)
    spans = sorted(learned.find(folded, [Span(0, 1, "电话")] if text else []))
    assert all(0 < span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
