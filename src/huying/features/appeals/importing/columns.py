"""Which column of a table holds what: known by its name, or as an option says."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huying.features.appeals.importing.words import ALIASES

FIELDS = tuple(ALIASES)
_NOISE = re.compile(r"[(\[【<][^)\]】>]*[)\]】>]|[\W_]")


def normal(header: str) -> str:
    """A header as it is compared: full-width forms folded, case, spaces, signs and what stands in brackets left out."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", header).casefold())


_FIELD_OF = {normal(alias): (field, rank) for field, names in ALIASES.items() for rank, alias in enumerate(names)}


class NoSuchField(ValueError):
    """An option names a field that does not exist."""


class NoSuchColumn(ValueError):
    """An option names a column that the table does not have."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's header, and where each field stands in it."""

    headers: tuple[str, ...]
    at: Mapping[str, int]

    @property
    def usable(self) -> bool:
        """Whether a call can be made of a row: there is a text, or at least a title."""
        return "text" in self.at or "title" in self.at

    @property
    def named(self) -> dict[str, str]:
        """Field -> its header as it stands in the file."""
        return {field: self.headers[index] for field, index in self.at.items()}

    @property
    def ignored(self) -> list[str]:
        """The headers that nothing is taken from."""
        taken = set(self.at.values())
        return [header for index, header in enumerate(self.headers) if index not in taken and header]


def field_named(name: str) -> str:
    """The field of that name or of that alias. Raises NoSuchField."""
    plain = normal(name)
    if plain in FIELDS:
        return plain
    if plain in _FIELD_OF:
        return _FIELD_OF[plain][0]
    raise NoSuchField(name)


def given(options: Sequence[str]) -> dict[str, str]:
    """`text=留言详情` -> {"text": "留言详情"}. Raises NoSuchField for an unknown field and for an option without `=`."""
    found = {}
    for option in options:
        field, sign, header = option.partition("=")
        if not sign or not header.strip():
            raise NoSuchField(option)
        try:
            found[field_named(field)] = header.strip()
        except NoSuchField as fault:
            raise NoSuchField(option) from fault
    return found


def match(headers: Sequence[str], options: Mapping[str, str] | None = None) -> Columns:
    """Find the fields in a header row. What an option names counts before any alias; of doubles, the first column counts.

    Raises NoSuchColumn when an option names a column that is not there.
    """
    options = options or {}
    plain = [normal(header) for header in headers]
    at: dict[str, int] = {}
    for field, header in options.items():
        at[field] = _index(headers, plain, header)
    ranks: dict[str, int] = {}
    taken = set(at.values())
    for index, name in enumerate(plain):
        field, rank = _FIELD_OF.get(name, ("", 0))
        if not field or field in options or index in taken:
            continue
        if field not in ranks or rank < ranks[field]:
            ranks[field], at[field] = rank, index
    return Columns(tuple(headers), at)


def _index(headers: Sequence[str], plain: Sequence[str], header: str) -> int:
    if header in headers:
        return headers.index(header)
    wanted = normal(header)
    if wanted and wanted in plain:
        return plain.index(wanted)
    raise NoSuchColumn(header)
