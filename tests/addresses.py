"""Every address of the house, found where Django finds it, so that none can be forgotten."""

import re
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
_ANY = {"int": "1", "str": "1", "slug": "sign", "path": "000", "uuid": "00000000-0000-0000-0000-000000000000"}


def every() -> list[str]:
    """As they are written: `/desk/m/<int:matter_id>/`."""
    return ["/" + route for route in _routes(get_resolver().url_patterns)]


def filled(route: str) -> str:
    """With something of the right kind at each place."""
    return _PLACE.sub(lambda found: _ANY[found[1] or "str"], route)


def filled_with(route: str, place: str) -> str:
    """With the same, of any kind, at each place."""
    return _PLACE.sub(lambda _: place, route)


def has_places(route: str) -> bool:
    """Whether it is the address of one thing among many."""
    return bool(_PLACE.search(route))


def _routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route
