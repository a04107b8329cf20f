"""When a thing is offered (主动服务): one rule of things/offers/*.yaml read into data, and what stands in its `when`."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, Pair, plain
from huying.city.pack.columns import Reader, Wrong, key, listed, one_of, text, whole
from huying.city.pack.faults import shown
from huying.city.pack.tables import Row
from huying.city.pack.things.columns import named
from huying.city.pack.things.grounds import grounds
from huying.city.pack.things.layout import Catalogue
from huying.city.things.offers import SOURCES, ChildStarts, Expires, Turns

When = Turns | ChildStarts | Expires
OLDEST, GROWN = 130, 30
_DAY = re.compile(r"(\d\d)-(\d\d)")


def month_day(cell: Cell) -> tuple[int, int]:
    """A day that every year has: 08-31."""
    value = str(text(8)(cell))
    found = _DAY.fullmatch(value) if value.isascii() else None
    try:
        if found:
            day = date(2023, int(found[1]), int(found[2]))  # no leap year: 29 February is not there every year
            return day.month, day.day
    except ValueError:
        pass  # 02-30 has the form of a day, and is none
    raise Wrong(_("“{text}”不是每年都有的一天；请写成 08-31 这样").format(text=shown(value)), cell)


_TURNS: dict[str, Reader] = {"turns": whole(1, OLDEST), "within": whole(1, 366), "stands": whole(0, 366)}
_CHILD: dict[str, Reader] = {"child_turns": whole(1, GROWN), "by": month_day, "opens": month_day, "closes": month_day}
_EXPIRES: dict[str, Reader] = {"expires": listed(key()), "within": whole(1, 366)}
_FORMS = (_TURNS, _CHILD, _EXPIRES)


def when_of(cell: Cell) -> When:
    """What a `when` says. Raises Wrong with the place of what is wrong."""
    known = cell.value if isinstance(cell.value, dict) else {}
    form = next((form for form in _FORMS if next(iter(form)) in known), None)
    if form is None:
        forms = " / ".join("{" + ", ".join(f"{name}: …" for name in form) + "}" for form in _FORMS)
        raise Wrong(_("写明什么时候替人备好：{forms}").format(forms=forms), cell)
    pairs = named(cell, tuple(form))
    values = {name: read(pairs[name].cell) for name, read in form.items()}
    if form is _TURNS:
        return Turns(values["turns"], values["within"], values["stands"])
    if form is _EXPIRES:
        return Expires(tuple(values["expires"]), values["within"])
    return _child(values, pairs)


def _child(values: dict[str, Any], pairs: dict[str, Pair]) -> ChildStarts:
    if values["opens"] > values["closes"]:
        raise Wrong(_("opens 要在 closes 以前；这样写永远没有一天能办"), pairs["closes"].cell)
    return ChildStarts(values["child_turns"], values["by"], values["opens"], values["closes"])


SOURCE = one_of(SOURCES)


def answers_of(cell: Cell | None) -> dict[str, Any]:
    """Answers as they are given: an option, several, or a number."""
    return {name: plain(pair.cell) for name, pair in cell.value.items()} if cell and isinstance(cell.value, dict) else {}


def content(row: Row, things: Catalogue) -> dict[str, Any]:
    """A sound rule as plain data."""
    when = when_of(row["when"])
    days = {name: row[name].isoformat() for name in ("valid_from", "valid_to") if row[name]}
    rule = {
        **{name: row[name] for name in ("key", "thing", "why", "every")},
        "ground": grounds(row, things),
        "when": _when_content(when),
        "answers": answers_of(row["answers"]),
        "assumed": answers_of(row["assumed"]),
        "skip": list(row["skip"] or ()),
        "fill": {name: pair.cell.text for name, pair in row["fill"].value.items()},
    }
    return {"rule": rule, **days}


def _when_content(when: When) -> dict[str, Any]:
    tag = {Turns: "turns", ChildStarts: "child", Expires: "expires"}[type(when)]
    values = {name: getattr(when, name) for name in when.__struct_fields__}
    return {"type": tag, **{name: list(one) if isinstance(one, tuple) else one for name, one in values.items()}}
