"""Which pack is loaded: one look at its digest a second, shared by everything that keeps the city in memory."""

import time
from collections.abc import Callable

from huying.city.models import PackState

SECONDS = 1.0
_seen: tuple[float, str] | None = None
_to_tell: list[Callable[[], None]] = []


def digest() -> str:
    """The digest of the loaded pack, at most a second old; '' when none is loaded."""
    global _seen
    moment, seen = time.monotonic(), _seen
    if seen is None or moment - seen[0] > SECONDS:
        _seen = seen = (moment, PackState.objects.values_list("digest", flat=True).first() or "")
    return seen[1]


def look() -> str:
    """The digest at this very moment: for whoever holds the turn to change what is loaded."""
    global _seen
    _seen = None
    return digest()


def forget() -> None:
    """Look again at once, and let every cache drop what it holds. For the loader, and for tests that write rows by hand."""
    global _seen
    _seen = None
    for tell in _to_tell:
        tell()


def on_forget(tell: Callable[[], None]) -> Callable[[], None]:
    """Have `tell` called whenever the loaded pack is forgotten. Usable as a decorator."""
    _to_tell.append(tell)
    return tell
