"""What stands in a version: an item or a thing as plain data, complete in itself, and the digest that tells versions apart."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import msgspec

from huying.city.pack.cells import Cell, plain
from huying.city.pack.tables import Row
from huying.city.pack.things.grounds import grounds
from huying.city.pack.things.layout import Catalogue, ThingFile
from huying.city.things.shape import Item, Thing

Content = dict[str, Any]


def digest(content: Any) -> str:
    """SHA-256 over plain data, whatever the order of its names."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def item_of(content: Content) -> Item:
    """The item that content says."""
    return msgspec.convert(content, Item)


def thing_of(content: Content) -> Thing:
    """The thing that content says."""
    return msgspec.convert(content, Thing)


def item(row: Row, things: Catalogue) -> Content:
    """A sound item as plain data."""
    remedy = things.common["remedies"].by_key()[row["remedy"]]
    plain_ones = ("code", "name", "kind", "who", "statutory", "promised", "visits", "visits_here", "fee", "result")
    years = {"valid_years": row["valid_years"]} if row["valid_years"] else {}  # unsaid, the version is as it was
    return {
        **{name: row[name] for name in plain_ones},
        **years,
        "level": row["level"] or "",
        **({"down_to": row["down_to"]} if row["down_to"] else {}),  # left out where there is none: an old digest stands
        **({"holder": row["holder"]} if row["holder"] else {}),
        "body": _bearer(row, things),
        "ground": grounds(row, things),
        "materials": [_material(key, things) for key in _texts(row["materials"])],
        "fields": [_field(name, row, things) for name in _texts(row["fields"])],
        "remedy": _both(remedy),
    }


def thing(file: ThingFile, things: Catalogue) -> Content:
    """A sound thing as plain data."""
    row = file.row
    event = things.common["events"].by_key()[row["event"]]
    return {
        **{name: row[name] for name in ("code", "name", "who", "promise", "text")},
        "event": {"key": event["key"], "name": _both(event)},
        "synonyms": list(_texts(row["synonyms"])),
        "ground": grounds(row, things),
        "questions": [_question(question, file) for question in file.questions.rows],
        "entries": [_entry(entry) for entry in file.entries.rows],
    }


def _texts(cell: Cell | None) -> Iterator[str]:
    yield from (part.text for part in cell.value) if cell else ()


def _both(row: Row) -> dict[str, str]:
    return {"zh": row["zh"], "en": row["en"]}


def _bearer(row: Row, things: Catalogue) -> Content:
    if row["partner"]:
        partner = things.partners.by_key()[row["partner"]]
        return {"key": partner["key"], "name": {"zh": partner["name"], "en": partner["name_en"]}}
    return _body(row["department"], things)


def _body(key: str, things: Catalogue) -> Content:
    return {"key": key, "name": _both(things.common["bodies"].by_key()[key])}


def _material(key: str, things: Catalogue) -> Content:
    row = things.common["materials"].by_key()[key]
    return {"key": key, "name": _both(row), "issuer": _body(row["issuer"], things), "held": row["held"]}


def _field(name: str, row: Row, things: Catalogue) -> Content:
    bare = name.removesuffix("?")
    own = row["define"].value if row["define"] else {}
    fragment = own[bare] if bare in own else things.fields[bare]
    return {"name": bare, "schema": plain(fragment.cell), "required": not name.endswith("?")}


def _question(row: Row, file: ThingFile) -> Content:
    options = [{"key": option["key"], "text": _both(option)} for option in file.options[row["key"]].rows]
    names = ("key", "ask", "kind", "least", "most", "hint")
    return {name: row[name] for name in names} | {"options": options, "when": _plain(row["when"])}


def _entry(row: Row) -> Content:
    said = {name: row[name] for name in ("item", "why", "may_skip")}
    cases = {name: _plain(row[name]) or {} for name in ("materials", "fields")}
    lists = {name: list(row[name] or ()) for name in ("after", "without")}
    return said | cases | lists | {"when": _plain(row["when"])}


def _plain(cell: Cell | None) -> Any:
    return plain(cell) if cell else None
