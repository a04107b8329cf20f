"""The loaded rules by which things are offered, as they are in force today."""

import threading
from datetime import date
from typing import Any

import msgspec

from huying.base import clock
from huying.city import catalogue, loaded, queries
from huying.city.things.offers import OfferRule

SETTING = "offers"
_NONE: list[Any] = []


class _Dated(msgspec.Struct, frozen=True):
    rule: OfferRule
    valid_from: date | None = None
    valid_to: date | None = None


_held: tuple[list[Any], list[_Dated]] | None = None
_reading = threading.Lock()


def rules(on: date | None = None) -> list[OfferRule]:
    """The rules of a day whose thing is in force, by key."""
    day = on or clock.today()
    return [row.rule for row in _current() if _holds(row, day) and catalogue.thing(row.rule.thing, day)]


def rule(key: str, on: date | None = None) -> OfferRule | None:
    """The rule of that key; None when there is none that day."""
    return next((found for found in rules(on) if found.key == key), None)


def _holds(row: _Dated, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day < row.valid_to)


def _current() -> list[_Dated]:
    """What is loaded, read once: the setting in memory is another object when another pack is loaded."""
    global _held
    said: list[Any] = queries.setting(SETTING, _NONE)
    with _reading:
        if _held is None or _held[0] is not said:
            _held = (said, sorted(msgspec.convert(said, list[_Dated]), key=lambda row: row.rule.key))
        return _held[1]


@loaded.on_forget
def _drop() -> None:
    global _held
    _held = None
