"""The one form: what was typed becomes values, and the thing's own JSON Schema says what is wrong with them, field by field."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from huying.city.things import Asked, Decided

Values = dict[str, Any]
_CHECKER = FormatChecker()  # without one `format: date` would be no more than a remark
LONGEST = 4000  # characters of one field, whatever its schema says


def read(decided: Decided, given: Mapping[str, Sequence[str]]) -> Values:
    """What was typed, by field, in the types of its schema; what cannot be one stays text, to be shown again."""
    found: Values = {}
    for asked in decided.fields:
        value = _value(asked.field.schema, given.get(asked.field.name, ()))
        if value not in ("", [], None):
            found[asked.field.name] = value
    return found


def _value(schema: Mapping[str, Any], typed: Sequence[str]) -> Any:
    if schema.get("type") == "array":
        return [one for one in typed if one]
    text = (typed[-1] if typed else "").strip()[: LONGEST + 1]
    read_as = _READ.get(str(schema.get("type")))
    return read_as(text) if read_as and text else text


def _whole(text: str) -> Any:
    plain = text.replace(",", "").replace("，", "")
    return int(plain) if plain.isascii() and plain.lstrip("-").isdigit() and len(plain) < 16 else text


def _number(text: str) -> Any:
    try:
        found = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return text
    return text if found != found or found in (float("inf"), float("-inf")) else int(found) if found.is_integer() else found


_READ: dict[str, Callable[[str], Any]] = {
    "integer": _whole,
    "number": _number,
    "boolean": lambda text: {"yes": True, "no": False}.get(text, text),
}


def faults(decided: Decided, values: Values) -> dict[str, str]:
    """What is wrong, by field: the first fault of each, in words that say what to do."""
    by_name = {asked.field.name: asked for asked in decided.fields}
    found: dict[str, str] = {}
    for name, asked in by_name.items():
        if asked.required and name not in values:
            found[name] = _needed(asked)
    for fault in Draft202012Validator(decided.schema(), format_checker=_CHECKER).iter_errors(values):
        name = str(fault.path[0]) if fault.path else ""
        if name in by_name:
            found.setdefault(name, _words(by_name[name], fault))
    return {name: found[name] for name in by_name if name in found}


def title_of(asked: Asked) -> str:
    """The field's name for people, in the reader's language."""
    return text_of(asked.field.schema, "title") or asked.field.name


def text_of(schema: Mapping[str, Any], what: str) -> str:
    """`title` or `description` of a field or choice in the reader's language; '' where there is none."""
    english = str(schema.get(f"x-{what}-en", "")) if (get_language() or "").startswith("en") else ""
    return english or str(schema.get(what, ""))


def _needed(asked: Asked) -> str:
    choices = asked.field.schema.get("oneOf") or asked.field.schema.get("type") in ("array", "boolean")
    return (_("请选：%(field)s。") if choices else _("请填写：%(field)s。")) % {"field": title_of(asked)}


def _words(asked: Asked, fault: ValidationError) -> str:
    schema, rule, limit = asked.field.schema, str(fault.validator), fault.validator_value
    name = {"field": title_of(asked), "limit": limit}
    if rule == "pattern" and schema.get("x-personal") == "identity" and "18" not in text_of(schema, "description"):
        return _("%(field)s不对：一般是 18 位，最后一位可能是 X。请对着证件再看一遍。") % name
    return _RULES.get(rule, _other)() % name


def _other() -> str:
    return _("%(field)s的写法不对，请再看一遍。")


_RULES: dict[str, Callable[[], str]] = {
    "minLength": lambda: _("%(field)s太短了，至少 %(limit)s 个字。"),
    "maxLength": lambda: _("%(field)s太长了，最多 %(limit)s 个字。"),
    "minimum": lambda: _("%(field)s不能小于 %(limit)s。"),
    "exclusiveMinimum": lambda: _("%(field)s要大于 %(limit)s。"),
    "maximum": lambda: _("%(field)s不能大于 %(limit)s。"),
    "type": lambda: _("%(field)s请写数字。"),
    "format": lambda: _("%(field)s请写成 2026-12-01 这样的日期。"),
    "oneOf": lambda: _("请在给出的里面选：%(field)s。"),
    "minItems": lambda: _("请选：%(field)s。"),
}
