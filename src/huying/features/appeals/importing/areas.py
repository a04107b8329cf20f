"""From the words of a district's or street's column to an area of this city. What is not of this city stays words."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huying.features.appeals.importing.words import WHOLE_CITY

REMEMBERED = 20_000  # answers: a long table asks the same again and again
_SPACES = re.compile(r"[\s,，、/\-]+")


@dataclass(frozen=True, slots=True)
class Named:
    """An area as the pack has it. It holds from `valid_from` up to, not including, `valid_to`."""

    key: str
    names: tuple[str, ...]
    level: str  # city, district, street
    parent: str
    valid_from: date | None
    valid_to: date | None

    def held_on(self, day: date) -> bool:
        """Whether the area existed on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Found:
    """The area, None when it is unknown, and the words it does not account for: they stay with the place.

    `elsewhere`: the words name a city or district that is not ours.
    """

    key: str | None
    rest: str
    elsewhere: bool = False


class Areas:
    """The city's areas by their names. An area is found by its whole name; between two of one name the day decides."""

    def __init__(self, areas: Iterable[Named]) -> None:
        self._city: list[str] = []
        self._districts: dict[str, list[Named]] = defaultdict(list)
        self._streets: dict[tuple[str, str], list[Named]] = defaultdict(list)
        self._anywhere: dict[str, list[Named]] = defaultdict(list)
        for area in areas:
            self._file(area)
        self._city.sort(key=len, reverse=True)
        self._prefixes = sorted(self._districts, key=len, reverse=True)
        self._known: dict[tuple[str, str, str, date], Found] = {}

    def _file(self, area: Named) -> None:
        for name in {_plain(name) for name in area.names} - {""}:
            if area.level == "city":
                self._city.append(name)
            elif area.level == "district":
                self._districts[name].append(area)
            else:
                self._streets[area.parent, name].append(area)
                self._anywhere[name].append(area)

    def find(self, written: tuple[str, str, str], day: date) -> Found:
        """The area of the columns city, district and street, as it was on `day`."""
        asked = (*written, day)
        if asked not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[asked] = self._find(*written, day)
        return self._known[asked]

    def _find(self, city: str, district: str, street: str, day: date) -> Found:
        words = " ".join(filter(None, (city, district, street)))
        if city and _plain(city) not in self._city:
            return Found(None, words, elsewhere=True)
        plain = self._without_city(_plain(district))
        if plain in self._city or plain in WHOLE_CITY:
            return self._street_alone(street, day, words)
        area, rest = self._district(plain, day)
        if area is None:
            # the column may hold a street; but a street beside a district we do not have is another city's
            alone = Found(None, words) if street else self._street_alone(plain, day, words)
            return alone if alone.key else Found(None, words, elsewhere=True)
        for candidate in filter(None, (_plain(street), rest)):
            if found := _of_day(self._streets.get((area.key, candidate), ()), day):
                return Found(found.key, rest if rest and rest != candidate else "")
        return Found(area.key, " ".join(filter(None, (rest, street))))

    def _district(self, plain: str, day: date) -> tuple[Named | None, str]:
        """The district that is meant, and what stands behind its name."""
        if plain in self._districts:
            return _of_day(self._districts[plain], day), ""
        for name in self._prefixes:
            if plain.startswith(name):
                area, rest = _of_day(self._districts[name], day), plain.removeprefix(name)
                if area and (area.key, rest) in self._streets:
                    return area, rest
        return None, ""

    def _street_alone(self, street: str, day: date, words: str) -> Found:
        """A street without its district counts only when one district alone has it."""
        held = [area for area in self._anywhere.get(_plain(street), ()) if area.held_on(day)]
        return Found(held[0].key, "") if len(held) == 1 else Found(None, words)

    def _without_city(self, plain: str) -> str:
        return next((plain.removeprefix(name) for name in self._city if plain.startswith(name)), plain)


def _of_day(areas: Iterable[Named], day: date) -> Named | None:
    """The one that held on the day; else one that holds now; else the last that did."""
    ranked = sorted(areas, key=lambda a: (a.held_on(day), a.valid_to is None, a.valid_to or date.min), reverse=True)
    return ranked[0] if ranked else None


def _plain(name: str) -> str:
    return _SPACES.sub("", name)
