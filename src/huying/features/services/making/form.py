"""A thing's data as a form: what was typed comes in, what was not touched stays as it was, however odd it is.

A field's name is its path: `questions.0.ask.zh`. What cannot be shown in parts is shown as a line of YAML. A name with `~`
says that ticks of this field stood on the page, so that none of them is an answer too.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from huying.features.services.making.yaml_text import Data, Raw, flow, of_flow

Given = Mapping[str, Sequence[str]]
TEXT, NUMBER, BOTH, LINES, TICKS, FLAG, CONDITION, FLOW = (
    "text",
    "number",
    "both",
    "lines",
    "ticks",
    "flag",
    "condition",
    "flow",
)
THING = {
    "code": TEXT,
    "name": BOTH,
    "event": TEXT,
    "who": TICKS,
    "promise": NUMBER,
    "text": BOTH,
    "synonyms": LINES,
    "ground": LINES,
}
QUESTION = {
    "key": TEXT,
    "ask": BOTH,
    "kind": TEXT,
    "least": NUMBER,
    "most": NUMBER,
    "hint": BOTH,
    "when": CONDITION,
}
OPTION = {"key": TEXT, "zh": TEXT, "en": TEXT}
ENTRY = {
    "when": CONDITION,
    "after": TICKS,
    "why": BOTH,
    "may_skip": FLAG,
    "without": TICKS,
    "materials": FLOW,
    "fields": FLOW,
}
# these stay as names without a value, so that a fault of theirs has its place
NEEDED = {"code", "name", "event", "who", "promise", "text", "synonyms", "key", "ask", "zh", "en"}
_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")  # no word holds these; a pasted one may
BOUNDS = ("at_least", "at_most")


def text_of(value: Any) -> str:
    """A value as its field shows it: on one line."""
    if value is None or (isinstance(value, Raw) and value == "null"):
        return ""
    return "".join(value.splitlines()) if isinstance(value, str) else flow(value)


def lines_of(value: Any) -> str:
    """A list as its box shows it: one on each line."""
    return "\n".join(map(text_of, value)) if isinstance(value, list) else text_of(value)


def names_of(value: Any) -> list[str] | None:
    """A list of names as its ticks show it; None where it is no such list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else None


def rows_of(data: Any, name: str) -> list[Data]:
    """The rows of a list of maps; none where it is something else."""
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, list) and all(isinstance(row, dict) for row in value) else []


def filled(data: Data, given: Given) -> Data:
    """The data with what was typed in it. The first one is left as it is."""
    made, given = deepcopy(data), {name: [_clean(value) for value in values] for name, values in given.items()}
    _fill(made, "", THING, given, made, None)
    for number, row in enumerate(rows_of(made, "questions")):
        _fill_question(row, f"questions.{number}.", given, made, number)
    for number, row in enumerate(rows_of(made, "items")):
        _fill(row, f"items.{number}.", ENTRY, given, made, None)
    return made


def _clean(typed: str) -> str:
    return _ODD.sub(" ", typed.replace("\r\n", "\n"))


def _fill_question(row: Data, at: str, given: Given, whole: Data, number: int) -> None:
    kind = text_of(row.get("kind"))
    for place, option in enumerate(rows_of(row, "options")):
        _fill(option, f"{at}options.{place}.", OPTION, given, whole, None)
    _fill(row, at, QUESTION, given, whole, number)
    now = text_of(row.get("kind"))
    if (kind == "number") != (now == "number"):
        _turn(row, now)


def _turn(row: Data, kind: str) -> None:
    """A question that is answered by a number has bounds, any other has options."""
    for name in ("options", "least", "most"):
        row.pop(name, None)
    if kind == "number":
        row |= {"least": Raw("0"), "most": Raw("100")}
    else:
        row["options"] = [blank_option("a"), blank_option("b")]


def _fill(row: Data, at: str, columns: Mapping[str, str], given: Given, whole: Data, before: int | None) -> None:
    for name, kind in columns.items():
        path, old = at + name, row.get(name)
        if kind == BOTH:
            new = _both(old, path, given)
        elif kind == CONDITION:
            new = _condition(old, path, given, whole, before)
        elif kind in (TICKS, FLAG):
            new = _ticked(old, path, kind, given) if f"{path}~" in given else old
        else:
            new = _typed(old, given[path][-1], kind) if path in given else old
        _put(row, name, new)


def _put(row: Data, name: str, value: Any) -> None:
    if value is not None:
        row[name] = value
    elif name in NEEDED and name in row:
        row[name] = ""
    else:
        row.pop(name, None)


def _typed(old: Any, typed: str, kind: str) -> Any:
    """What was typed, or the old value where that is what the field showed. None: nothing stands there."""
    shown = lines_of(old) if kind == LINES else text_of(old)
    typed = typed.strip()
    if typed == shown.strip():
        return old
    if not typed:
        return [] if kind == LINES and old is not None else None
    if kind == LINES:
        return [line.strip() for line in typed.split("\n") if line.strip()]
    typed = " ".join(typed.split("\n"))
    if kind == NUMBER and typed.isascii() and typed.isdigit():
        return Raw(typed)
    return _of_flow(typed) if kind == FLOW else typed


def _of_flow(typed: str) -> Any:
    try:
        return of_flow(typed)
    except ValueError:
        return typed  # as it is: the check says what is wrong with it


def _both(old: Any, path: str, given: Given) -> Any:
    if f"{path}.zh" not in given or f"{path}.en" not in given:
        return old
    parts = old if isinstance(old, dict) else {"zh": old}
    made = {name: _typed(parts.get(name), given[f"{path}.{name}"][-1], TEXT) for name in ("zh", "en")}
    if made == {name: parts.get(name) for name in ("zh", "en")}:
        return old
    if made["zh"] is None and made["en"] is None and set(parts) <= {"zh", "en"}:
        return None
    return {**parts, **{name: value if value is not None else "" for name, value in made.items()}}


def _ticked(old: Any, path: str, kind: str, given: Given) -> Any:
    ticked = list(dict.fromkeys(one for one in given.get(path, ()) if one))
    if kind == FLAG:
        is_on = text_of(old).lower() == "true"
        return old if is_on == bool(ticked) else (Raw("true") if ticked else None)
    names = names_of(old)
    if names is None or set(names) == set(ticked):
        return old
    kept = [one for one in names if one in ticked]
    return [*kept, *(one for one in ticked if one not in kept)] or None


# --- Conditions -------------------------------------------------------------------------------------------------------


def asked_before(whole: Data, before: int | None) -> list[Data]:
    """The questions that a condition may look at: those before the one it belongs to; all of them for an item."""
    rows = rows_of(whole, "questions")
    return [row for row in (rows if before is None else rows[:before]) if text_of(row.get("key"))]


def is_simple(value: Any, questions: Sequence[Data]) -> bool:
    """Whether ticks and bounds can show a condition: every part of it one question's, known, with known options."""
    if value is None:
        return True
    known = {text_of(row.get("key")): row for row in questions}
    return (
        isinstance(value, dict)
        and bool(value)
        and len(known) == len(questions)
        and all(name in known and _is_simple(part, known[name]) for name, part in value.items())
    )


def _is_simple(part: Any, question: Data) -> bool:
    if text_of(question.get("kind")) == "number":
        return isinstance(part, dict) and bool(part) and all(name in BOUNDS and _is_number(n) for name, n in part.items())
    options = {text_of(row.get("key")) for row in rows_of(question, "options")}
    chosen = part if isinstance(part, list) else [part]
    plain = all(isinstance(one, str) and not isinstance(one, Raw) and one in options for one in chosen)
    return plain and bool(chosen) and len(set(chosen)) == len(chosen)


def _is_number(value: Any) -> bool:
    return isinstance(value, Raw) and value.isascii() and value.isdigit()


def chosen_of(part: Any) -> list[str]:
    """The options that a simple part names."""
    return list(part) if isinstance(part, list) else [part] if isinstance(part, str) else []


def _condition(old: Any, path: str, given: Given, whole: Data, before: int | None) -> Any:
    if path in given:
        return _typed(old, given[path][-1], FLOW)
    questions = asked_before(whole, before)
    if f"{path}~" not in given or not is_simple(old, questions):
        return old
    parts = old if isinstance(old, dict) else {}
    made = {}
    for row in sorted(questions, key=lambda row: _place(text_of(row.get("key")), parts)):
        name = text_of(row.get("key"))
        part = _part(parts.get(name), f"{path}?{name}", text_of(row.get("kind")), given)
        if part is not None:
            made[name] = part
    return made or None


def _place(name: str, parts: Mapping[str, Any]) -> int:
    """Those that stood there keep their order, others come after."""
    return list(parts).index(name) if name in parts else len(parts)


def _part(old: Any, field: str, kind: str, given: Given) -> Any:
    if kind == "number":
        old = old if isinstance(old, dict) else {}
        typed = {bound: _typed(old.get(bound), (given.get(f"{field}.{bound}") or [""])[-1], NUMBER) for bound in BOUNDS}
        return {name: value for name, value in typed.items() if value is not None} or None
    ticked = list(dict.fromkeys(one for one in given.get(field, ()) if one))
    if set(ticked) == set(chosen_of(old)):
        return old
    return ticked[0] if len(ticked) == 1 else ticked or None


# --- Rows that come, go and change places -----------------------------------------------------------------------------


def blank_option(key: str) -> Data:
    """An option that says nothing yet."""
    return {"key": key, "zh": "", "en": ""}


def done(data: Data, deed: str) -> Data:
    """After a button was pressed: `add:questions`, `add:options:2`, `add:items:dog-licence`, `up:items:3`, `drop:options:2:0`.

    What no button can have said changes nothing.
    """
    made, (verb, _colon, rest) = deepcopy(data), _clean(deed).partition(":")
    what, *places = rest.split(":")
    if verb == "add":
        _add(made, what, places)
    elif verb in ("up", "down", "drop"):
        _move(made, verb, what, places)
    return made


def _add(data: Data, what: str, places: list[str]) -> None:
    if what == "questions":
        rows = _list(data, "questions")
        key = _fresh("q", {text_of(row.get("key")) for row in rows_of(data, "questions")})
        rows.append({"key": key, "ask": {"zh": "", "en": ""}, "options": [blank_option("a"), blank_option("b")]})
    elif what == "items" and places and places[0] not in {text_of(row.get("item")) for row in rows_of(data, "items")}:
        _list(data, "items").append({"item": places[0]})
    elif what == "options" and (row := _row(rows_of(data, "questions"), places)):
        keys = {text_of(option.get("key")) for option in rows_of(row, "options")}
        free = next((letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in keys), None)
        _list(row, "options").append(blank_option(free or _fresh("o", keys)))


def _list(data: Data, name: str) -> list[Any]:
    if not isinstance(data.get(name), list):
        data[name] = []
    found: list[Any] = data[name]
    return found


def _fresh(letter: str, taken: set[str]) -> str:
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def _row(rows: list[Data], places: list[str]) -> Data | None:
    number = int(places[0]) if places and places[0].isascii() and places[0].isdigit() and len(places[0]) < 5 else -1
    return rows[number] if 0 <= number < len(rows) else None


def _move(data: Data, verb: str, what: str, places: list[str]) -> None:
    if what == "options":
        question = _row(rows_of(data, "questions"), places)
        rows, places = (rows_of(question, "options") if question else []), places[1:]
    else:
        rows = rows_of(data, what) if what in ("questions", "items") else []
    row = _row(rows, places)
    if row is None:
        return
    number = next(n for n, one in enumerate(rows) if one is row)
    del rows[number]
    if verb == "drop":
        if what == "items":
            _forget(rows, text_of(row.get("item")))
        return
    rows.insert(max(0, number + (-1 if verb == "up" else 1)), row)


def _forget(rows: list[Data], item: str) -> None:
    """Nothing waits for an item that is gone."""
    for row in rows:
        after = names_of(row.get("after"))
        if after and item in after:
            _put(row, "after", [one for one in after if one != item] or None)
