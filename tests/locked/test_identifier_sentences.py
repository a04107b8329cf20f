"""The locked half: written by somebody who had not seen the rules, and never tuned on. Change the code, not the sentences.

The goal is recall .98 and precision .95. What is asserted is what was reached; it only rises.
"""

from pathlib import Path

import pytest

from huying.people.tests.marked import judge, sentences

LOCKED = Path(__file__).with_name("identifiers.jsonl")
pytestmark = pytest.mark.once


def test_no_less_is_found_than_before() -> None:
    told = judge(sentences(LOCKED))
    assert told.recall >= 0.89


def test_no_more_is_cut_than_before() -> None:
    told = judge(sentences(LOCKED))
    assert told.precision >= 0.97
