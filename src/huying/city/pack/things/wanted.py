"""The rows and the versions that the things of a sound pack ask for."""

from dataclasses import dataclass
from typing import Any

from huying.city.pack.cells import Cell
from huying.city.pack.changes import Fields
from huying.city.pack.tables import Row
from huying.city.pack.things import content
from huying.city.pack.things.layout import Catalogue

PARTNER_FIELDS = ("name", "name_en", "short", "home", "home_code", "phone", "valid_from", "valid_to")
ITEM_FIELDS = ("name", "name_en", "department", "level", "partner", "digest", "valid_from", "valid_to")
THING_FIELDS = ("name", "name_en", "event", "digest", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Contents:
    """What the versions hold, by code, and the digest of each. A thing's digest covers those of its items."""

    items: dict[str, content.Content]
    things: dict[str, content.Content]
    digests: dict[str, dict[str, str]]


def contents(things: Catalogue) -> Contents:
    """All content of the pack."""
    items = {row["code"]: content.item(row, things) for row in things.items.rows}
    told = {file.row["code"]: content.thing(file, things) for file in things.things}
    of_items = {code: content.digest(said) for code, said in items.items()}
    of_things = {code: content.digest([said, [of_items[code] for code in codes_of(said)]]) for code, said in told.items()}
    return Contents(items, told, {"items": of_items, "things": of_things})


def codes_of(thing: content.Content) -> list[str]:
    """The items that a thing names."""
    return [entry["item"] for entry in thing["entries"]]


def rows(things: Catalogue, said: Contents) -> dict[str, dict[str, Fields]]:
    """The rows by table, references as keys."""
    return {
        "partners": {row["key"]: {name: row[name] for name in PARTNER_FIELDS} for row in things.partners.rows},
        "items": {row["code"]: _item(row, said) for row in things.items.rows},
        "things": {file.row["code"]: _thing(file.row, said) for file in things.things},
    }


def words(things: Catalogue) -> dict[str, Any]:
    """The everyday words: of `things` and `items` by code, `alike`, a word with what it is read as, and `events` in order."""
    said: dict[str, dict[str, list[str]]] = {"things": {}, "items": {}}
    for row in things.words.rows:
        kind, code = ("things", row["thing"]) if row["thing"] else ("items", row["item"])
        said[kind].setdefault(code, []).extend(_texts(row["words"]))
    alike = {word: row["say"] for row in things.alike.rows for word in _texts(row["also"])}
    return {**said, "alike": alike, "events": [row["key"] for row in things.common["events"].rows]}


def _texts(cell: Cell) -> list[str]:
    return [part.text for part in cell.value]


def _item(row: Row, said: Contents) -> Fields:
    return {
        **_named(row),
        "department": row["department"] or "",
        "level": row["level"] or "",
        "partner": row["partner"],
        "digest": said.digests["items"][row["code"]],
    }


def _thing(row: Row, said: Contents) -> Fields:
    return {**_named(row), "event": row["event"], "digest": said.digests["things"][row["code"]]}


def _named(row: Row) -> Fields:
    days = {name: row[name] for name in ("valid_from", "valid_to")}
    return {"name": row["name"]["zh"], "name_en": row["name"]["en"], **days}
