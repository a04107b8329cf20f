"""The floors seen where imports do not show them: relations of models, names of templates, addresses and modules.

The floors themselves stand once, in the layers contract of pyproject.toml.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from django.db.models import Model
from django.urls import URLPattern, URLResolver

from tools.guards.tree import PACKAGE, ROOT, Breach, called, literals, parse, python_files, template_files

# Rooms that know the log and what lies below it, never the kernel or a feature that writes it.
READERS_OF_THE_LOG = {"hub", "plan", "notify"}
_TAGS = re.compile(r"""\{%\s*(extends|include|url|static|load)\s+([^%]*?)\s*%\}""")
_LITERAL = re.compile(r"""^["']([^"']+)["']""")
_ADDRESS_CALLS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}

Room = tuple[str, ...]
Owner = Callable[[str], Room | None]


@cache
def floors() -> dict[str, int]:
    """Each floor's height, from 0 (base) up, read from the layers contract."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers" and c["containers"] == ["huying"])
    return {name.strip(" ()"): height for height, row in enumerate(reversed(layers)) for name in row.split("|")}


def room_of(module: str) -> Room:
    """The room a module lies in: ('kernel',), ('channels', 'web'), ('features', 'appeals')."""
    parts = module.split(".")[1:]
    return tuple(parts[:2]) if parts[:1] in (["channels"], ["features"]) else tuple(parts[:1])


def may_know(source: Room, target: Room) -> bool:
    """Whether the room `source` may name something of the room `target`."""
    if source == target or not target or not source:
        return True
    heights = floors()
    if source[0] in READERS_OF_THE_LOG and target[0] in {"kernel", "features"}:
        return False
    if source[0] == target[0] == "channels":
        return target[1:] == ("parts",)
    return heights.get(source[0], -1) > heights.get(target[0], 99)


def _room_of_file(path: Path, root: Path) -> Room:
    parts = path.relative_to(root).with_suffix("").parts
    return room_of(".".join(("huying", *parts)))


def _told(source: Room, target: Room, how: str) -> str:
    return f"{'.'.join(source)} may not know {'.'.join(target)} ({how})"


# --- Models -----------------------------------------------------------------------------------------------------------


def model_breaches(models: Iterable[type[Model]]) -> list[Breach]:
    """Relations of models that point up or sideways, and generic relations, which are allowed nowhere."""
    found = []
    for model in models:
        for field in model._meta.get_fields(include_parents=False):
            if type(field).__name__ in {"GenericForeignKey", "GenericRelation"}:
                found.append(Breach(model.__module__, 0, f"{model.__name__}.{field.name}: no generic foreign keys"))
            target = getattr(field, "related_model", None)
            if (
                getattr(field, "auto_created", False)
                or not isinstance(target, type)
                or not target.__module__.startswith("huying.")
            ):
                continue
            source_room, target_room = room_of(model.__module__), room_of(target.__module__)
            if not may_know(source_room, target_room):
                found.append(
                    Breach(model.__module__, 0, f"{model.__name__}.{field.name}: {_told(source_room, target_room, 'relation')}")
                )
    return found


# --- Names in templates and code --------------------------------------------------------------------------------------


def address_owners(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> dict[str, str]:
    """The full name of every address and the module of the view behind it."""
    owners: dict[str, str] = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            owners.update(address_owners(pattern.url_patterns, inner))
        elif pattern.name:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            owners[space + pattern.name] = view.__module__
    return owners


def _owners_in(folder: str, root: Path) -> dict[str, Room]:
    """What lies in the folders `folder` (templates, static, templatetags), by name, and whose room it is."""
    owners = {}
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        if path.is_file() and folder in parts:
            name = "/".join(parts[parts.index(folder) + 1 :])
            owners[name.removesuffix(".py") if folder == "templatetags" else name] = _room_of_file(path, root)
    return owners


class Names:
    """Who owns which template, static file, tag library, address and module of a tree."""

    def __init__(self, root: Path, addresses: Mapping[str, str]) -> None:
        self.templates = _owners_in("templates", root)
        self.statics = _owners_in("static", root)
        self.libraries = _owners_in("templatetags", root)
        self.addresses = {name: room_of(module) for name, module in addresses.items() if module.startswith("huying.")}

    def of_tag(self, tag: str, rest: str) -> Iterator[tuple[str, Room | None]]:
        """What a template tag names, with its owner (None when it is not ours)."""
        if tag == "load":
            names = rest.split(" from ")[-1].split()
            yield from ((name, self.libraries.get(name)) for name in names)
        elif literal := _LITERAL.match(rest):
            owners = {"url": self.addresses, "static": self.statics}.get(tag, self.templates)
            yield literal[1], owners.get(literal[1])

    def of_literal(self, text: str) -> Room | None:
        """Whose template or module a string in the code names."""
        if text.startswith("huying.") and re.fullmatch(r"[\w.]+", text) and text.split(".")[1] in floors():
            return room_of(text)
        return self.templates.get(text)


def template_breaches(root: Path = PACKAGE, addresses: Mapping[str, str] | None = None) -> list[Breach]:
    """Extends, includes, addresses, static files and tag libraries in templates that point up or sideways."""
    names, found = Names(root, addresses or {}), []
    for path in template_files(root):
        source = _room_of_file(path, root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for tag, rest in _TAGS.findall(line):
                for name, target in names.of_tag(tag, rest):
                    if target and not may_know(source, target):
                        place = path.relative_to(root).as_posix()
                        found.append(Breach(place, number, _told(source, target, f"{tag} {name}")))
    return found


def code_breaches(root: Path = PACKAGE, addresses: Mapping[str, str] | None = None) -> list[Breach]:
    """Names of templates, modules and addresses in strings of the code that point up or sideways."""
    names, found = Names(root, addresses or {}), []
    for path in python_files(root):
        source, tree = _room_of_file(path, root), parse(path)
        for node, target, how in (*_literal_targets(tree, names), *_address_targets(tree, names)):
            if target and source and not may_know(source, target):
                found.append(Breach(path.relative_to(root).as_posix(), node.lineno, _told(source, target, how)))
    return found


def _literal_targets(tree: ast.Module, names: Names) -> Iterator[tuple[ast.expr, Room | None, str]]:
    for node in literals(tree):
        yield node, names.of_literal(str(node.value)), str(node.value)


def _address_targets(tree: ast.Module, names: Names) -> Iterator[tuple[ast.expr, Room | None, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in _ADDRESS_CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node, names.addresses.get(first.value), f"address {first.value}"


# --- Adapters, readers of the log, and writing through a model --------------------------------------------------------


def import_breaches(imports: Iterable[tuple[str, str]]) -> list[Breach]:
    """Imports (importer, imported) of an adapter beyond its ports, or of a reader of the log beyond the log."""
    found = []
    for importer, imported in imports:
        source, target = room_of(importer), room_of(imported)
        if source == ("adapters",) and target not in {("adapters",), ("base",)} and not imported.endswith(".ports"):
            found.append(Breach(importer, 0, f"an adapter knows only the ports it fulfils, not {imported}"))
        if source[:1] and source[0] in READERS_OF_THE_LOG and not may_know(source, target):
            found.append(Breach(importer, 0, _told(source, target, imported)))
    return found


def channel_writes(root: Path = PACKAGE) -> list[Breach]:
    """Places where a channel asks or writes a model itself: everything goes through actions and queries."""
    found = []
    for path in python_files(root / "channels"):
        for node in ast.walk(parse(path)):
            manager = isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
            saves = isinstance(node, ast.Call) and called(node) in {"save", "delete", "bulk_create", "bulk_update"}
            if manager or (saves and "session" not in ast.unparse(node)):
                place = path.relative_to(root).as_posix()
                found.append(
                    Breach(
                        place, getattr(node, "lineno", 0), f"a channel works through actions and queries: {ast.unparse(node)}"
                    )
                )
    return found
