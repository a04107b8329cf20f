"""The phrases of things and items: what they are called, what people say for them, and what stands beside."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huying.city.things import Both, Item, Whole
from huying.reading.everyday import Phrase

NAME, SAID, TEXT, ITEM, BESIDE = 2.0, 1.0, 0.5, 0.3, 0.15
THING, ITEM_KIND = "thing", "item"
Words = Mapping[str, Any]  # the pack's everyday words, as city.pack reads them


def label(kind: str, code: str) -> str:
    """How the finder knows a thing or an item."""
    return f"{kind}:{code}"


def all_phrases(wholes: Sequence[Whole], items: Sequence[Item], words: Words) -> Iterator[Phrase]:
    """The phrases of every thing, and of every item that is found by itself."""
    held = {code for whole in wholes for code in whole.items}
    for whole in wholes:
        yield from _of_thing(whole, words.get("things", {}).get(whole.thing.code, ()))
    for item in items:
        said = words.get("items", {}).get(item.code, ())
        if said or item.code not in held:
            yield from _of_item(label(ITEM_KIND, item.code), item, said)


def _of_thing(whole: Whole, said: Sequence[str]) -> Iterator[Phrase]:
    thing, of = whole.thing, label(THING, whole.thing.code)
    yield from _both(of, thing.name, NAME)
    yield from _both(of, thing.text, TEXT)
    yield from (Phrase(of, text, SAID) for text in (*thing.synonyms, *said))
    for question in thing.questions:
        yield from _both(of, question.ask, BESIDE)
        for option in question.options:
            yield from _both(of, option.text, BESIDE)
    for item in whole.items.values():
        yield from _both(of, item.name, ITEM)
        yield from _both(of, item.result, BESIDE)


def _of_item(of: str, item: Item, said: Sequence[str]) -> Iterator[Phrase]:
    yield from _both(of, item.name, NAME)
    yield from _both(of, item.result, TEXT)
    yield from (Phrase(of, text, SAID) for text in said)
    for material in item.materials:
        yield from _both(of, material.name, BESIDE)


def _both(of: str, text: Both, weight: float) -> Iterator[Phrase]:
    yield Phrase(of, text.zh, weight)
    yield Phrase(of, text.en, weight)
