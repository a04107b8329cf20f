"""What can happen: a fact is a typed struct under a declared name. What is not declared, or has changed, is refused."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

F = TypeVar("F", bound=msgspec.Struct)


class Undeclared(TypeError):
    """The struct was never declared as a fact."""


class Changed(TypeError):
    """A name and schema version were declared twice with different fields: raise the version and give an upcast."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact's name, schema version, struct, the sentence that tells it, and the digest of its fields."""

    name: str
    schema: int
    struct: type[msgspec.Struct]
    sentence: str
    digest: str


_by_struct: dict[type[msgspec.Struct], Declared] = {}
_by_name: dict[tuple[str, int], Declared] = {}
_newest: dict[str, int] = {}
_upcasts: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}


def declare(name: str, schema: int, sentence: str) -> Callable[[type[F]], type[F]]:
    """Declare a struct as the fact `name` in its `schema` version. `sentence` tells it in words for readers of the log."""

    def wrap(struct: type[F]) -> type[F]:
        digest = fields_digest(struct)
        known = _by_name.get((name, schema))
        if known and known.digest != digest:
            raise Changed(f"{name} v{schema} was declared with other fields; declare v{schema + 1} and an upcast")
        entry = Declared(name, schema, struct, sentence, digest)
        _by_name[name, schema] = _by_struct[struct] = entry
        _newest[name] = max(schema, _newest.get(name, 0))
        return struct

    return wrap


def upcast(name: str, schema: int) -> Callable[[Callable[[dict[str, Any]], dict[str, Any]]], None]:
    """Give the function that turns a body of `schema` into one of `schema + 1`."""

    def wrap(function: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        _upcasts[name, schema] = function

    return wrap


def declared(struct: type[msgspec.Struct]) -> Declared:
    """The declaration of a struct. Raises Undeclared."""
    try:
        return _by_struct[struct]
    except KeyError:
        raise Undeclared(f"{struct.__name__} is not declared as a fact") from None


def revive(name: str, schema: int, body: str) -> msgspec.Struct:
    """The newest struct of a recorded fact, brought up from the schema it was written in. Raises Undeclared."""
    if (name, schema) not in _by_name:
        raise Undeclared(f"{name} v{schema} is not declared")
    newest = _newest[name]
    if schema == newest:
        return msgspec.json.decode(body, type=_by_name[name, schema].struct)
    data: dict[str, Any] = msgspec.json.decode(body)
    for step in range(schema, newest):
        data = _upcasts[name, step](data)
    return msgspec.convert(data, _by_name[name, newest].struct)


def fields_digest(struct: type[msgspec.Struct]) -> str:
    """A digest of a struct's fields and their types, so that a change without a new version is seen."""
    told = ";".join(f"{f.name}:{f.type}:{f.required}" for f in msgspec.structs.fields(struct))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def sentence(name: str) -> str:
    """The words in which a fact is told; the name itself for one that is not declared."""
    newest = _newest.get(name)
    return _by_name[name, newest].sentence if newest else name


def all_declared() -> list[Declared]:
    """Every declaration, by name and schema version."""
    return [_by_name[key] for key in sorted(_by_name)]
