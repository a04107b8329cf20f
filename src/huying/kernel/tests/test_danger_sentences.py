"""The pack's words of danger on sentences of our own: who is in danger is told which number to ring; who is not, is not."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from huying.kernel import danger
from huying.kernel.tests.sentences import PACK
from huying.reading.danger import Words

pytestmark = pytest.mark.once
SENTENCES = [
    line.split("\t") for line in (Path(__file__).parent / "data" / "danger.tsv").read_text("utf-8").splitlines() if "\t" in line
]


@pytest.fixture(scope="module")
def words() -> Words:
    return pack_words()


def pack_words() -> Words:
    """The pack's own words of danger, read from its file."""
    settings = YAML(typ="safe").load((PACK / "settings.yaml").read_text("utf-8"))
    return danger.words_of(lambda name, default: settings.get(name, default))


def test_nearly_everybody_in_danger_is_told_whom_to_ring(words: Words) -> None:
    dangers = [(number, text) for number, text in SENTENCES if number]
    missed = [text for _, text in dangers if not words.find(text)]
    assert len(dangers) > 100
    assert len(missed) <= 1, missed


def test_the_number_is_mostly_the_right_one(words: Words) -> None:
    dangers = [(number, words.find(text)) for number, text in SENTENCES if number]
    right = sum(number in {one.number for one in found} for number, found in dangers)
    assert right >= 0.9 * len(dangers)


def test_whoever_asks_complains_or_praises_is_not_warned(words: Words) -> None:
    warned = [text for number, text in SENTENCES if not number and words.find(text)]
    assert len(warned) <= 3, warned  # the rules were not made for these twenty
