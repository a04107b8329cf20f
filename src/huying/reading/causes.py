"""Which of many messages tell of one cause: the same thing at the same place, whoever tells it and in whatever words.

Two messages are compared by what they share of names (of places, firms, roads) and by what they share of troubles, apart:
the same estate with another trouble is another cause, and so is the same trouble at another estate. What is a trouble is
known from the words of the duties; every other rare word counts as a name. Causes are then grown by joining the most alike,
as long as their messages are alike on the average.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush

from huying.reading.common import EMPTY, is_common
from huying.reading.similar import COMMON_SHARE, FUNCTION_SHARE, TRIPLE, grams, shorten

TITLE = 2.0  # what a gram of the title weighs more than one of the text
RARE_SHARE = 0.05  # a gram that stands in more of the messages finds no candidates
NEAR = 0.12  # cosine from which two messages are compared at all
SAME = 0.5  # how sure two messages, or two groups on the average, must be
APART = 0.02  # how sure two messages are that share nothing worth comparing
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


@dataclass(slots=True)
class _Read:
    """A message taken apart: its grams weighed, those of troubles and those of names apart, of the whole and of the title."""

    whole: Vector
    troubles: Vector
    names: Vector
    title_troubles: Vector
    title_names: Vector
    runs: list[str]
    plain: str
    lengths: dict[str, float] = field(default_factory=dict)


# how much each likeness says, and where the middle lies: fitted once on pairs labelled by hand (docs/performance.md)
WEIGHTS = {
    "whole": 0.0,
    "troubles": 0.0,
    "names": 0.0,
    "told_troubles": 0.0,
    "told_names": 0.0,
    "run": 0.0,
    "days": 0.0,
    "same_person": 0.0,
}
MIDDLE = 0.0


class Messages:
    """Messages that are compared with each other. `troubles` are the grams of the duties' words."""

    def __init__(self, messages: Sequence[Message], troubles: Collection[str]) -> None:
        self.messages = messages
        self._troubles = frozenset(troubles)
        counted = [(Counter(grams(m.title)), Counter(grams(shorten(m.text)))) for m in messages]
        self._held = Counter(gram for title, text in counted for gram in title.keys() | text.keys())
        self._read = [self._take_apart(m, *both) for m, both in zip(messages, counted, strict=True)]

    def sure(self, one: int, other: int) -> float:
        """How sure it is, from 0 to 1, that two messages (by their place in the list) tell of one cause."""
        found = self.likenesses(one, other)
        return 1 / (1 + math.exp(-(MIDDLE + sum(WEIGHTS[name] * value for name, value in found.items()))))

    def likenesses(self, one: int, other: int) -> dict[str, float]:
        """What two messages share, each from 0 to 1 but for `days`, which grows with the logarithm of the days between."""
        a, b = self._read[one], self._read[other]
        first, second = self.messages[one], self.messages[other]
        return {
            "whole": _cosine(a.whole, b.whole),
            "troubles": _cosine(a.troubles, b.troubles),
            "names": _cosine(a.names, b.names),
            "told_troubles": min(_told(a.title_troubles, b), _told(b.title_troubles, a)),
            "told_names": min(_told(a.title_names, b), _told(b.title_names, a)),
            "run": min(max(_longest(a, b), _longest(b, a)), 10) / 10,
            "days": math.log1p(abs((first.at - second.at).days)) / 6,
            "same_person": float(bool(first.who) and first.who == second.who),
        }

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs worth comparing, the earlier in the list first."""
        most = max(3.0, len(self.messages) * RARE_SHARE)
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
        edges = {pair: sure for pair in self.candidates() if (sure := self.sure(*pair)) > APART}
        groups = _grown(len(self.messages), edges)
        return [sorted(group, key=lambda n: (self.messages[n].at, n)) for group in groups if len(group) > 1]

    def phrases(self, numbers: Sequence[int], most: int = 3) -> list[str]:
        """The heaviest runs of the first one's title that most of the others hold too: what they have in common."""
        told: Counter[str] = Counter()
        for run in {run for n in numbers[:40] for run in self._read[n].runs}:
            holders = sum(run in self._read[n].plain for n in numbers)
            if holders * 2 > len(numbers):
                told[run] = sum(holders * self._worth(g) for g in grams(run)) / len(numbers)
        kept: list[str] = []
        for run, _ in told.most_common(40):
            if len(kept) < most and not any(run in other or other in run for other in kept):
                kept.append(run)
        return kept

    def _worth(self, gram: str) -> float:
        rarity = math.log(len(self.messages) / self._held[gram]) if self._held[gram] else 0.0
        share = TRIPLE if len(gram) == 3 else 1.0
        if is_common(gram):
            return share * COMMON_SHARE * rarity
        return share * (FUNCTION_SHARE if not EMPTY.isdisjoint(gram) else 1.0) * rarity

    def _take_apart(self, message: Message, title: Counter[str], text: Counter[str]) -> _Read:
        weights = {g: self._worth(g) for g in title.keys() | text.keys()}
        whole = {g: x * (TITLE * (g in title) + (g in text)) for g, x in weights.items()}
        told = {g: weights[g] for g in title}
        return _Read(
            whole,
            *_apart(whole, self._troubles),
            *_apart(told, self._troubles),
            _HAN.findall(message.title),
            f"{message.title}。{shorten(message.text)}",
        )


def _apart(weights: Vector, troubles: Collection[str]) -> tuple[Vector, Vector]:
    return {g: x for g, x in weights.items() if g in troubles}, {g: x for g, x in weights.items() if g not in troubles}


def _cosine(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    shared = sum(x * other[g] for g, x in one.items() if g in other)
    return shared / math.sqrt(_square(one) * _square(other)) if shared else 0.0


def _square(vector: Vector) -> float:
    return sum(x * x for x in vector.values())


def _told(title: Vector, other: _Read) -> float:
    """How much of what a title says stands in another message; a third where it says nothing of the sort."""
    whole = sum(title.values())
    return sum(x for g, x in title.items() if g in other.whole) / whole if whole else 0.3


def _longest(one: _Read, other: _Read) -> int:
    """Characters of the longest run of one's title that stands in the other."""
    best = 0
    for run in one.runs:
        start = 0
        while start + best < len(run):
            if run[start : start + best + 1] in other.plain:
                best += 1
            else:
                start += 1
    return best


def _grown(count: int, edges: dict[tuple[int, int], float]) -> Iterable[set[int]]:
    """Groups joined, the surest pair first, while the mean over all their pairs stays sure. A pair without an edge is apart."""
    members = {n: {n} for n in range(count)}
    sums: dict[int, dict[int, float]] = {n: {} for n in range(count)}
    for (a, b), sure in edges.items():
        sums[a][b] = sums[b][a] = sure - APART
    heap = [(-sure, a, b, 1, 1) for (a, b), sure in edges.items() if sure >= SAME]
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
            continue  # one of them has grown since
        if len(members[a]) < len(members[b]):
            a, b = b, a
        members[a] |= members.pop(b)
        for other, summed in sums.pop(b).items():
            sums[other].pop(b)
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + summed
        for other, summed in sums[a].items():
            mean = APART + summed / (len(members[a]) * len(members[other]))
            if mean >= SAME:
                heappush(heap, (-mean, a, other, len(members[a]), len(members[other])))
    return members.values()
