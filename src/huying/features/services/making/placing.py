"""Where in a thing a fault stands: from line and column to the name of the field that shows it."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell
from huying.city.pack.faults import Fault
from huying.features.services.making.yaml_text import cell_of

NAMES = ("code", "name", "event", "who", "promise", "text", "synonyms", "items", "key", "ask", "options", "zh", "en")
Places = dict[tuple[int, int], str]


def placed(text: str, faults: Iterable[Fault], fields: Collection[str]) -> dict[str, list[str]]:
    """The faults of a text by the field that shows them; by the row around it, or '' for the whole, where none does."""
    cell = cell_of(text)
    spots = dict(_spots(cell, "")) if cell is not None else {}
    found: dict[str, list[str]] = {}
    for fault in faults:
        path, message = _missing(fault, _path(spots, fault)) if spots else ("", fault.message)
        while path and path not in fields:
            path = path.rpartition(".")[0]
        found.setdefault(path, []).append(message.removeprefix(f"{path.rpartition('.')[2]}: "))
    return found


def _spots(cell: Cell, path: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Each place with its path. Where a row and its first name begin together, the row is meant: it comes last."""
    if isinstance(cell.value, dict):
        for name, pair in cell.value.items():
            inner = f"{path}.{name}" if path else name
            yield (pair.name.line, pair.name.column), inner
            yield from _spots(pair.cell, inner)
    elif isinstance(cell.value, list):
        for number, part in enumerate(cell.value):
            yield from _spots(part, f"{path}.{number}")
    yield (cell.line, cell.column), path


def _path(spots: Places, fault: Fault) -> str:
    at = (fault.line, fault.column)
    if at in spots:
        return spots[at]
    before = [spot for spot in spots if spot <= at]
    return spots[max(before)] if before else ""


def _missing(fault: Fault, path: str) -> tuple[str, str]:
    """A name that is not there has no place of its own: the fault says which it is. The field beside it says it in short."""
    last = path.rpartition(".")[2]
    for name in NAMES:
        if fault.message == _("“{name}”不能空着；请填上").format(name=name):
            return (path if last == name else _within(path, name)), _("请填上")
        if fault.message == f"{last}: " + _("缺少“{name}”；请补上").format(name=name):
            return _within(path, name), _("请填上")
    return path, fault.message


def _within(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
