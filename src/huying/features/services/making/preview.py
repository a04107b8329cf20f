"""A draft as a citizen would see it, as far as it is sound; and what it takes at most, one by one and here."""

from dataclasses import dataclass

import msgspec

from huying.city.pack.tables import Row
from huying.city.pack.things import content
from huying.city.pack.things.layout import ThingFile
from huying.city.pack.things.skeleton import skeleton
from huying.city.things import Both, Entry, Item, Question, Whole, compare
from huying.city.things.cases import TooMany, every
from huying.city.things.comparing import Compared
from huying.city.things.conditions import Answers, holds
from huying.city.things.ordering import Circle, longest_path
from huying.city.things.shape import Option
from huying.features.services.making.proving import Proved

MOST_CASES = 2_000
_UNSAID = Both("（还没有写）", "(not written yet)")  # read, not said: it stands where a text of the draft will stand


@dataclass(frozen=True, slots=True)
class Figures:
    """Over all sets of answers: how many there are, the one with most items compared, and the longest row of items."""

    cases: int
    most: Compared
    days: int
    way: tuple[str, ...]


def sketch(proved: Proved) -> Whole | None:
    """The thing with what is at fault left out; None where nothing of it can be read."""
    file, things = proved.file, proved.things
    if file is None:
        return None
    bones = skeleton(file, things).whole
    rows, entries = file.questions.by_key(), file.entries.by_key("item")
    thing = msgspec.structs.replace(
        bones.thing,
        name=_both(file.row["name"]),
        text=_both(file.row["text"]),
        who=tuple(file.row["who"] or ()),
        # of what is written twice the first counts
        questions=tuple(_question(one, rows[one.key], file) for one in {q.key: q for q in bones.thing.questions}.values()),
        entries=tuple(_entry(one, entries[one.item]) for one in {e.item: e for e in bones.thing.entries}.values()),
    )
    items = things.items.by_key("code")
    whole = Whole(thing, {code: _item(items[code], proved) for code in bones.items})
    return whole if _has_an_order(whole) else _without_order(whole)


def figures(whole: Whole) -> Figures | None:
    """What it takes at most; None where there is nothing to do, or too many sets of answers."""
    try:
        cases = every(whole.thing, MOST_CASES)
    except TooMany:
        return None
    sets: dict[tuple[str, ...], Answers] = {}
    for case in cases:
        sets.setdefault(tuple(entry.item for entry in whole.thing.entries if _done(entry, case)), case)
    if not any(sets):
        return None
    compared = [compare(whole, _given(case)) for case in sets.values()]
    most = max(compared, key=lambda one: (one.alone.applications, one.alone.materials))
    longest = max((longest_path(whole, codes) for codes in sets), key=lambda path: path.days)
    return Figures(len(cases), most, longest.days, longest.codes)


def _done(entry: Entry, case: Answers) -> bool:
    return holds(entry.done, case)


def _given(case: Answers) -> dict[str, str | int | list[str]]:
    return {key: list(answer) if isinstance(answer, tuple) else answer for key, answer in case.items()}


def _both(said: dict[str, str] | None) -> Both:
    return Both(said["zh"], said["en"]) if said else _UNSAID


def _question(question: Question, row: Row, file: ThingFile) -> Question:
    options = file.options[question.key].by_key()
    told = tuple(Option(one.key, _option(options[one.key])) for one in question.options if one.key in options)
    hint = _both(row["hint"]) if row["hint"] else None
    return msgspec.structs.replace(question, ask=_both(row["ask"]), options=told, hint=hint)


def _option(row: Row) -> Both:
    return Both(row["zh"] or _UNSAID.zh, row["en"] or _UNSAID.en)


def _entry(entry: Entry, row: Row) -> Entry:
    why = _both(row["why"]) if row["why"] else None
    return msgspec.structs.replace(entry, why=why, may_skip=bool(row["may_skip"]), without=tuple(row["without"] or ()))


def _item(row: Row, proved: Proved) -> Item:
    return content.item_of(content.item(row, proved.things))


def _has_an_order(whole: Whole) -> bool:
    try:
        longest_path(whole, tuple(whole.items))
    except Circle:
        return False
    return True


def _without_order(whole: Whole) -> Whole:
    entries = tuple(msgspec.structs.replace(entry, after=()) for entry in whole.thing.entries)
    return Whole(msgspec.structs.replace(whole.thing, entries=entries), whole.items)
