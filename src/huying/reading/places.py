"""Which known areas a text names, with "uncertain" as an answer.

An area is known by its official name and aliases (`full`), and by its name without 街道, 镇, 区 (`bare`: 观音桥). What a
name means is settled by what else the text names and by where the writer said it is. A bare name is only a hint when
it may be an ordinary word or the name of a road.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from huying.base.codes import among, codes
from huying.reading.segment import HAN, fold

READ = 1500  # characters of a text that are read for places
_PEOPLES = "土家 苗 侗 仡佬 回 蒙古 藏 彝 壮 布依 满 瑶 白 哈尼 傣 黎 傈僳 畲 水 羌 土 朝鲜 维吾尔 哈萨克"
_OF_PEOPLES = re.compile("(?:(?:" + "|".join(_PEOPLES.split()) + ")族)+(?=自治|乡|镇)(?:自治)?")
_UNIT = re.compile("(?:街道|地区|新区|[区县市镇乡])$")
# Right after a bare name: a road called after it, or another place whose name only begins like it.
_OTHER = re.compile("[东南西北中一二三四五]?(?:支?路|大道|街(?!道)|正街|巷|[镇乡村])")
_SPOT = re.compile(
    "[^\\W的在是了有和]{0,3}?(?:小区|花园|广场|站|桥|医院|小学|中学|派出所|市场|商圈|转盘|立交|片区|村|公园|步行街)"
)
_ROAD_LIKE = ("路", "街", "村", "大道")
_BEFORE = re.compile("(?:[在到住去来从回往自于市县镇]|(?<![小社片园景校厂])区|我们|我是)$")
_AFTER = re.compile(f"$|[^{HAN}]|[的这那里人]|附近|一带|街上|场上")
_HAN = re.compile(f"[{HAN}]")
T = TypeVar("T")


class Entry(NamedTuple):
    """An area: its key, official names, the keys of the areas it lies in or lay in (nearest first), and aliases."""

    key: str
    names: tuple[str, ...]
    above: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Place(NamedTuple):
    """An area that `text[start:end]` names; not `certain` when it may be another area, or no area at all."""

    area_key: str
    start: int
    end: int
    certain: bool


class Doubt(NamedTuple):
    """A name, as it stands in the text, of several areas that lie in no common one below the top."""

    name: str
    area_keys: tuple[str, ...]


class _Form(NamedTuple):
    text: str
    full: tuple[int, ...]  # entries that this is the whole name of
    bare: tuple[int, ...]


class _Hit(NamedTuple):
    start: int
    end: int
    entries: tuple[int, ...]
    full: bool
    hint: bool  # only a hint: an ordinary word or a road may be meant


def official_forms(name: str) -> tuple[str, ...]:
    """The name, and for a unit of minority peoples the short official one: 石柱土家族自治县 -> 石柱县 too."""
    short = _OF_PEOPLES.sub("", name)
    return (name,) if short == name else (name, short)


def bare_form(name: str) -> str:
    """The name without its kind (观音桥街道 -> 观音桥), '' when nothing that can stand alone is left."""
    bare = _UNIT.sub("", official_forms(name)[-1])
    return bare if len(bare) > 1 and bare != name else ""


class Gazetteer:
    """Finds the areas of `entries` in texts; immutable after it is made, so threads may share it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self._number = {entry.key: number for number, entry in enumerate(self._entries)}
        self._forms = self._index()
        self._begin = among("".join(pair[0] for pair in self._forms))

    def _index(self) -> dict[str, list[_Form]]:
        full: dict[str, list[int]] = defaultdict(list)
        bare: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            for name in entry.names:
                for form in official_forms(fold(name)):
                    full[form].append(number)
                bare[bare_form(fold(name))].append(number)
            for alias in entry.aliases:
                full[fold(alias)].append(number)
        forms: dict[str, list[_Form]] = defaultdict(list)
        for text in sorted({*full, *bare}, key=lambda text: (-len(text), text)):
            if len(text) > 1:
                forms[text[:2]].append(_Form(text, _unique(full[text]), _unique(bare[text])))
        return dict(forms)

    def find(self, text: str, within: str | None = None) -> list[Place]:
        """The areas named in `text`, in order; `within` is the area the writer picked, which settles doubts."""
        folded = fold(text[:READ])
        hits = self._hits(folded)
        around = self._around(hits, within)
        return [place for hit in hits for place in self._places(hit, around)]

    def doubts(self, text: str) -> list[Doubt]:
        """The names in `text` that may mean areas far apart, where nothing else in it settles which; each once.

        Names that may be ordinary words or a road's are left out: who did not mean a place is not asked which.
        """
        if self.settle(self.find(text)):
            return []
        folded = fold(text[:READ])
        found: dict[str, Doubt] = {}
        for hit in self._hits(folded):
            meant = self._holder(self._broadest(hit.entries))
            keys = tuple(self._entries[n].key for n in meant)
            shared = self._shared([self._entries[n].above for n in meant]) if len(keys) > 1 else ""
            if len(keys) > 1 and not hit.hint and not shared:
                found.setdefault(folded[hit.start : hit.end], Doubt(text[hit.start : hit.end], keys))
        return list(found.values())

    def _hits(self, folded: str) -> list[_Hit]:
        hits: list[_Hit] = []
        forms, done = self._forms, 0
        starts = [at for at in self._may_begin(folded) if folded[at : at + 2] in forms]
        for i in (i for i in starts if i >= done):
            form = next((form for form in forms[folded[i : i + 2]] if folded.startswith(form.text, i)), None)
            if form is not None:
                follows = bool(hits) and hits[-1].end == i
                hits.append(self._hit(folded, i, form, follows))
                done = i + len(form.text)
        return hits

    def _may_begin(self, folded: str) -> Iterable[int]:
        """Where a character stands with which a name begins: few do."""
        units = codes(folded)
        return np.flatnonzero(self._begin[units]).tolist() if len(units) == len(folded) else range(len(folded))

    def _hit(self, folded: str, start: int, form: _Form, follows: bool) -> _Hit:
        end = start + len(form.text)
        if form.full:
            return _Hit(start, end, form.full, True, False)
        return _Hit(start, end, form.bare, False, self._is_hint(folded, start, form, follows))

    def _is_hint(self, folded: str, start: int, form: _Form, follows: bool) -> bool:
        end = start + len(form.text)
        if form.text.endswith(_ROAD_LIKE) or _OTHER.match(folded, end):
            return True
        if len(form.text) > 2 or _SPOT.match(folded, end):
            return False
        before = folded[max(0, start - 2) : start]
        led_to = follows or not before or not _HAN.match(before[-1]) or _BEFORE.search(before)
        return not (led_to and (self._is_broad(form.bare) or _AFTER.match(folded, end)))

    def _is_broad(self, numbers: Iterable[int]) -> bool:
        """Whether a name can mean a district: an area right below the top."""
        return any(len(self._entries[number].above) <= 1 for number in numbers)

    def _broadest(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """A bare name that is both a district's and a street's means the district, unless the place says otherwise."""
        broad = tuple(n for n in numbers if len(self._entries[n].above) <= 1)
        return broad or numbers

    def _around(self, hits: Iterable[_Hit], within: str | None) -> frozenset[str]:
        """Keys of the areas known for certain before doubts are settled, except the top that holds everything."""
        keys: set[str] = set()
        if within in self._number:
            keys.update((within, *self._entries[self._number[within]].above))
        for hit in hits:
            meant = self._broadest(hit.entries)
            if len(meant) == 1 and not hit.hint and (hit.full or self._is_broad(meant)):
                keys.add(self._entries[meant[0]].key)
        return frozenset(key for key in keys if self._above(key))

    def _above(self, key: str) -> tuple[str, ...]:
        number = self._number.get(key)
        return self._entries[number].above if number is not None else ()

    def _places(self, hit: _Hit, around: frozenset[str]) -> list[Place]:
        near = tuple(n for n in hit.entries if not around.isdisjoint((self._entries[n].key, *self._entries[n].above)))
        chosen = self._holder(near) or self._broadest(hit.entries)
        if len(chosen) == 1:
            key, certain = self._entries[chosen[0]].key, self._is_certain(hit, chosen[0], bool(near))
            return [Place(key, hit.start, hit.end, certain)]
        shared = self._shared([self._entries[n].above for n in chosen])
        if shared and not hit.hint:
            return [Place(shared, hit.start, hit.end, True)]
        return [Place(self._entries[n].key, hit.start, hit.end, False) for n in chosen]

    def _holder(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """The one of `numbers` that all the others lie in (a district and its street of one name), else all of them."""
        for number in numbers:
            if all(n == number or self._entries[number].key in self._entries[n].above for n in numbers):
                return (number,)
        return numbers

    def _is_certain(self, hit: _Hit, number: int, near: bool) -> bool:
        """Whether a name with one meaning can be trusted: alone, or because it lies where the text already is."""
        if hit.hint:
            return near and hit.end - hit.start > 2
        return hit.full or near or hit.end - hit.start > 2 or self._is_broad([number])

    def _shared(self, lines: Sequence[tuple[str, ...]]) -> str:
        """The nearest area, below the top, that all of `lines` (areas above a place) have in common, else ''."""
        common = frozenset.intersection(*map(frozenset, lines))
        return next((key for key in lines[0] if key in common and self._above(key)), "")

    def settle(self, places: Iterable[Place]) -> str:
        """The one area that the certain `places` agree on: the narrowest, or what holds them all; '' when none."""
        keys = _unique([place.area_key for place in places if place.certain and self._above(place.area_key)])
        holders = {above for key in keys for above in self._above(key)}
        narrow = [key for key in keys if key not in holders]
        if len(narrow) < 2:
            return narrow[0] if narrow else ""
        return self._shared([(key, *self._above(key)) for key in narrow])


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
