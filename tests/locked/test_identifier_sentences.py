"""The locked half: written by somebody who had not seen the rules, and never tuned on. Change the code, not the sentences.

The goal is recall .98 and precision .95. What is asserted is what was reached.
"""

from pathlib import Path

import pytest

from huying.people.tests.marked import judge, sentences

# recall and precision reached, by writer
REACHED = {
    "identifiers": (0.94, 0.97),
    "identifiers_second": (0.99, 0.94),
    "identifiers_third": (0.94, 0.95),
    "identifiers_fourth": (0.91, 0.94),
    "identifiers_fifth": (0.97, 0.94),
    "identifiers_sixth": (0.97, 0.98),
    "identifiers_seventh": (0.87, 0.98),
    "identifiers_eighth": (0.89, 0.96),
}
pytestmark = pytest.mark.once


@pytest.mark.parametrize("file", REACHED)
def test_no_less_is_found_and_no_more_is_cut_than_before(file: str) -> None:
    told = judge(sentences(Path(__file__).with_name(f"{file}.jsonl")))
    recall, precision = REACHED[file]
    assert told.recall >= recall
    assert told.precision >= precision
