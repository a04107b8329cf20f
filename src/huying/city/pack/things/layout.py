"""Which files under things/ hold what: common words, items, and one file for each thing. Start here to write a thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, Pair, yaml_cell
from huying.city.pack.columns import Column, day, digits, key, listed, one_of, text, truth, whole
from huying.city.pack.faults import Faults
from huying.city.pack.source import Source
from huying.city.pack.tables import Row, Table, read_csv, read_yaml_list, read_yaml_map, yaml_row
from huying.city.pack.things.columns import both, chinese, english, fee, kept, texts
from huying.city.pack.words import ITEM_KINDS, LEVELS, QUESTION_KINDS, WHO

FOLDER, PARTNERS_FILE = "things", "partners.csv"
NAME, LINE, MOST_DAYS = 64, 200, 400
_MAY_FROM_TO = (Column("valid_from", day, blank=None, extra=True), Column("valid_to", day, blank=None, extra=True))

PARTNERS = (
    Column("key", key()),
    Column("name", chinese(NAME)),
    Column("name_en", english(2 * NAME)),
    Column("short", chinese(32)),
    Column("home", chinese(NAME)),
    Column("home_code", digits(12)),
    Column("phone", text(32), blank=""),
    *_MAY_FROM_TO,
)
# bodies: who issues papers and bears items; `department` says that it is a type of department of this pack
BODIES = (Column("key", key()), *texts(NAME), Column("department", truth, blank=False))
LAWS = (Column("key", key()), *texts(LINE), Column("number", text(NAME), blank=""))
MATERIALS = (Column("key", key()), *texts(NAME), Column("issuer", key()), Column("held", truth, blank=False))
REMEDIES = (Column("key", key()), *texts(LINE))
EVENTS = (Column("key", key()), *texts(NAME))
ITEMS = (
    Column("code", key()),
    Column("name", both(NAME)),
    Column("department", key(32), blank=None),
    Column("level", one_of(LEVELS), blank=None),
    Column("partner", key(), blank=None),
    Column("down_to", one_of(LEVELS), blank=None),
    Column("kind", one_of(ITEM_KINDS)),
    Column("who", listed(one_of(WHO))),
    Column("ground", listed(text(NAME))),
    Column("statutory", whole(0, MOST_DAYS)),
    Column("promised", whole(0, MOST_DAYS)),
    Column("materials", kept, blank=None),
    Column("fields", kept, blank=None),
    Column("define", kept, blank=None),
    Column("visits", whole(0, 9)),
    Column("visits_here", whole(0, 9), blank=0),
    Column("fee", fee, blank=None),
    Column("result", both(NAME)),
    Column("valid_years", whole(1, 50), blank=0),
    Column("holder", key(), blank=None),
    Column("remedy", key()),
    *_MAY_FROM_TO,
)
THINGS = (
    Column("code", key()),
    Column("name", both(32)),
    Column("event", key()),
    Column("who", listed(one_of(WHO))),
    Column("promise", whole(1, MOST_DAYS)),
    Column("text", both(LINE)),
    Column("synonyms", kept),
    Column("ground", listed(text(NAME)), blank=()),
    Column("questions", kept, blank=None),
    Column("items", kept),
    *_MAY_FROM_TO,
)
QUESTIONS = (
    Column("key", key(32)),
    Column("ask", both(40)),
    Column("kind", one_of(QUESTION_KINDS), blank="one"),
    Column("options", kept, blank=None),
    Column("least", whole(0, 10**9 - 1), blank=0),
    Column("most", whole(0, 10**9 - 1), blank=0),
    Column("hint", both(80), blank=None),
    Column("when", kept, blank=None),
)
OPTIONS = (Column("key", key(32)), *texts(32))
ENTRIES = (
    Column("item", key()),
    Column("when", kept, blank=None),
    Column("after", listed(key()), blank=()),
    Column("why", both(80), blank=None),
    Column("may_skip", truth, blank=False),
    Column("without", listed(text(NAME)), blank=()),
    Column("materials", kept, blank=None),
    Column("fields", kept, blank=None),
)
# everyday words for a thing, or for an item that is found by itself; and words that mean the same
WORDS = (Column("thing", key(), blank=None), Column("item", key(), blank=None), Column("words", kept))
ALIKE = (Column("say", text(NAME)), Column("also", kept))
# when a thing is offered to somebody before she asks for it (offers.py beside this file)
OFFERS = (
    Column("key", key(32)),
    Column("thing", key()),
    Column("when", kept),
    Column("why", both(60)),
    Column("ground", listed(text(NAME))),
    Column("answers", kept, blank=None),
    Column("assumed", kept, blank=None),
    Column("skip", listed(key()), blank=()),
    Column("fill", kept),
    Column("every", whole(1, 366), blank=90),
    *_MAY_FROM_TO,
)
OFFERS_FOLDER = f"{FOLDER}/offers"
ALIKE_FILE = f"{FOLDER}/words/alike.yaml"
COMMON = {"bodies": BODIES, "laws": LAWS, "materials": MATERIALS, "remedies": REMEDIES, "events": EVENTS}


@dataclass(slots=True)
class ThingFile:
    """One thing as it was read: its row, its questions each with its options, and its items."""

    row: Row
    questions: Table = field(default_factory=Table)
    options: dict[str, Table] = field(default_factory=dict)  # by question
    entries: Table = field(default_factory=Table)


@dataclass(slots=True)
class Catalogue:
    """All of things/ as it was read. A pack may leave it out: then nothing is in it."""

    partners: Table = field(default_factory=Table)
    common: dict[str, Table] = field(default_factory=lambda: {name: Table() for name in COMMON})
    fields: dict[str, Pair] = field(default_factory=dict)
    items: Table = field(default_factory=Table)
    things: list[ThingFile] = field(default_factory=list)
    words: Table = field(default_factory=Table)
    alike: Table = field(default_factory=Table)
    offers: Table = field(default_factory=Table)

    @property
    def fields_file(self) -> str:
        return f"{FOLDER}/common/fields.yaml"


def read(source: Source, faults: Faults) -> Catalogue:
    """Read all files of things/ and note what cannot be read."""
    found = Catalogue()
    if source.has(PARTNERS_FILE):
        found.partners = read_csv(source, PARTNERS_FILE, PARTNERS, faults)
    if not source.has(FOLDER):
        return found
    for name, columns in COMMON.items():
        found.common[name] = _listed(source, f"{FOLDER}/common/{name}.yaml", columns, faults)
    fields = read_yaml_map(source, found.fields_file, faults)
    found.fields = fields.value if fields else {}
    for name in source.names(f"{FOLDER}/items", ".yaml"):
        part = _listed(source, name, ITEMS, faults)
        found.items.rows += part.rows
        found.items.known &= part.known
    _words(source, found, faults)
    if source.has(OFFERS_FOLDER):  # a pack may offer nothing by itself
        for name in source.names(OFFERS_FOLDER, ".yaml"):
            found.offers.rows += _listed(source, name, OFFERS, faults).rows
    for name in source.names(FOLDER, ".yaml"):
        thing = of_cell(read_yaml_map(source, name, faults), name, faults)
        if thing:
            found.things.append(thing)
    return found


def of_cell(cell: Cell | None, name: str, faults: Faults) -> ThingFile | None:
    """The thing that the map of the file `name` says; None where it is no map."""
    row = yaml_row(cell, name, THINGS, faults) if cell else None
    return _thing(row, name, faults) if row else None


def belongs(name: str) -> bool:
    """Whether a file of the pack says what items and things are."""
    return name == PARTNERS_FILE or name.startswith(f"{FOLDER}/")


def _words(source: Source, found: Catalogue, faults: Faults) -> None:
    """Everyday words. A pack may have none: then things are found by their names and synonyms."""
    if not source.has(f"{FOLDER}/words"):
        return
    for name in source.names(f"{FOLDER}/words", ".yaml"):
        if name == ALIKE_FILE:
            found.alike = _listed(source, name, ALIKE, faults)
        else:
            found.words.rows += _listed(source, name, WORDS, faults).rows


def _listed(source: Source, name: str, columns: Sequence[Column], faults: Faults) -> Table:
    content = source.text(name)
    return read_yaml_list(None if content is None else yaml_cell(content, name, faults), name, columns, faults)


def _thing(row: Row, name: str, faults: Faults) -> ThingFile:
    found = ThingFile(row, questions=_inner(row["questions"], name, QUESTIONS, faults))
    for question in found.questions.rows:
        if question["key"]:
            found.options[question["key"]] = _inner(question["options"], name, OPTIONS, faults)
    found.entries = _inner(row["items"], name, ENTRIES, faults)
    return found


def _inner(cell: Cell | None, name: str, columns: Sequence[Column], faults: Faults) -> Table:
    return Table() if cell is None else read_yaml_list(cell, name, columns, faults)


def strings(cell: Cell | None, file: str, faults: Faults) -> list[tuple[str, Cell]]:
    """The texts of a list, each with its place; what is no text is noted."""
    if cell is None:
        return []
    if not isinstance(cell.value, list):
        faults.add(file, cell, _("这里应当是列表，例如 [a, b]"))
        return []
    found: list[tuple[str, Any]] = []
    for part in cell.value:
        if part.blank or isinstance(part.value, (list, dict)):
            faults.add(file, part, _("列表里每一项都要写一段文字"))
        else:
            found.append((part.text, part))
    return found
