"""YAML as its version 1.2 reads it (core schema, yaml.org/spec/1.2.2, chapter 10.3), parsed by libyaml where that is built in.

Only what is plain there is more than text: null, true and false, numbers. `no`, `1:30` and dates stay what was written.
"""

import re
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

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

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """As the safe loader's, but a name that is written twice is a fault."""
        found = super().construct_mapping(node, deep)
        if len(found) < len(node.value):
            seen = set[str]()
            for name, _ in node.value:
                if name.value in seen:
                    raise yaml.constructor.ConstructorError(
                        "in a mapping", node.start_mark, "a name is there twice", name.start_mark
                    )
                seen.add(name.value)
        return found


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
    with _told():
        return yaml.compose(text, _Loader)


def load(text: str) -> object:
    """What the one document of a text says, in mappings, lists and values. Raises as `compose`."""
    with _told():
        return yaml.load(text, _Loader)  # nosec B506  # it is the safe loader, with another schema


@contextmanager
def _told() -> Iterator[None]:
    """Whatever a text can bring about is told as a fault of YAML: half a pair of UTF-16, !!int abc, a thousand brackets."""
    try:
        yield
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as fault:
        raise yaml.YAMLError(f"{type(fault).__name__}: {fault}") from fault
