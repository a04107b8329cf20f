"""Which of a few hundred texts is most like what somebody wrote, and which shared words say so. Needs no training.

BM25 (Robertson and Zaragoza, 2009) over character pairs and triples, with words of other scripts kept whole, and single
characters beside them for little: 校 or 药 says something where the word itself stands in no document. What a letter says
again counts again, less each time (the text book's k3). Two things differ from the text book, because the texts are few
and short: a part of a document may weigh more than its length (a name more than a description), and pairs that belong to
any letter at all (我们, 希望, 的路) hardly count, for among a few hundred texts such a pair can look rare.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from math import log
from typing import NamedTuple

from huying.reading.common import EMPTY, is_common, trim
from huying.reading.postings import Postings
from huying.reading.segment import fold, pieces_at, words_at

SATURATION, LENGTH_SHARE = 2.0, 0.5  # BM25's k1 and b
AGAIN = 4.0  # BM25's k3: how often something said again still counts
TRIPLE = 0.6  # a shared run of three says more than its two pairs alone
SINGLE = 0.1  # a shared character alone says little
FUNCTION_SHARE, COMMON_SHARE = 0.25, 0.05
OPENING, OPENING_LENGTH = 1.7, 60  # what a gram of the opening weighs against one of the rest, and its most characters
_OPENING = re.compile(rf"[。！？!?\s]*[^。！？!?\n]{{0,{OPENING_LENGTH}}}")
_HAPPENED = re.compile("(\\w)(\\w)了")
GREETING = 40  # characters at most before what a letter begins with
HEAD, TAIL = 450, 150  # of a long letter: it says what it is about first, and what it asks for last


class Document(NamedTuple):
    """A text to be found: its id and its parts, each with what one mention in it weighs."""

    id: str
    parts: tuple[tuple[str, float], ...]


class Match(NamedTuple):
    """A document found, its score (only comparable within one text), and the shared words, heaviest first."""

    id: str
    score: float
    phrases: list[str]


class Letter:
    """What somebody wrote, cut into pieces once for all that is asked of it."""

    __slots__ = ("_pieces", "_weights", "folded", "text", "until")

    def __init__(self, text: str) -> None:
        self.text = shorten(once(text))
        self.folded = fold(self.text)
        self.until = opening(self.text)
        self._pieces: list[tuple[int, str, bool]] | None = None
        self._weights: dict[str, float] | None = None

    @property
    def pieces(self) -> list[tuple[int, str, bool]]:
        """Where each unbroken stretch starts, what it is, and whether it is Han characters."""
        if self._pieces is None:
            self._pieces = pieces_at(self.folded)
        return self._pieces

    def weights(self) -> dict[str, float]:
        """Its grams, each with what it weighs here: those of the opening more. Read it, never change it."""
        if self._weights is None:
            self._weights = self._weighed()
        return self._weights

    def _weighed(self) -> dict[str, float]:
        weights = dict.fromkeys(_grams(self.pieces), 1.0)
        weights.update(dict.fromkeys(_grams(piece for piece in self.pieces if piece[0] < self.until), OPENING))
        for verb_object in self.turned():
            weights.setdefault(verb_object, OPENING)
        return weights

    def turned(self) -> list[str]:
        """What happened to a thing, as it stands in names: 水停了 as 停水, 路堵了 as 堵路."""
        return [match.group(2) + match.group(1) for match in _HAPPENED.finditer(self.text)] if "了" in self.text else []


def once(text: str) -> str:
    """Without a title that was made of the words after it: what is written there again was not said again."""
    title, stop, rest = text.partition("。")
    return rest if stop and title and 0 <= rest.find(title.rstrip("…")) <= GREETING else text


def shorten(text: str) -> str:
    """A long letter's beginning and end; a shorter one as it is."""
    return text if len(text) <= HEAD + TAIL else text[:HEAD] + "\n" + text[-TAIL:]


def opening(text: str) -> int:
    """Where the title or first sentence ends, in which a letter says what it is about."""
    found = _OPENING.match(text)
    return found.end() if found else 0


def grams(text: str) -> list[str]:
    """Pairs and triples of Han characters and whole words of `text`, repeated as they repeat."""
    return _grams(pieces_at(fold(text)))


def singles(text: str) -> list[str]:
    """The Han characters of `text` one by one, repeated as they repeat, without those that stand in any text."""
    return [char for _, piece, han in pieces_at(fold(text)) if han for char in piece if char not in EMPTY]


def _grams(pieces: Iterable[tuple[int, str, bool]]) -> list[str]:
    found: list[str] = []
    for _, piece, han in pieces:
        if han:
            found += [piece[i : i + 2] for i in range(len(piece) - 1)]
            found += [piece[i : i + 3] for i in range(len(piece) - 2)]
        else:
            found.append(piece)
    return found


def _worth(gram: str) -> float:
    """How much of its weight a gram keeps: function words and what stands in every letter say little."""
    share = TRIPLE if len(gram) == 3 else SINGLE if len(gram) == 1 else 1.0
    if is_common(gram):
        return share * COMMON_SHARE
    return share * FUNCTION_SHARE if not EMPTY.isdisjoint(gram) else share


class Index:
    """Inverted lists over `documents`; immutable after it is made, so threads may share it."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.ids = [document.id for document in documents]
        self._number = {id_: number for number, id_ in enumerate(self.ids)}
        counts = [self._counts(document.parts) for document in documents]
        mean = sum(sum(count.values()) for count in counts) / max(len(counts), 1) or 1.0
        lists = self._invert(counts, mean)
        self._postings = Postings(lists, len(documents))
        self._weights: list[dict[str, float]] = [{} for _ in documents]  # the same by document: gram to weight
        for gram, entries in lists.items():
            for number, weight in entries:
                self._weights[number][gram] = weight

    @staticmethod
    def _counts(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        for text, weight in parts:
            for gram in (*grams(text), *singles(text)):
                counts[gram] += weight
        return counts

    def _invert(self, counts: list[dict[str, float]], mean: float) -> dict[str, list[tuple[int, float]]]:
        lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            slack = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * sum(count.values()) / mean)
            for gram, often in count.items():
                lists[gram].append((number, often * (SATURATION + 1) / (often + slack)))
        return {gram: self._weighed(gram, entries) for gram, entries in lists.items()}

    def _weighed(self, gram: str, entries: list[tuple[int, float]]) -> list[tuple[int, float]]:
        rarity = log(1 + (len(self.ids) - len(entries) + 0.5) / (len(entries) + 0.5)) * _worth(gram)
        return [(number, weight * rarity) for number, weight in entries]

    def scores(self, letter: Letter) -> list[float]:
        """How like `letter` each document is, in the order of `ids`."""
        return self._postings.scores(self._factors(letter))

    def _factors(self, letter: Letter) -> dict[int, float]:
        """`letter.weights()` by the numbers of the grams, without writing down those that stand nowhere."""
        postings = self._postings
        standing = postings.in_text(letter.folded, letter.until)
        if standing is None:
            return {number: weight for gram, weight in spelled(letter).items() for number in postings.numbers([gram])}
        factors = {number: _again(often) for number, often in Counter(standing[0]).items()}
        for number in set(standing[1]):
            factors[number] *= OPENING
        for start, word in words_at(letter.folded):
            for number in postings.numbers([word]):
                factors[number] = max(factors.get(number, 0.0), OPENING if start < letter.until else 1.0)
        for number in postings.numbers(letter.turned()):
            factors.setdefault(number, OPENING)
        return factors

    def rank(self, text: str, k: int = 3) -> list[Match]:
        """The `k` documents most like `text`, best first, those alone that share something with it."""
        letter = Letter(text)
        scores = self.scores(letter)
        best = nlargest(k, range(len(scores)), key=scores.__getitem__)
        return [Match(self.ids[n], scores[n], self.phrases(letter, self.ids[n])) for n in best if scores[n] > 0]

    def phrases(self, letter: Letter, id_: str, most: int = 3) -> list[str]:
        """The heaviest runs of characters that `letter` shares with document `id_`, as they stand in its text."""
        weights = self._weights[self._number[id_]]
        kept: list[str] = []
        for _, phrase in sorted(_shared(letter, weights), key=lambda run: -run[0]):
            if not any(phrase in other for other in kept):
                kept.append(phrase)
                if len(kept) == most:
                    break
        return kept


def spelled(letter: Letter) -> dict[str, float]:
    """Everything a letter is looked up by, each with what it weighs: its words once, what it repeats more, its opening most."""
    weights = dict(letter.weights())
    chars = [(start + n, char) for start, piece, han in letter.pieces if han for n, char in enumerate(piece)]
    weights |= {char: OPENING if start < _opening_end(letter) else 1.0 for start, char in reversed(chars)}
    han = [piece for piece in letter.pieces if piece[2]]
    for gram, often in Counter((*_grams(han), *(char for _, char in chars))).items():
        weights[gram] *= _again(often)
    return weights


def _opening_end(letter: Letter) -> int:
    """Where the stretch ends in which its opening does."""
    return max((start + len(piece) for start, piece, _ in letter.pieces if start < letter.until), default=0)


def _again(often: float) -> float:
    return often * (AGAIN + 1) / (often + AGAIN)


def _shared(letter: Letter, weights: dict[str, float]) -> Iterator[tuple[float, str]]:
    for start, piece, han in letter.pieces:
        if not han:
            if piece in weights:
                yield weights[piece], letter.text[start : start + len(piece)]
            continue
        for begin, end, weight in _chains(piece, weights):
            left, right = trim(piece, begin, end)
            if right - left > 1 and weight > 0:
                yield weight, letter.text[start + left : start + right]


def _chains(run: str, weights: dict[str, float]) -> Iterator[tuple[int, int, float]]:
    """Stretches of `run` all of whose pairs are in `weights`: begin, end, and what their pairs and triples weigh."""
    shared = [i for i in range(len(run) - 1) if run[i : i + 2] in weights]
    begin = 0
    for at, i in enumerate(shared):
        if at + 1 < len(shared) and shared[at + 1] == i + 1:
            continue
        first, end = shared[begin], i + 2
        begin = at + 1
        pairs = sum(weights[run[j : j + 2]] for j in range(first, end - 1))
        yield first, end, pairs + sum(weights.get(run[j : j + 3], 0.0) for j in range(first, end - 2))


def likeness(one: Letter, other: Letter, without: frozenset[str] = frozenset()) -> float:
    """How much of the shorter of two letters stands in the other too, from 0 to 1, whatever else has been written.

    For telling whether two people say the same: an index of a few texts would find common words rare. What stands in
    `without` says nothing.
    """
    mine, theirs = one.weights().keys() - without, other.weights().keys() - without
    least = min(_sum(mine), _sum(theirs))
    return _sum(mine & theirs) / least if least else 0.0


def common(one: Letter, other: Letter, most: int = 3) -> list[str]:
    """The heaviest runs of characters that stand in both letters, as they stand in the first."""
    theirs = {gram: _worth(gram) for gram in other.weights()}
    kept: list[str] = []
    for _, phrase in sorted(_shared(one, theirs), key=lambda run: -run[0]):
        if len(kept) < most and not any(phrase in held for held in kept):
            kept.append(phrase)
    return kept


def _sum(found: Iterable[str]) -> float:
    return sum(_worth(gram) for gram in found)
