"""The pack's words of danger on the sentences they were made with: nothing that was found may be lost.

How it does on what it has not seen is told by tests/locked/ and by `python tools/alarm.py --check`.
"""

import json
from importlib import resources
from pathlib import Path

import pytest

from huying.base import yaml12
from huying.kernel import danger
from huying.kernel.tests.sentences import PACK
from huying.reading.danger import Words

pytestmark = pytest.mark.once
SENTENCES = [
    line.split("\t") for line in resources.files("huying.reading").joinpath("data/danger.tsv").read_text("utf-8").splitlines()
]

# Written by somebody who had seen neither the rules nor what taught the machine, in the proportions of ordinary days.
STRANGERS = [json.loads(line) for line in Path(__file__).with_name("danger_open.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def words() -> Words:
    return pack_words()


def pack_words() -> Words:
    """The pack's own words of danger, read from its file."""
    settings = yaml12.load((PACK / "settings.yaml").read_text("utf-8"))
    return danger.words_of(lambda name, default: settings.get(name, default))


def test_everybody_in_danger_is_told_whom_to_ring(words: Words) -> None:
    missed = [text for number, text in SENTENCES if number and not words.find(text)]
    assert not missed


def test_the_number_is_mostly_the_right_one(words: Words) -> None:
    dangers = [(number, words.find(text)) for number, text in SENTENCES if number]
    right = sum(number in {one.number for one in found} for number, found in dangers)
    assert right >= 0.92 * len(dangers)


def test_whoever_asks_complains_or_praises_is_mostly_not_warned(words: Words) -> None:
    calm = [text for number, text in SENTENCES if not number]
    warned = [text for text in calm if words.find(text)]
    assert len(warned) <= 0.1 * len(calm), warned


# Nobody in danger leaves out where she is; and what is calm stays so.
BESIDE = ("{}", "{}，在南岸区滨江路12号3栋2单元5楼", "{}，渝北区龙溪街道花卉园3栋8-2", "{}，地址是江北区步行街，我姓王，电话请打这个手机", "沙坪坝区晒光坪小区2栋，{}")  # fmt: skip


@pytest.mark.parametrize("beside", BESIDE)
def test_strangers_in_danger_are_told_and_the_others_mostly_left_alone(words: Words, beside: str) -> None:
    found = [(row, {one.number for one in words.find(beside.format(row["text"]))}) for row in STRANGERS]
    dangers = [(row, numbers) for row, numbers in found if row["danger"]]
    assert sum(bool(numbers) for _, numbers in dangers) >= 0.98 * len(dangers)
    assert sum(bool(numbers & {row["number"], row.get("also")}) for row, numbers in dangers) >= 0.9 * len(dangers)
    warned = [row["text"] for row, numbers in found if numbers and not row["danger"]]
    assert len(warned) <= 0.12 * (len(found) - len(dangers)), warned
