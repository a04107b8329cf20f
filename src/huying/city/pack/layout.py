"""Which files make a pack and which columns each has; `read` reads them all. Start here to write a pack."""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, Pair, yaml_cell
from huying.city.pack.columns import (
    Column,
    anything,
    day,
    digits,
    key,
    listed,
    number,
    one_of,
    parted,
    prose,
    text,
    truth,
    whole,
    zone,
)
from huying.city.pack.faults import START, Faults, shown
from huying.city.pack.source import Source
from huying.city.pack.tables import Row, Table, read_csv, read_yaml_list, read_yaml_map, yaml_row
from huying.city.pack.things import layout as thing_files
from huying.city.pack.words import CLOCKS, KINDS, LEVELS, STEPS, UNITS, URGENCIES

NAME, SHORT, LONG = 64, 32, 200
MOST_BUDGET = 9999
_FROM_TO = (Column("valid_from", day, blank=None), Column("valid_to", day, blank=None))
_MAY_FROM_TO = (Column("valid_from", day, blank=None, extra=True), Column("valid_to", day, blank=None, extra=True))
_SUCCESSOR = Column("successor", key(), blank=None)
_SORTS = tuple(sort for sorts in KINDS.values() for sort in sorts)

PACK = (
    Column("name", key(NAME)),
    Column("title", text(NAME)),
    Column("time_zone", zone),
    Column("city", key()),
    Column("sources", anything, blank=None),
    Column("notes", anything, blank=None),
)
AREAS = (
    Column("key", key()),
    Column("code", digits(12), blank=""),
    Column("name", text(NAME)),
    Column("level", one_of(LEVELS)),
    Column("parent", key(), blank=None),
    *_FROM_TO,
    _SUCCESSOR,
    Column("aliases", parted(LONG), blank=()),
    Column("lon", number(-180, 180), blank=None, extra=True),
    Column("lat", number(-90, 90), blank=None, extra=True),
)
DEPARTMENTS = (
    Column("key", key()),
    Column("name", text(NAME)),
    Column("short", text(SHORT)),
    Column("type", key(SHORT)),
    Column("level", one_of(LEVELS)),
    Column("area", key()),
    Column("phone", text(SHORT), blank=""),
    *_FROM_TO,
    _SUCCESSOR,
)
TEMPLATES = (Column("type", key(SHORT)), Column("name", text(LONG)), Column("short", text(LONG)))
DUTIES = (
    Column("key", key()),
    Column("group", text(SHORT)),
    Column("subgroup", text(SHORT)),
    Column("name", text(NAME)),
    Column("text", prose),
    Column("lead", key(SHORT)),
    Column("assists", listed(key(SHORT)), blank=()),
    Column("level", one_of(LEVELS)),
    Column("urgency", one_of(URGENCIES), blank="ordinary"),
    Column("ground", text(LONG), blank=""),
    Column("may_pass_down", truth, blank=True),
    *_MAY_FROM_TO,
)
TERMS = (
    Column("key", key()),
    Column("kind", one_of(KINDS)),
    Column("sort", one_of(_SORTS), blank=""),
    Column("urgency", one_of(URGENCIES), blank=""),
    Column("what", one_of(CLOCKS)),
    Column("budget", whole(1, MOST_BUDGET)),
    Column("unit", one_of(UNITS)),
    Column("basis", text(LONG)),
    *_MAY_FROM_TO,
)
DAYS = (Column("date", day), Column("working", truth), Column("name", text(SHORT), blank=""), Column("notice", text(LONG)))
YEARS = (Column("year", whole(1900, 2199)), Column("notice", text(LONG)), Column("published", day, blank=None))
REPLIES = (
    Column("key", key()),
    Column("title", text(40)),
    Column("step", one_of(STEPS)),
    Column("duty", key(), blank=""),
    Column("text", prose),
)
TEMPLATE_LEVELS = ("district", "street")


@dataclass(slots=True)
class Pack:
    """A pack as it was read; cells at fault are None in their rows."""

    about: Row | None = None
    areas: Table = field(default_factory=Table)
    departments: Table = field(default_factory=Table)
    templates: dict[str, Table] = field(default_factory=dict)  # by level
    duties: Table = field(default_factory=Table)
    terms: Table = field(default_factory=Table)
    days: Table = field(default_factory=Table)
    years: Table = field(default_factory=Table)
    replies: Table = field(default_factory=Table)  # templates of answers; a pack may have none
    things: thing_files.Catalogue = field(default_factory=thing_files.Catalogue)  # a pack may have none
    settings: dict[str, Pair] | None = None
    digest: str = ""
    texts: dict[str, str] = field(default_factory=dict)  # the files of things, word for word


def read(root: Path, faults: Faults) -> Pack | None:
    """Read all files of a pack and note what cannot be read; None when there is no such folder."""
    source = Source(root, faults)
    if not source.there():
        return None
    pack = Pack()
    about = read_yaml_map(source, "pack.yaml", faults)
    pack.about = yaml_row(about, "pack.yaml", PACK, faults) if about else None
    pack.areas = read_csv(source, "areas.csv", AREAS, faults)
    pack.departments = read_csv(source, "departments.csv", DEPARTMENTS, faults)
    pack.templates = _templates(source, faults)
    pack.duties = _duties(source, faults)
    terms = source.text("terms.yaml")
    pack.terms = read_yaml_list(None if terms is None else yaml_cell(terms, "terms.yaml", faults), "terms.yaml", TERMS, faults)
    pack.days = read_csv(source, "calendar.csv", DAYS, faults)
    pack.years = read_csv(source, "calendar_years.csv", YEARS, faults)
    if source.has("replies.yaml"):
        replies = source.text("replies.yaml")
        cell = None if replies is None else yaml_cell(replies, "replies.yaml", faults)
        pack.replies = read_yaml_list(cell, "replies.yaml", REPLIES, faults)
    pack.things = thing_files.read(source, faults)
    settings = read_yaml_map(source, "settings.yaml", faults)
    pack.settings = settings.value if settings else None
    pack.digest = source.digest()
    pack.texts = {name: text for name, text in source.texts.items() if thing_files.belongs(name)}
    return pack


def _templates(source: Source, faults: Faults) -> dict[str, Table]:
    file = "templates.yaml"
    cell = read_yaml_map(source, file, faults)
    if cell is None:
        return {level: Table(known=False) for level in TEMPLATE_LEVELS}
    for name, pair in cell.value.items():
        if name not in TEMPLATE_LEVELS:
            faults.add(file, pair.name, _("不认识“{name}”；这里只写 district 和 street").format(name=shown(name)))
    return {level: _template(cell, level, faults) for level in TEMPLATE_LEVELS}


def _template(cell: Cell, level: str, faults: Faults) -> Table:
    if level not in cell.value:
        faults.add("templates.yaml", START, _("缺少“{name}”一节；请补上这一级的部门模板").format(name=level))
        return Table(known=False)
    return read_yaml_list(cell.value[level].cell, "templates.yaml", TEMPLATES, faults)


def _duties(source: Source, faults: Faults) -> Table:
    """The duties of all files in duties/; known when every file could be read."""
    names, table = source.names("duties", ".yaml"), Table()
    for name in names:
        content = source.text(name)
        part = read_yaml_list(None if content is None else yaml_cell(content, name, faults), name, DUTIES, faults)
        table.rows += part.rows
        table.known &= part.known
    table.known &= bool(names)
    return table
