"""Questions that people wrote who had seen neither catalogue nor words, asked of the pack that is shipped. No database."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from huying.base import yaml12
from huying.city import pack
from huying.city.pack.things import content, wanted
from huying.city.things import Whole
from huying.kernel.finding.order import Held, held_by, things_first
from huying.kernel.finding.phrases import all_phrases
from huying.reading.everyday import Alike, Finder
from huying.reading.everyday.finder import Found

HERE = Path(__file__).parent
PACK = HERE.parents[1] / "packs" / "chongqing"


class Asked(NamedTuple):
    """A question, and the things and items that are right for it."""

    text: str
    right: frozenset[str]


@cache
def finder() -> tuple[Finder, Held]:
    """What finds in the pack that is shipped, and which things do an item."""
    checked = pack.check(PACK)
    assert checked.faults == [] and checked.pack is not None
    things = checked.pack.things
    items = {row["code"]: content.item_of(content.item(row, things)) for row in things.items.rows}
    told = [content.thing_of(content.thing(file, things)) for file in things.things]
    wholes = [Whole(thing, {entry.item: items[entry.item] for entry in thing.entries}) for thing in told]
    words = wanted.words(things)
    return Finder(all_phrases(wholes, list(items.values()), words), Alike(words["alike"])), held_by(wholes)


def found(question: str) -> list[Found]:
    """What a question finds, in the order in which it is shown."""
    one, held = finder()
    return things_first(one.find(question), held)


@cache
def labels() -> dict[str, frozenset[str]]:
    """For each label of a writer the codes that are right."""
    told = yaml12.load((HERE / "labels.yaml").read_text("utf-8"))
    return {label: frozenset(() if codes == "none" else codes) for label, codes in told.items()}


def questions(file: Path) -> list[Asked]:
    """The questions of a file for which something is right."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    asked = [Asked(row.get("q") or row["text"], _right(row)) for row in rows]
    return [one for one in asked if one.right]


def _right(row: dict[str, str]) -> frozenset[str]:
    """By the writer's label, and by the second one where the question is honestly of two."""
    second = row.get("also")
    return labels()[row.get("thing") or row["event"]] | (labels()[second] if second else frozenset())


def share_in_first(asked: Sequence[Asked], first: int) -> float:
    """How often something right is among the `first` answers."""
    shown = [{of.label.split(":", 1)[1] for of in found(one.text)[:first]} for one in asked]
    return sum(not one.right.isdisjoint(codes) for one, codes in zip(asked, shown, strict=True)) / len(asked)
