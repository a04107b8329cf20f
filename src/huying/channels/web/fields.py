"""A field of the one form as its control: what JSON Schema says becomes the right box, with its name, hint and fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huying.channels.web.guidance import Choice, both, said
from huying.city.catalogue import InForce
from huying.city.things import Asked, Decided
from huying.features.services.form import text_of, title_of

LONG, FEW = 160, 4  # more characters than this take a larger box; more choices than this a list


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field on the page."""

    name: str
    title: str
    hint: str
    kind: str  # text, long, date, number, radio, select, many
    value: str
    choices: tuple[Choice, ...]
    required: bool
    used: str  # for how many items it is asked
    because: tuple[str, ...]
    source: str  # where a value that we filled in comes from
    fault: str
    autocomplete: str
    mode: str  # inputmode
    most: int


def views(
    found: InForce,
    decided: Decided,
    values: Mapping[str, Any],
    known: Mapping[str, tuple[str, str]],
    faults: Mapping[str, str],
) -> list[FieldView]:
    """The fields of the form with what was typed, or with what is known where she let us fill it in."""
    return [_view(found, decided, asked, values, known, faults.get(asked.field.name, "")) for asked in decided.fields]


def _view(
    found: InForce,
    decided: Decided,
    asked: Asked,
    values: Mapping[str, Any],
    known: Mapping[str, tuple[str, str]],
    fault: str,
) -> FieldView:
    schema, name = asked.field.schema, asked.field.name
    value, source = values.get(name), ""
    filled = known.get(str(schema.get("x-from")), ("", ""))
    if filled[0] and value in (None, filled[0]):
        value, source = filled
    kind = kind_of(schema)
    return FieldView(
        name=name,
        title=title_of(asked),
        hint=text_of(schema, "description"),
        kind=kind,
        value="" if value is None or isinstance(value, list) else str(value),
        choices=_choices(schema, value),
        required=asked.required,
        used=_used(found, decided, asked),
        because=said(found.whole.thing, asked.because),
        source=source,
        fault=fault,
        autocomplete=str(schema.get("x-autocomplete", "off")),
        mode=_mode(schema),
        most=int(schema.get("maxLength", 200)),
    )


def kind_of(schema: Mapping[str, Any]) -> str:
    """Which control a field takes."""
    if schema.get("type") == "array":
        return "many"
    if choices := schema.get("oneOf"):
        return "radio" if len(choices) <= FEW else "select"
    if schema.get("format") == "date":
        return "date"
    return "long" if int(schema.get("maxLength", 0)) > LONG else "text"


def _choices(schema: Mapping[str, Any], value: Any) -> tuple[Choice, ...]:
    rows: Sequence[Mapping[str, Any]] = schema.get("oneOf") or schema.get("items", {}).get("oneOf") or ()
    chosen = value if isinstance(value, list) else [value]
    return tuple(Choice(str(row["const"]), text_of(row, "title"), row["const"] in chosen) for row in rows)


def _used(found: InForce, decided: Decided, asked: Asked) -> str:
    if len(asked.items) == len(decided.steps) and len(decided.steps) > 1:
        return _("%(n)s 件都用") % {"n": len(asked.items)}
    if len(asked.items) > 1:
        return _("%(n)s 件要用") % {"n": len(asked.items)}
    return both(found.whole.items[asked.items[0]].name)


def _mode(schema: Mapping[str, Any]) -> str:
    if schema.get("type") in ("integer", "number"):
        return "decimal" if schema["type"] == "number" else "numeric"
    return "tel" if schema.get("x-personal") == "phone" else "text"


def shown(schema: Mapping[str, Any], value: Any) -> str:
    """A value as people read it: the words of a choice, not its key."""
    titles = {str(choice.key): choice.text for choice in _choices(schema, value)}
    if isinstance(value, list):
        return _("、").join(titles.get(str(one), str(one)) for one in value)
    return titles.get(str(value), str(value))
