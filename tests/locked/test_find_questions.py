"""The locked half of the questions: written by people who had seen neither catalogue nor words, measured once, never tuned on.

Change the code, not the questions.
"""

from pathlib import Path

import pytest

from tests.finds.asking import questions, share_in_first

pytestmark = pytest.mark.once
FILES = sorted(Path(__file__).parent.glob("finds*.jsonl"))


@pytest.mark.parametrize(("first", "least"), [(1, 0.86), (3, 0.95)])
def test_the_right_thing_is_among_the_first(first: int, least: float) -> None:
    assert share_in_first([one for file in FILES for one in questions(file)], first) >= least


@pytest.mark.parametrize(("first", "least"), [(1, 0.90), (3, 0.97)])
def test_what_is_promised_holds_for_the_writer_who_came_last(first: int, least: float) -> None:
    assert share_in_first(questions(Path(__file__).parent / "finds_third.jsonl"), first) >= least
