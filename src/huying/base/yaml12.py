"""YAML as its version 1.2 reads it (core schema, yaml.org/spec/1.2.2, chapter 10.3), parsed by libyaml where that is built in.

Only what is plain there is more than text: null, true and false, numbers. `no`, `1:30` and dates stay what was written.
"""

import re
from typing import TYPE_CHECKING

import yaml

# in Python alone where libyaml is missing: ten times slower, and the same
if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeLoader as Safe
else:
    from yaml import CSafeLoader as Safe

_TAG = "tag:yaml.org,2002:"
_CORE = (
    ("null", r"(?:~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", [*"tTfF"]),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", [*"-+0123456789"]),
    ("float", r"[-+]?(?:(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))", [*"-+.0123456789"]),
    ("float", r"\.(?:nan|NaN|NAN)", ["."]),
)


class _Loader(Safe):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def _whole(loader: _Loader, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


for _kind, _pattern, _first in _CORE:
    _Loader.add_implicit_resolver(_TAG + _kind, re.compile(f"{_pattern}$"), _first)
_Loader.add_constructor(f"{_TAG}int", _whole)


def compose(text: str) -> yaml.Node | None:
    """The nodes of the one document of a text, each with where it stands; None where there is none.

    Raises yaml.MarkedYAMLError (with where) and yaml.YAMLError.
    """
    return yaml.compose(text, _Loader)


def load(text: str) -> object:
    """What the one document of a text says, in mappings, lists and values. Raises as `compose`."""
    return yaml.load(text, _Loader)  # nosec B506  # it is the safe loader, with another schema
