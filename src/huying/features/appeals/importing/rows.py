"""What one row says: a record's cells by field, cleaned and judged. Pure: no database, no city."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from huying.features.appeals.importing import times, widths
from huying.features.appeals.importing.columns import Columns
from huying.features.appeals.importing.table import Cell, Fault, Record, Table, text_of
from huying.features.appeals.importing.words import ASKS, CALLED, CALLED_SORT, SORTS, UNKNOWN, YES

TEXT_LONGEST = 50_000  # characters; what people type into the portal's form is kept shorter
TEXT_SHORTEST = 4  # letters and digits, title included
ID_LONGEST = 200
TELLS_ALONE = 40  # characters; of a shorter text (请尽快处理) the title belongs to what makes two messages the same
DEFAULT_SORT = "help"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?|[\u0085\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_QUOTED_FORMULA = re.compile(r"'[=+\-@\t]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can become a call. Empty strings where nothing is known; `at` None where no time is given."""

    number: int
    id: str
    title: str
    text: str
    at: datetime | None
    sort: str
    sort_unknown: str  # the word in the kind's column that says nothing to us
    areas: tuple[str, str, str]  # as written: city, district, street
    place: str
    user: str
    name: str
    phone: str
    openness: str  # confidential, anonymous, or '' when the row does not say

    @property
    def digest(self) -> str:
        """What the row says, as a hash: spaces and widths do not count, nor does the title of a text that tells alone."""
        text = squeezed(self.text)
        return _hash(text) if len(text) >= TELLS_ALONE else _hash(squeezed(self.title), text)

    @property
    def content(self) -> str:
        """A hash by which the row is known again when it has no number: who, when to the minute, where, what."""
        minute = f"{self.at:%Y-%m-%d %H:%M}" if self.at else ""
        said = (squeezed(self.title), squeezed(self.text))
        return _hash(self.phone or self.user or self.name, minute, *self.areas, self.place, *said)


def body(table: Table) -> Iterator[Record]:
    """The records that say something: empty rows and repeated headers are passed over."""
    for record in table.records:
        if not record.empty and tuple(text_of(cell).strip() for cell in record.cells) != table.columns.headers:
            yield record


def read(record: Record, columns: Columns, now: datetime, default_sort: str = "") -> Row | list[Fault]:
    """The row, or every fault that keeps it out. `default_sort` is the kind where the row names none."""
    if record.fault:
        return [record.fault]
    width = len(columns.headers)
    if any(cell is not None and cell != "" for cell in record.cells[width:]):
        return [Fault("", "too_wide", {"n": len(record.cells), "most": width})]
    cells = _Cells(record, columns)
    faults: list[Fault] = []
    title, text = _told(cells, faults)
    at = _moment(cells, now, faults)
    number = cells.known("id")
    if len(number) > ID_LONGEST:
        faults.append(Fault("id", "long_id", {"n": len(number), "most": ID_LONGEST}))
    if faults:
        return faults
    written = cells.known("sort")
    found = sort_of(written)
    return Row(
        number=record.number,
        id=number,
        title=title,
        text=text,
        at=at,
        sort=found or default_sort or guessed_sort(title or text[:40]),
        sort_unknown="" if found else written,
        areas=(cells.known("city"), cells.known("district"), cells.known("street")),
        place=cells.known("place"),
        user=cells.known("user"),
        name=cells.known("name"),
        phone=cells.known("phone"),
        openness=cells.openness(),
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    record: Record
    columns: Columns

    def raw(self, field: str) -> Cell:
        index = self.columns.at.get(field)
        return self.record.cells[index] if index is not None and index < len(self.record.cells) else None

    def text(self, field: str) -> str:
        return clean(text_of(self.raw(field)))

    def known(self, field: str) -> str:
        """The cell on one line, '' when it says that nothing is known."""
        text = _SPACES.sub(" ", self.text(field))
        return "" if unknown(text) else text

    def openness(self) -> str:
        for field in ("anonymous", "confidential"):
            if self.text(field).casefold() in YES:
                return field
        return ""


def _told(cells: _Cells, faults: list[Fault]) -> tuple[str, str]:
    """Title and text; where there is only a title, it is the text."""
    title, text = cells.known("title"), cells.text("text")
    text = "" if unknown(text) else text
    field = "text" if "text" in cells.columns.at else "title"
    if not text:
        title, text = "", title
    if not text:
        faults.append(Fault(field, "no_text"))
    elif sum(map(str.isalnum, text + title)) < TEXT_SHORTEST:
        faults.append(Fault(field, "short_text"))
    elif len(text) + len(title) > TEXT_LONGEST:
        faults.append(Fault(field, "long_text", {"n": len(text) + len(title), "most": TEXT_LONGEST}))
    return title, text


def _moment(cells: _Cells, now: datetime, faults: list[Fault]) -> datetime | None:
    raw = cells.raw("time")
    written = raw if isinstance(raw, datetime) else cells.known("time")
    if not written:
        return None
    try:
        at = times.parse(written)
    except times.BadTime as fault:
        faults.append(Fault("time", fault.code, {"value": str(written)[:40]}))
        return None
    if at > now + timedelta(days=1):
        faults.append(Fault("time", "in_the_future", {"value": str(written)[:40]}))
    return min(at, now)


def clean(text: str) -> str:
    """Without control characters, line ends made alike; `'=1+1` as a spreadsheet shows it."""
    text = _CONTROL.sub("", _NEWLINE.sub("\n", text)).strip()
    return text[1:] if _QUOTED_FORMULA.match(text) else text


def unknown(text: str) -> bool:
    """Whether a cell says in words that nothing is known."""
    return len(text) < 12 and unicodedata.normalize("NFKC", text).strip().casefold() in UNKNOWN


def squeezed(text: str) -> str:
    """A text as two are compared: widths folded, no spaces."""
    return _SPACES.sub("", widths.folded(text))


def sort_of(written: str) -> str:
    """The kind of appeal a word means, '' when it means none."""
    plain = written.casefold()
    if not plain:
        return ""
    if plain in SORTS:
        return plain
    return next((sort for sort, words in SORTS.items() if any(word in plain for word in words)), "")


def guessed_sort(title: str) -> str:
    """The kind a title itself names (投诉…, 咨询…), a question for an inquiry, else a call for help."""
    if called := CALLED.search(title):
        return CALLED_SORT[called[0]]
    return "inquiry" if ASKS.search(title) else DEFAULT_SORT


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
