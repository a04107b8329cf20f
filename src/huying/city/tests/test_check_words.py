"""Everyday words: each for one thing that there is; every fault with its place. No test here may touch the database."""

import pytest

from huying.city import pack
from huying.city.pack.things import wanted
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import with_things

pytestmark = pytest.mark.once
WORDS, ALIKE = "things/words/open.yaml", "things/words/alike.yaml"
SOUND = "- {thing: open, words: [开个铺子, 打算卖点东西]}\n- {item: tables, words: [门口摆桌子]}\n"
ALIKE_SOUND = "- {say: 店, also: [铺子, 门面]}\n- {say: 孩子, also: [娃儿]}\n"

BROKEN = {
    "a thing that is not there": (WORDS, "{thing: open,", "{thing: opne,", "1:11", "opne"),
    "an item that is not there": (WORDS, "{item: tables,", "{item: chairs,", "2:10", "chairs"),
    "for nothing": (WORDS, "{item: tables, ", "{", "2:3", "只写一种"),
    "for two": (WORDS, "{item: tables,", "{thing: open, item: tables,", "2:3", "只写一种"),
    "words of another": (WORDS, "门口摆桌子", "想开店", "2:26", "已经指"),
    "the same words for two": (WORDS, "门口摆桌子", "开个铺子", "2:26", "已经指"),
    "one character": (WORDS, "门口摆桌子", "桌", "2:26", "1 个字"),
    "no list": (WORDS, "[门口摆桌子]", "门口摆桌子", "2:25", "列表"),
    "a name nobody knows": (WORDS, "- {item", "- {popular: 1, item", "2:4", "popular"),
    "a word read as two": (ALIKE, "[娃儿]", "[铺子]", "2:20", "已经当作"),
    "a word read on": (ALIKE, "[娃儿]", "[店]", "2:20", "say"),
}


@pytest.fixture
def words(small: SmallPack) -> SmallPack:
    with_things(small)
    small.write(WORDS, SOUND)
    small.write(ALIKE, ALIKE_SOUND)
    return small


def test_sound_words_are_kept_by_what_they_mean(words: SmallPack) -> None:
    checked = pack.check(words.root)
    assert checked.faults == [] and checked.pack is not None
    assert wanted.words(checked.pack.things) == {
        "things": {"open": ["开个铺子", "打算卖点东西"]},
        "items": {"tables": ["门口摆桌子"]},
        "alike": {"铺子": "店", "门面": "店", "娃儿": "孩子"},
        "events": ["opening"],
    }


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named_with_its_place(words: SmallPack, name: str) -> None:
    file, there, instead, place, message = BROKEN[name]
    words.write(file, {WORDS: SOUND, ALIKE: ALIKE_SOUND}[file].replace(there, instead, 1))
    faults = [fault for fault in pack.check(words.root).faults if fault.file == file]
    assert any(f"{fault.line}:{fault.column}" == place and message in fault.message for fault in faults), faults
