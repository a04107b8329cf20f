"""The bones of a thing, as far as they are sound: what its proofs need, without a word of its texts.

So a missing translation hides no broken promise: one check names both.
"""

from dataclasses import dataclass
from typing import Any

from huying.city.pack.cells import Cell, plain
from huying.city.pack.tables import Row
from huying.city.pack.things.layout import Catalogue, ThingFile
from huying.city.pack.things.rules_conditions import sound
from huying.city.things.answering import MANY_LIMIT
from huying.city.things.shape import Body, Both, Entry, Item, Option, Question, Thing, Whole

_BLANK = Both("", "")
_NOBODY = Body("", _BLANK)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`questions`: all of them are sound, so that the sets of answers are the real ones. `entries`: none had to be left out."""

    whole: Whole
    questions: bool
    entries: bool


def skeleton(file: ThingFile, things: Catalogue) -> Skeleton:
    """What can be proved on. An entry at fault is left out: no path grows by that."""
    asked = [_question(row, file) for row in file.questions.rows]
    items, entries = things.items.by_key("code"), [_entry(row, file) for row in file.entries.rows]
    kept = [entry for entry in entries if entry is not None and entry.item in items]
    row = file.row
    thing = Thing(
        *(row["code"] or "", _BLANK, _NOBODY, (), row["promise"] or 0, _BLANK, (), ()),
        questions=tuple(question for question in asked if question is not None),
        entries=tuple(kept),
    )
    whole = Whole(thing, {entry.item: _item(items[entry.item]) for entry in kept})
    return Skeleton(whole, None not in asked, len(kept) == len(entries))


def _when(cell: Cell | None, before: str | None, file: ThingFile) -> tuple[dict[str, Any] | None, bool]:
    if cell is None:
        return None, True
    return (plain(cell), True) if sound(cell, before, file) is not None else (None, False)


def _question(row: Row, file: ThingFile) -> Question | None:
    options = file.options.get(row["key"] or "")
    when, well = _when(row["when"], row["key"], file)
    if not well or row.bad & {"key", "kind", "options", "least", "most"} or (options is None or options.known is False):
        return None
    keys = tuple(Option(option["key"], _BLANK) for option in options.rows if option["key"])
    if row["kind"] == "many" and len(keys) > MANY_LIMIT:
        return None  # told already; the sets of so many would never end
    return Question(row["key"], _BLANK, row["kind"], keys, row["least"], row["most"], None, when)


def _entry(row: Row, file: ThingFile) -> Entry | None:
    when, well = _when(row["when"], None, file)
    if not well or row.bad & {"item", "after"}:
        return None
    cases = {name: _cases(row[name], file) for name in ("materials", "fields")}
    return Entry(row["item"], when, tuple(row["after"] or ()), None, False, (), cases["materials"], cases["fields"])


def _cases(cell: Cell | None, file: ThingFile) -> dict[str, dict[str, Any]]:
    """The sound conditions of papers or fields: numbers in them part the answers too."""
    if cell is None or not isinstance(cell.value, dict):
        return {}
    found = {name: _when(pair.cell, None, file)[0] for name, pair in cell.value.items()}
    return {name: when for name, when in found.items() if when is not None}


def _item(row: Row) -> Item:
    days = row["promised"] or 0
    return Item(
        *(row["code"] or "", _BLANK, _NOBODY, "", "", (), (), days, days, (), ()),
        visits=0,
        visits_here=0,
        fee=None,
        result=_BLANK,
        remedy=_BLANK,
    )
