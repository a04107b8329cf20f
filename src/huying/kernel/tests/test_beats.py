"""A reader takes another's place only where it is better by more than chance explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.proving import beats

ANSWERS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60)


@pytest.mark.parametrize(
    ("won", "lost", "both", "better"),
    [
        (1, 0, 19, False),  # one message more of twenty
        (2, 0, 0, True),
        (3, 0, 0, True),
        (5, 3, 100, False),
        (10, 5, 100, True),
        (0, 0, 20, False),
        (0, 4, 20, False),
    ],
)
def test_it_is_asked_where_only_one_is_right(won: int, lost: int, both: int, better: bool) -> None:
    mine = [True] * won + [False] * lost + [True] * both
    theirs = [False] * won + [True] * lost + [True] * both
    assert beats(mine, theirs) is better


@given(ANSWERS)
def test_of_two_at_most_one_beats_the_other(answers: list[tuple[bool, bool]]) -> None:
    mine, theirs = [one for one, _ in answers], [other for _, other in answers]
    assert not (beats(mine, theirs) and beats(theirs, mine))
    if beats(mine, theirs):
        assert sum(mine) > sum(theirs)
