"""The loaded items and things: what is in force today, and any version there ever was.

What is handed out is immutable and shared by all threads.
"""

import threading
from datetime import date
from typing import NamedTuple

from huying.base import clock
from huying.city import loaded
from huying.city.models import Item, ItemVersion, Thing, ThingVersion
from huying.city.pack.things import content
from huying.city.snapshot import holds
from huying.city.things.shape import Item as Said
from huying.city.things.shape import Whole


class InForce(NamedTuple):
    """A thing as it is now, and the id and number of the version: a case that begins keeps the id."""

    row: Thing
    version: int
    number: int
    whole: Whole


class _Held:
    """All things of one loaded pack, and old versions as they are asked for."""

    def __init__(self) -> None:
        self.things: dict[str, InForce] = {}
        self.items: dict[str, tuple[Item, int, Said]] = {}
        for found in ItemVersion.objects.select_related("item__partner").order_by("item__key"):
            if found.digest == found.item.digest:
                self.items[found.item.key] = (found.item, found.pk, content.item_of(found.content))
        for version in ThingVersion.objects.select_related("thing").prefetch_related("items").order_by("thing__key"):
            if version.digest == version.thing.digest:
                self.things[version.thing.key] = InForce(version.thing, version.pk, version.number, _whole(version))
        self.old: dict[int, Whole] = {found.version: found.whole for found in self.things.values()}


def things(on: date | None = None) -> list[InForce]:
    """The things of a day, by code."""
    day = on or clock.today()
    return [found for found in _current().things.values() if holds(found.row, day)]


def thing(code: str, on: date | None = None) -> InForce | None:
    """The thing of that code on that day; None when there is none, or it is closed."""
    found = _current().things.get(code)
    return found if found is not None and holds(found.row, on or clock.today()) else None


def items(on: date | None = None) -> list[Said]:
    """The items of a day, by code."""
    day = on or clock.today()
    return [said for row, _version, said in _current().items.values() if holds(row, day)]


def item(code: str, on: date | None = None) -> Said | None:
    """The item of that code on that day; None when there is none, or it is closed."""
    found = _current().items.get(code)
    return found[2] if found is not None and holds(found[0], on or clock.today()) else None


def whole(version: int) -> Whole | None:
    """A thing as it was in that version, closed ones too; None when there is no such version."""
    held = _current()
    if version not in held.old:
        found = ThingVersion.objects.prefetch_related("items").filter(pk=version).first()
        if found is None:
            return None
        held.old[version] = _whole(found)
    return held.old[version]


def _whole(version: ThingVersion) -> Whole:
    """The version with the very versions of its items."""
    said = [content.item_of(item.content) for item in version.items.all()]
    return Whole(content.thing_of(version.content), {item.code: item for item in said})


_held: tuple[str, _Held] | None = None
_building = threading.Lock()


def _current() -> _Held:
    """What is loaded; a newly loaded pack is seen within a second. Without a pack it is read anew each time."""
    global _held
    held, digest = _held, loaded.digest()
    if held is not None and digest and held[0] == digest:
        return held[1]
    with _building:
        # another thread may have built it while this one waited
        if _held is None or not digest or _held[0] != digest:
            _held = (digest, _Held())
        return _held[1]


@loaded.on_forget
def _drop() -> None:
    global _held
    _held = None
