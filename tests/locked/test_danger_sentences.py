"""The locked half: written by somebody who had not seen the rules, measured once when they were done, never tuned on.

Change the code, not the sentences. Everybody in danger is found; of what only sounds so, no more is warned of than was.
"""

import json
from pathlib import Path

import pytest

from huying.kernel.tests.test_danger_sentences import pack_words

SENTENCES = [json.loads(line) for line in Path(__file__).with_name("danger.jsonl").read_text("utf-8").splitlines()]
pytestmark = pytest.mark.once


def test_everybody_in_danger_is_found() -> None:
    words = pack_words()
    assert all(words.find(said["text"]) for said in SENTENCES if said["danger"])


def test_the_number_to_ring_is_mostly_the_right_one() -> None:
    words = pack_words()
    dangers = [said for said in SENTENCES if said["danger"]]
    right = [said["number"] in {one.number for one in words.find(said["text"])} for said in dangers]
    assert sum(right) >= 0.92 * len(dangers)


def test_no_more_is_warned_of_than_before() -> None:
    words = pack_words()
    calm = [said for said in SENTENCES if not said["danger"]]
    assert sum(bool(words.find(said["text"])) for said in calm) <= 0.2 * len(calm)
