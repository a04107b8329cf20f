"""The locked half: written by somebody who had not seen the rules, and never tuned on. Change the code, not the sentences."""

from pathlib import Path

import pytest

from huying.people.tests.marked import judge, sentences

LOCKED = Path(__file__).with_name("identifiers.jsonl")
pytestmark = [pytest.mark.once, pytest.mark.skipif(not LOCKED.exists(), reason="the locked half is not there")]


def test_what_identifies_a_person_is_found() -> None:
    told = judge(sentences(LOCKED))
    assert told.recall >= 0.98, "\n".join(told.missed)


def test_little_else_is_cut() -> None:
    told = judge(sentences(LOCKED))
    assert told.precision >= 0.95, "\n".join(told.wrong)
