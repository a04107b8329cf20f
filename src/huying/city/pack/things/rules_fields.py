"""What must hold of fields: JSON Schema 2020-12, said in both languages, and one name meaning the same in every item."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from huying.city.pack.cells import Cell, plain
from huying.city.pack.faults import Faults, shown
from huying.city.pack.things.columns import at, spread
from huying.city.pack.things.layout import Catalogue

# What a page can draw without script; a fragment stands for itself and points nowhere.
TYPES = ("string", "integer", "number", "boolean", "array")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_META = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_POINTERS = ("$ref", "$dynamicRef", "$id", "$defs", "$schema")


class Fragment(NamedTuple):
    """A field where it is written."""

    file: str
    name: Cell
    cell: Cell


def fragments(things: Catalogue) -> Iterator[Fragment]:
    """Every field of the pack, the shared ones first."""
    for pair in things.fields.values():
        yield Fragment(things.fields_file, pair.name, pair.cell)
    for row in things.items.rows:
        if row["define"]:
            for _name, pair in spread(row["define"]):
                yield Fragment(row.file, pair.name, pair.cell)


def check_fields(things: Catalogue, faults: Faults) -> None:
    """Every field by itself, and those of one name beside each other."""
    first: dict[str, Fragment] = {}
    for fragment in fragments(things):
        if not _NAME.fullmatch(fragment.name.text):
            faults.add(fragment.file, fragment.name, _("字段名只用小写英文字母、数字和 _，以字母开头"))
        _check_fragment(fragment, faults)
        earlier = first.setdefault(fragment.name.text, fragment)
        if earlier is not fragment and plain(earlier.cell) != plain(fragment.cell):
            message = _("字段“{name}”和 {place} 写得不一样；同名的要一样，请改成一致或另取一个名字").format(
                name=shown(fragment.name.text), place=f"{earlier.file}:{earlier.name.line}"
            )
            faults.add(fragment.file, fragment.name, message)


def _check_fragment(fragment: Fragment, faults: Faults) -> None:
    schema = plain(fragment.cell)
    if not isinstance(schema, dict):
        faults.add(fragment.file, fragment.cell, _("字段要写成一份 JSON Schema（2020-12）"))
        return
    for error in _META.iter_errors(schema):
        place = at(fragment.cell, tuple(error.absolute_path))
        message = _("不合 JSON Schema 2020-12：{detail}").format(detail=shown(error.message))
        faults.add(fragment.file, place, message)
    for name in _POINTERS:
        if name in schema:
            faults.add(fragment.file, at(fragment.cell, (name,)), _("字段里不能写 {name}；请把内容写全").format(name=name))
    if schema.get("type") not in TYPES:
        message = _("type 只能是 {types}").format(types=", ".join(TYPES))
        faults.add(fragment.file, at(fragment.cell, ("type",)), message)
    _check_pattern(fragment, schema, faults)
    _check_said(fragment, (), schema, faults)
    for path, option in _options(schema):
        _check_said(fragment, path, option, faults)


def _check_pattern(fragment: Fragment, schema: dict[str, Any], faults: Faults) -> None:
    try:
        re.compile(str(schema.get("pattern", "")))
    except re.error as fault:
        faults.add(fragment.file, at(fragment.cell, ("pattern",)), _("pattern 写错了：{detail}").format(detail=str(fault)))


def _options(schema: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    items = schema.get("items")
    inner = items if isinstance(items, dict) else {}
    for path, options in ((("oneOf",), schema.get("oneOf")), (("items", "oneOf"), inner.get("oneOf"))):
        for number, option in enumerate(options if isinstance(options, list) else ()):
            yield (*path, number), option


def _check_said(fragment: Fragment, path: tuple[str | int, ...], schema: Any, faults: Faults) -> None:
    """A title in both languages; a description in both or in none."""
    if not isinstance(schema, dict):
        return  # the schema of schemas has said so
    for name in ("title", "description"):
        zh, en = schema.get(name), schema.get(f"x-{name}-en")
        if (name == "title" or zh or en) and not (isinstance(zh, str) and _HAN.search(zh)):
            faults.add(fragment.file, at(fragment.cell, (*path, name)), _("缺少中文的 {name}").format(name=name))
        if (name == "title" or zh or en) and not (isinstance(en, str) and en and not _HAN.search(en)):
            place = at(fragment.cell, (*path, f"x-{name}-en"))
            faults.add(fragment.file, place, _("缺少英文的 {name}，写在 x-{name}-en").format(name=name))
