"""What must hold of conditions by themselves: well written, about questions and options that exist."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, plain
from huying.city.pack.columns import nearest
from huying.city.pack.faults import Faults, shown
from huying.city.pack.tables import Row
from huying.city.pack.things.columns import at, spread
from huying.city.pack.things.layout import ThingFile
from huying.city.things.conditions import Chosen, Condition, Counted
from huying.city.things.parsing import DEEPEST, BadCondition, Flaw, condition
from huying.city.things.walking import parts


def check_conditions(file: ThingFile, faults: Faults) -> None:
    """Every condition of a thing, and that something hangs on every question."""
    names = [row["key"] for row in file.questions.rows]
    used: set[str] = set()
    for cell, before in written(file):
        try:
            found = condition(plain(cell))
        except BadCondition as bad:
            for flaw in bad.flaws:
                faults.add(file.row.file, at(cell, flaw.at), _said(flaw))
            continue
        for part in parts(found):
            if isinstance(part, Chosen | Counted):
                used.add(part.question)
                _check_part(part, cell, before, file, names, faults)
    for row in file.questions.rows:
        if row["key"] and row["key"] not in used:
            message = _("“{key}”问了也不决定什么；请让一个条件用到它，或删去这一问").format(key=row["key"])
            faults.add(row.file, row.at("key"), message)


def written(file: ThingFile) -> Iterator[tuple[Cell, str | None]]:
    """The cells of all conditions of a thing, each with the question it belongs to, if any."""
    for row in file.questions.rows:
        if row["when"] is not None:
            yield row["when"], row["key"]
    for entry in file.entries.rows:
        if entry["when"] is not None:
            yield entry["when"], None
        for column in ("materials", "fields"):
            if entry[column] is not None:
                yield from ((pair.cell, None) for _name, pair in spread(entry[column]))


def sound(cell: Cell, before: str | None, file: ThingFile) -> Condition | None:
    """The condition that a cell says; None when something is wrong with it."""
    faults = Faults()
    try:
        found = condition(plain(cell))
    except BadCondition:
        return None
    names = [row["key"] for row in file.questions.rows]
    for part in parts(found):
        if isinstance(part, Chosen | Counted):
            _check_part(part, cell, before, file, names, faults)
    return None if len(faults) else found


def _check_part(
    part: Chosen | Counted, cell: Cell, before: str | None, file: ThingFile, names: list[str | None], faults: Faults
) -> None:
    place = _place(cell, part)
    rows = file.questions.by_key()
    if part.question not in rows:
        hint = nearest(part.question, rows)
        message = _("没有“{name}”这一问{hint}；请改成问过的").format(name=shown(part.question), hint=hint)
        faults.add(file.row.file, place, message)
        return
    if before is not None and names.index(part.question) >= names.index(before):
        message = _("“{name}”在后面才问；一问只能看前面的回答").format(name=part.question)
        faults.add(file.row.file, place, message)
    _check_answer(part, rows[part.question], place, file, faults)


def _check_answer(part: Chosen | Counted, row: Row, place: Cell, file: ThingFile, faults: Faults) -> None:
    if isinstance(part, Counted) != (row["kind"] == "number"):
        message = _("“{name}”的回答不是这一种；选项写名称，数字写 at_least 或 at_most").format(name=part.question)
        faults.add(file.row.file, place, message)
    elif isinstance(part, Chosen):
        options = file.options[part.question].by_key()
        for option in part.options:
            if option not in options:
                message = _("“{name}”没有“{option}”这个选项{hint}").format(
                    name=part.question, option=shown(option), hint=nearest(option, options)
                )
                faults.add(file.row.file, place, message)


def _place(cell: Cell, part: Chosen | Counted) -> Cell:
    """Where the name of the question stands within the condition; the condition itself when it cannot be told."""
    for name, pair in _names(cell):
        if name == part.question:
            return pair
    return cell


def _names(cell: Cell) -> Iterator[tuple[str, Cell]]:
    for name, pair in spread(cell):
        yield name, pair.name
        yield from _names(pair.cell)
    for inner in cell.value if isinstance(cell.value, list) else ():
        yield from _names(inner)


def _said(flaw: Flaw) -> str:
    messages = {
        "map": _("条件要写成 {form}").format(form=_("{问题: 选项}")),
        "deep": _("条件套得太深，最多 {limit} 层").format(limit=DEEPEST),
        "list": _("all 和 any 后面要跟一个列表，每项是一个条件"),
        "option": _("选项要写它的 key"),
        "options": _("至少写一个选项"),
        "bound": _("不认识“{name}”；数字只写 at_least 和 at_most").format(name=shown(flaw.value)),
        "number": _("这里要写整数"),
        "bounds": _("at_least 和 at_most 至少写一个，at_least 不能大于 at_most"),
    }
    return messages[flaw.what]
