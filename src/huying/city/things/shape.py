"""What an item and a thing are: immutable, complete in themselves, readable long after the pack has changed."""

from functools import cached_property
from typing import Any

import msgspec

from huying.city.things.conditions import Condition
from huying.city.things.parsing import condition


class Both(msgspec.Struct, frozen=True):
    """A text in both languages."""

    zh: str
    en: str


class Body(msgspec.Struct, frozen=True):
    """Who issues a paper or bears an item: a type of department, a partner, or a body that is no department (a hospital)."""

    key: str
    name: Both


class Material(msgspec.Struct, frozen=True):
    """A document asked for. `held`: the city has it already, so it is fetched and not asked for."""

    key: str
    name: Both
    issuer: Body
    held: bool


class Field(msgspec.Struct, frozen=True):
    """A field of a form: a JSON Schema 2020-12 fragment; one name means the same everywhere."""

    name: str
    schema: dict[str, Any]
    required: bool


class Fee(msgspec.Struct, frozen=True):
    """What it costs, in yuan, and by which rule."""

    yuan: int
    text: Both


class Item(msgspec.Struct, frozen=True):
    """One service of one body. Days are working days; `visits` are trips when done alone, `visits_here` within a thing."""

    code: str
    name: Both
    body: Body
    level: str  # '' where a partner outside the city bears it
    kind: str
    who: tuple[str, ...]
    ground: tuple[Both, ...]
    statutory: int
    promised: int
    materials: tuple[Material, ...]
    fields: tuple[Field, ...]
    visits: int
    visits_here: int
    fee: Fee | None
    result: Both
    remedy: Both
    down_to: str = ""  # the lowest level to which its body may pass it; '' where it may not
    valid_years: int = 0  # for how long the result holds; 0 is until something changes
    holder: str = ""  # the field that names whose the result is; '' is the applicant


class Option(msgspec.Struct, frozen=True):
    key: str
    text: Both


class Question(msgspec.Struct, frozen=True, dict=True):
    """One question in plain words: `one` of the options, `many` (`least` or more), or a `number` from `least` to `most`."""

    key: str
    ask: Both
    kind: str
    options: tuple[Option, ...]
    least: int
    most: int
    hint: Both | None
    when: dict[str, Any] | None

    @cached_property
    def asked(self) -> Condition:
        """When it is asked at all; looks at earlier questions only."""
        return condition(self.when)


class Entry(msgspec.Struct, frozen=True, dict=True):
    """An item in a thing: when it is done, after which others, why; which of its papers and
    fields it does `without` here, and which are asked for in some cases only."""

    item: str
    when: dict[str, Any] | None
    after: tuple[str, ...]
    why: Both | None
    may_skip: bool
    without: tuple[str, ...]
    materials: dict[str, dict[str, Any]]
    fields: dict[str, dict[str, Any]]

    @cached_property
    def done(self) -> Condition:
        """When the item belongs to the case."""
        return condition(self.when)

    @cached_property
    def asks(self) -> dict[str, Condition]:
        """When each paper is asked for that is not always."""
        return {key: condition(plain) for key, plain in self.materials.items()}

    @cached_property
    def fills(self) -> dict[str, Condition]:
        """When each field is filled in that is not always."""
        return {name: condition(plain) for name, plain in self.fields.items()}


class Thing(msgspec.Struct, frozen=True):
    """Items that one event of life or business needs together. `promise` is in working days, from the day after applying."""

    code: str
    name: Both
    event: Body
    who: tuple[str, ...]
    promise: int
    text: Both
    synonyms: tuple[str, ...]
    ground: tuple[Both, ...]
    questions: tuple[Question, ...]
    entries: tuple[Entry, ...]


class Whole(msgspec.Struct, frozen=True):
    """A thing with all items it names, as they were in that version."""

    thing: Thing
    items: dict[str, Item]
