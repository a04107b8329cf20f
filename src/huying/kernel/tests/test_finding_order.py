"""A thing is shown before the items that it does, where both were meant."""

from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.finding.order import CLOSE, things_first
from huying.reading.everyday.finder import Found

HELD = {"item:a": frozenset({"thing:x", "thing:y"}), "item:b": frozenset({"thing:y"})}


def found(*scored: tuple[str, float]) -> list[Found]:
    return [Found(label, score, ("词",)) for label, score in scored]


def shown(*scored: tuple[str, float]) -> list[str]:
    return [one.label for one in things_first(found(*scored), HELD)]


def test_an_item_comes_after_the_nearest_thing_that_does_it() -> None:
    assert shown(("item:a", 9), ("thing:y", 8), ("thing:x", 7)) == ["thing:y", "item:a", "thing:x"]


def test_a_thing_far_behind_was_not_meant() -> None:
    assert shown(("item:b", 9), ("thing:y", 9 - CLOSE)) == ["item:b", "thing:y"]


def test_a_thing_that_does_it_not_stays_behind() -> None:
    assert shown(("item:b", 9), ("thing:x", 8.9)) == ["item:b", "thing:x"]


LABELS = st.sampled_from(["item:a", "item:b", "item:c", "thing:x", "thing:y", "thing:z"])


@given(st.lists(st.tuples(LABELS, st.floats(-5, 20)), unique_by=lambda one: one[0]))
def test_nothing_is_lost_and_things_keep_their_order(scored: list[tuple[str, float]]) -> None:
    before = sorted(scored, key=lambda one: -one[1])
    after = shown(*before)
    assert sorted(after) == sorted(label for label, _ in before)
    items = [label for label in after if label.startswith("item:")]
    assert items == [label for label, _ in before if label.startswith("item:")]
