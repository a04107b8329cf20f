"""The order of items, and the longest row of them in working days."""

from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.city.things import Whole, decide, longest_path, schedule, waits
from huying.city.things.ordering import Circle
from huying.city.things.tests.made import GIVEN, entry, item, whole, wholes

pytestmark = pytest.mark.once

NEWBORN = whole(
    [],
    [entry("card", None, ("household",)), entry("household", None, ("birth",)), entry("birth"), entry("jab", None, ("birth",))],
    [item("birth", 1), item("household", 1), item("card", 3), item("jab", 1)],
)


def test_the_longest_row_is_found() -> None:
    found = longest_path(NEWBORN, ["birth", "household", "card", "jab"])
    assert (found.days, found.codes) == (5, ("birth", "household", "card"))


def test_items_run_side_by_side() -> None:
    lanes = {
        lane.code: (lane.start, lane.end, lane.longest) for lane in schedule(NEWBORN, ["birth", "household", "card", "jab"])
    }
    assert lanes == {"birth": (0, 1, True), "household": (1, 2, True), "card": (2, 5, True), "jab": (1, 2, False)}


def test_what_is_not_done_hands_its_own_waiting_on() -> None:
    assert waits(NEWBORN, ["birth", "card"]) == {"card": ("birth",), "birth": ()}
    assert longest_path(NEWBORN, ["birth", "card"]).days == 4


def test_days_known_better_count() -> None:
    assert longest_path(NEWBORN, ["birth", "jab"], {"jab": 7}).days == 8


def test_nothing_takes_no_time() -> None:
    assert longest_path(NEWBORN, []).days == 0 and longest_path(NEWBORN, []).codes == ()


def test_a_circle_is_refused() -> None:
    looped = whole([], [entry("a", None, ("b",)), entry("b", None, ("a",))], [item("a"), item("b")])
    with pytest.raises(Circle):
        longest_path(looped, ["a", "b"])


@settings(deadline=None)
@given(any_thing=wholes(), said=GIVEN)
def test_nothing_begins_before_what_it_waits_for_has_ended(any_thing: Whole, said: dict[str, Any]) -> None:
    codes = decide(any_thing, said).codes
    lanes = {lane.code: lane for lane in schedule(any_thing, codes)}
    before = waits(any_thing, codes)
    assert set(lanes) == set(codes)
    for code, lane in lanes.items():
        assert lane.start == max((lanes[one].end for one in before[code]), default=0)


@settings(deadline=None, max_examples=60)
@given(any_thing=wholes(), said=GIVEN)
def test_no_row_is_longer_than_the_longest(any_thing: Whole, said: dict[str, Any]) -> None:
    codes = decide(any_thing, said).codes[:5]
    before = waits(any_thing, codes)
    rows = [
        row
        for size in range(len(codes) + 1)
        for row in permutations(codes, size)
        if all(one in before[after] for one, after in pairwise(row))
    ]
    found = longest_path(any_thing, codes)
    assert found.days == max(sum(any_thing.items[code].promised for code in row) for row in rows)
    assert sum(any_thing.items[code].promised for code in found.codes) == found.days


@settings(deadline=None)
@given(any_thing=wholes(), said=GIVEN, more=st.integers(0, 9))
def test_a_longer_item_never_makes_the_whole_shorter(any_thing: Whole, said: dict[str, Any], more: int) -> None:
    codes = decide(any_thing, said).codes
    for code in codes:
        slower = {code: any_thing.items[code].promised + more}
        assert longest_path(any_thing, codes, slower).days >= longest_path(any_thing, codes).days
