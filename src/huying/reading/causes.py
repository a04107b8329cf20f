"""Which of many messages tell of one cause: the same thing at the same place, whoever tells it and in whatever words.

Two messages are compared by what they share of names (of places, firms, roads) and by what they share of troubles, apart:
the same estate with another trouble is another cause, and so is the same trouble at another estate. What is a trouble is
known from the words of the duties; every other rare word counts as a name. Causes are then grown by joining the most alike,
as long as each message of the smaller group has its like in the other.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huying.reading.common import EMPTY, is_common
from huying.reading.groups import Groups
from huying.reading.held import figures_in, mistyped, names_in, shared_figure, shared_names
from huying.reading.named import named, strangers
from huying.reading.similar import COMMON_SHARE, FUNCTION_SHARE, TRIPLE, grams, shorten

TITLE = 2.0  # what a gram of the title weighs more than one of the text
FEW = 2_000  # among fewer messages than these nothing is common because most of the few hold it
RARE_SHARE = 0.05  # a gram that stands in more of the messages finds no candidates
FEW_SHARE = 0.007  # a triple that stands in no more of the messages is rare
NEAR = 0.12  # cosine from which two messages are compared at all
MUCH = 0.4  # of a title's trouble: so much of it told by the other message, and it is no other trouble
OTHER, FAINT, DOUBT = 0.8, 0.2, 0.4  # each title another trouble, hardly a trouble shared: how sure it is at most
LEAST = 0.05  # what is less sure is not kept
_DISTRICT = re.compile("([A-Z]\\d+|[\u4e00-\u9fff]{2})[区县]")
_NO_DISTRICT = frozenset("小社地园新城辖片景市山校街库牧林矿灾")  # before 区: no district's name ends so
_AREA = re.compile("[区县市镇](?!政府)([\u4e00-\u9fff]{3,})")
_HAN = re.compile("[\u3400-\u9fff]+")
Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, when, and (by any name that tells people apart) who."""

    id: str
    title: str
    text: str
    at: datetime
    who: str = ""
    area: str = ""  # its district, where that is known; else the districts that the words name


@dataclass(slots=True)
class _Read:
    """A message taken apart: its grams weighed, those of troubles and those of names apart, of the whole and of the title."""

    whole: Vector
    troubles: Vector
    names: Vector
    title_troubles: Vector
    title_names: Vector
    plain: str
    areas: frozenset[str]
    cores: list[str]  # of the names in the title
    trouble: Vector  # of the title without those names: 小区 is part of a name there
    all_names: frozenset[str]  # cores of the names anywhere in it
    figures: frozenset[str]
    rare: frozenset[str]  # triples that few messages hold


# how much each likeness says, and where the middle lies: fitted once on pairs labelled by hand (docs/performance.md)
WEIGHTS = {
    "whole": 0.78,
    "troubles": 0.12,
    "names": 1.56,
    "both": 2.21,
    "told_troubles": 0.74,
    "told_names": 0.8,
    "told_both": 2.17,
    "other_trouble": -1.5,
    "elsewhere": -0.98,
    "strange": -1.41,
    "copied_elsewhere": -5.58,
    "days": -2.45,
    "same_person": 0.59,
    "named": 1.53,
    "figures": 1.32,
    "mistyped": 2.37,
    "rare": 1.17,
}
MIDDLE = -1.29
BUSY = timedelta(days=30)  # how hot a cause is: how many people told of it in its busiest days
AGREED = 0.8  # of the places where a name stands, those where the letter beside it is the same
MOST_COMPARED = 60  # messages of one cause that are compared to say what it is


@dataclass(frozen=True, slots=True)
class Cause:
    """What several messages tell of, the earliest first; `busiest` people of `people` told it within BUSY."""

    title: str
    place: str
    since: datetime
    until: datetime
    people: int
    busiest: int
    members: tuple[str, ...]


def hot(messages: Sequence[Message], troubles: Collection[str]) -> list[Cause]:
    """The causes of which two or more messages tell, the hottest first. `troubles` are the grams of the duties' words."""
    read = Messages(messages, troubles)
    found = [_cause(read, [*numbers]) for numbers in read.causes()]
    return sorted(found, key=lambda cause: (-cause.busiest, -cause.people, -len(cause.members), cause.since, cause.members))


def _cause(read: "Messages", numbers: list[int]) -> Cause:
    told = [read.messages[n] for n in numbers]
    people = {m.who or m.id for m in told}
    title = read.messages[read.heart(numbers)].title
    return Cause(title, read.place(numbers), told[0].at, told[-1].at, len(people), busiest(told), tuple(m.id for m in told))


def busiest(told: Sequence[Message]) -> int:
    """How many people told it within the busiest days; the messages are in their order of time."""
    return max(len({m.who or m.id for m in told if first.at <= m.at < first.at + BUSY}) for first in told)


class Messages:
    """Messages that are compared with each other. `troubles` are the grams of the duties' words."""

    def __init__(self, messages: Sequence[Message], troubles: Collection[str]) -> None:
        self.messages = messages
        self._troubles = frozenset(troubles)
        counted = [(Counter(grams(m.title)), Counter(grams(shorten(m.text)))) for m in messages]
        self._held = Counter(gram for title, text in counted for gram in title.keys() | text.keys())
        self._read = [self._take_apart(m, *both) for m, both in zip(messages, counted, strict=True)]
        self._figures = Counter(figure for read in self._read for figure in read.figures)

    def sure(self, one: int, other: int) -> float:
        """How sure it is, from 0 to 1, that two messages (by their place in the list) tell of one cause."""
        found = self.likenesses(one, other)
        sure = 1 / (1 + math.exp(-(MIDDLE + sum(WEIGHTS[name] * value for name, value in found.items()))))
        if found["other_trouble"] >= OTHER and found["troubles"] < FAINT:
            return min(sure, DOUBT)  # however rare the name of the place is that they share
        return sure

    def likenesses(self, one: int, other: int) -> dict[str, float]:
        """What two messages share, each from 0 to 1 but for `days`, which grows with the logarithm of the days between."""
        a, b = self._read[one], self._read[other]
        first, second = self.messages[one], self.messages[other]
        whole, strange = _cosine(a.whole, b.whole), strangers(a.cores, b.cores, a.plain, b.plain)
        troubles, names = _cosine(a.troubles, b.troubles), _cosine(a.names, b.names)
        return {
            "whole": whole,
            "troubles": troubles,
            "names": names,
            "both": math.sqrt(troubles * names),
            "told_troubles": min(_told(a.title_troubles, b), _told(b.title_troubles, a)),
            "told_names": min(_told(a.title_names, b), _told(b.title_names, a)),
            "told_both": math.sqrt(
                max(_told(a.title_names, b), _told(b.title_names, a))
                * max(_told(a.title_troubles, b), _told(b.title_troubles, a))
            ),
            "other_trouble": _other_trouble(a, b),
            "elsewhere": float(bool(a.areas) and bool(b.areas) and a.areas.isdisjoint(b.areas)),
            "strange": strange,
            "copied_elsewhere": whole * (strange == 1.0),
            "days": math.log1p(abs((first.at - second.at).days)) / 6,
            "same_person": float(bool(first.who) and first.who == second.who),
            "named": shared_names(a.all_names, b.all_names),
            "figures": float(shared_figure(a.figures, b.figures, self._figures)),
            "mistyped": float(mistyped(a.cores, b.cores)),
            "rare": math.log1p(len(a.rare & b.rare)) / 5,
        }

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs worth comparing, the earlier in the list first."""
        most = max(len(self.messages), FEW) * RARE_SHARE
        lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, read in enumerate(self._read):
            rare = {g: x for g, x in read.whole.items() if 1 < self._held[g] <= most and not is_common(g)}
            length = math.sqrt(sum(x * x for x in rare.values())) or 1.0
            found: dict[int, float] = defaultdict(float)
            for gram, weight in rare.items():
                share = weight / length
                for before, theirs in lists[gram]:
                    found[before] += share * theirs
                lists[gram].append((number, share))
            yield from ((before, number) for before, likeness in found.items() if likeness >= NEAR)

    def causes(self) -> list[list[int]]:
        """The messages (by their place in the list) of each cause that two or more tell of, the earliest first."""
        edges = {pair: sure for pair in self.candidates() if (sure := self.sure(*pair)) > LEAST}
        groups = Groups(len(self.messages), edges).grow()
        return [sorted(group, key=lambda n: (self.messages[n].at, n)) for group in groups if len(group) > 1]

    def heart(self, numbers: Sequence[int]) -> int:
        """The message of a cause that is most like its others: it tells best what it is about."""
        few = list(numbers[:MOST_COMPARED])
        return max(few, key=lambda n: (sum(_cosine(self._read[n].whole, self._read[o].whole) for o in few), -n))

    def place(self, numbers: Sequence[int]) -> str:
        """The name that most of the messages hold, as most write it; '' where they name none in common."""
        few = numbers[:MOST_COMPARED]
        writings = Counter((core, name) for n in few for name, core in named(self.messages[n].title))
        held = {core: self._holders(core, few) for core, _ in writings if not self._is_trouble(core)}
        best = max(held, key=lambda core: (held[core], len(core), core), default="")
        if best and held[best] * 2 > len(few):
            whole = Counter[str]()
            for (_, name), often in writings.items():
                whole[name] += often * (best in name)
            return max(whole, key=lambda name: (whole[name], -len(name), name))
        return self._unended(few)

    def _unended(self, numbers: Sequence[int]) -> str:
        """A name without an ending that tells it: the longest run behind the area in most of the titles, no trouble in it."""
        found = Counter(name for n in numbers for name in {*_behind_area(self.messages[n].title)})
        held = [name for name in found if found[name] * 2 > len(numbers) and not self._holds_trouble(name)]
        best = max(held, key=lambda name: (len(name), found[name], name), default="")
        return _rounded(best, [self._read[n].plain for n in numbers]) if best else ""

    def _is_trouble(self, core: str) -> bool:
        return any(core[i : i + 2] in self._troubles for i in range(len(core) - 1))

    def _holds_trouble(self, run: str) -> bool:
        pairs = [run[i : i + 2] for i in range(len(run) - 1)]
        return any(pair in self._troubles or is_common(pair) or not EMPTY.isdisjoint(pair) for pair in pairs)

    def _holders(self, run: str, numbers: Sequence[int]) -> int:
        return sum(run in self._read[n].plain for n in numbers)

    def _worth(self, gram: str) -> float:
        rarity = math.log(max(len(self.messages), FEW) / self._held[gram])
        share = TRIPLE if len(gram) == 3 else 1.0
        if is_common(gram):
            return share * COMMON_SHARE * rarity
        return share * (FUNCTION_SHARE if not EMPTY.isdisjoint(gram) else 1.0) * rarity

    def _take_apart(self, message: Message, title: Counter[str], text: Counter[str]) -> _Read:
        weights = {g: self._worth(g) for g in title.keys() | text.keys()}
        names = named(message.title)
        bare = frozenset(grams(_without(message.title, [name for name, _ in names])))
        whole = {g: x * (TITLE * (g in title) + (g in text)) for g, x in weights.items()}
        told = {g: weights[g] for g in title}
        return _Read(
            whole,
            *_apart(whole, self._troubles),
            *_apart(told, self._troubles),
            plain := f"{message.title}。{shorten(message.text)}",
            frozenset({message.area}) if message.area else _districts(plain),
            [core for _, core in names],
            {g: weights[g] for g in title if g in self._troubles and g in bare},
            names_in(plain),
            figures_in(f"{message.title}。{message.text}"),
            frozenset(g for g in weights if len(g) == 3 and self._held[g] <= max(len(self.messages), FEW) * FEW_SHARE),
        )


def _without(title: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        title = title.replace(name, "，")
    return title


def _behind_area(title: str) -> Iterator[str]:
    """What may be a name behind each area that a title names, from three characters to eight."""
    for match in _AREA.finditer(title):
        run = match.group(1)
        yield from (run[:n] for n in range(3, min(len(run), 8) + 1))


def _rounded(run: str, texts: Sequence[str], most: int = 12) -> str:
    """A run with the letters that stand beside it nearly everywhere: 丽发新城小 becomes 丽发新城小区."""
    while len(run) < most:
        found = Counter[str]()
        total = 0
        for text in texts:
            for match in re.finditer(re.escape(run), text):
                total += 1
                before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
                found.update({side for side in (f"{before}{run}", f"{run}{after}") if len(side) > len(run)})
        wider, often = found.most_common(1)[0] if found else ("", 0)
        if not _HAN.fullmatch(wider) or often < AGREED * total:
            break
        run = wider
    return run.lstrip("区县市")


def _districts(text: str) -> frozenset[str]:
    """The last letters of the districts that a text names: 渝中 and 坪坝 for 渝中区 and 沙坪坝区."""
    return frozenset(name for name in _DISTRICT.findall(text) if name[-1] not in _NO_DISTRICT)


def _apart(weights: Vector, troubles: Collection[str]) -> tuple[Vector, Vector]:
    return {g: x for g, x in weights.items() if g in troubles}, {g: x for g, x in weights.items() if g not in troubles}


def _cosine(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    shared = sum(x * other[g] for g, x in one.items() if g in other)
    return shared / math.sqrt(_square(one) * _square(other)) if shared else 0.0


def _square(vector: Vector) -> float:
    return sum(x * x for x in vector.values())


def _other_trouble(one: _Read, other: _Read) -> float:
    """1 where each title names a trouble of which the other message says nothing, 0 where much of it stands there."""
    if not one.trouble or not other.trouble:
        return 0.0
    return max(0.0, 1 - max(_told(one.trouble, other), _told(other.trouble, one)) / MUCH)


def _told(title: Vector, other: _Read) -> float:
    """How much of what a title says stands in another message; a third where it says nothing of the sort."""
    whole = sum(title.values())
    return sum(x for g, x in title.items() if g in other.whole) / whole if whole else 0.3
