"""What a question in everyday words may mean: a few things, and the items whose names it holds."""

import threading
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huying.base import clock
from huying.city import catalogue, loaded
from huying.city import queries as city
from huying.city.things import Item
from huying.kernel.finding import order, phrases
from huying.kernel.finding.names import Names
from huying.reading.everyday import Alike, Finder

MOST_ASKED = 200  # characters of a question; what stands beyond is not read
SHOWN, SHOWN_ITEMS = 6, 5
FAR = 10.0  # behind the best by so much, it is no answer any more
FIRST, NEAR = 3, 4.0  # beyond the first, only what is as near as this
WORDS = "words"  # the setting that holds the pack's everyday words


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing, or an item where `thing` is None. `words`: what of the question made it match."""

    thing: catalogue.InForce | None
    item: Item | None
    words: tuple[str, ...]
    score: float

    @property
    def code(self) -> str:
        return self.thing.whole.thing.code if self.thing else self.item.code if self.item else ""


@dataclass(frozen=True, slots=True)
class Hits:
    """`best`: things and items that stand alone, likeliest first. `named`: further items whose names were asked for."""

    best: tuple[Hit, ...]
    named: tuple[Hit, ...]


def find(question: str, on: date | None = None) -> Hits:
    """What the question may mean on that day; nothing where no word of it is known."""
    asked, day = question.strip()[:MOST_ASKED], on or clock.today()
    held = _current(day)
    found = held.finder.find(asked, SHOWN)
    near = [one for at, one in enumerate(found) if one.score > found[0].score - (FAR if at < FIRST else NEAR)]
    near = order.things_first(near, held.things)
    best = tuple(hit for one in near if (hit := _hit(one.label, one.words, one.score, day)) is not None)
    there = {hit.code for hit in best if hit.item}
    named = [item for item in held.names.named(asked) if item.code not in there]
    return Hits(best, tuple(Hit(None, item, (), 0.0) for item in named[:SHOWN_ITEMS]))


def _hit(of: str, words: tuple[str, ...], score: float, day: date) -> Hit | None:
    kind, code = of.split(":", 1)
    if kind == phrases.THING:
        thing = catalogue.thing(code, day)
        return Hit(thing, None, words, score) if thing else None
    item = catalogue.item(code, day)
    return Hit(None, item, words, score) if item else None


class _Held(NamedTuple):
    finder: Finder
    names: Names
    things: order.Held


_held: tuple[tuple[str, date], _Held] | None = None
_building = threading.Lock()


def _current(day: date) -> _Held:
    """What finds in that which is loaded and holds today; without a loaded pack it is made anew each time."""
    global _held
    held, wanted = _held, (loaded.digest(), day)
    if held is not None and wanted[0] and held[0] == wanted:
        return held[1]
    with _building:
        # another thread may have made it while this one waited
        if _held is None or not wanted[0] or _held[0] != wanted:
            _held = (wanted, _made(day))
        return _held[1]


def _made(day: date) -> _Held:
    words, items = city.setting(WORDS, {}), catalogue.items(day)
    wholes = [thing.whole for thing in catalogue.things(day)]
    alike = Alike(words.get("alike", {}))
    finder = Finder(phrases.all_phrases(wholes, items, words), alike)
    return _Held(finder, Names(items, alike), order.held_by(wholes))


@loaded.on_forget
def _drop() -> None:
    global _held
    _held = None
