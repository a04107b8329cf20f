"""What two messages share beside their words."""

from collections import Counter

import pytest

from huying.reading.held import FEW_HOLD, figures_in, mistyped, names_in, shared_figure, shared_names


def test_names_anywhere_in_a_text_are_known_by_their_cores() -> None:
    assert names_in("丽景苑小区没水，城南劳动东路也没水") == {"丽景", "劳动东"}


def test_names_that_both_hold_count_by_how_many_each_holds() -> None:
    assert shared_names({"a", "b"}, {"b", "c"}) == 0.5
    assert shared_names({"a"}, {"a"}) == 1
    assert shared_names(set(), {"a"}) == 0


def test_a_figure_says_something_where_few_hold_it() -> None:
    one, other = figures_in("平川路145号，每平2031元"), figures_in("平川路145号围墙倒了")
    assert one == {"145", "2031"}
    assert shared_figure(one, other, Counter({"145": FEW_HOLD, "2031": 1}))
    assert not shared_figure(one, other, Counter({"145": FEW_HOLD + 1, "2031": 1}))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("中茂城", "中贸城", True),
        ("白鹤咀", "白咀鹤", True),
        ("中茂城", "中茂城", False),
        ("中茂城", "大贸城", False),
        ("杨美", "杨梅", False),
    ],
)
def test_a_name_with_one_character_changed_or_two_in_another_order_is_mistyped(one: str, other: str, expected: bool) -> None:
    assert mistyped([one], [other]) is expected
