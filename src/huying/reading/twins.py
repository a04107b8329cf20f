"""Near copies among many texts, and the clusters they form: what one has learned must not be asked about its copies."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log, sqrt

from huying.reading.segment import fold, pieces_at

SHARED = 0.6  # of the rarer pairs of the shorter text: copies share nearly all, others a third at most
ALIKE = 0.33  # and what they share against the (geometric) mean of both: few words stand in many a long letter
RARE = 40  # a pair that stands in more texts than this names candidates only for a text that has hardly a rarer one
RAREST = 8  # so many pairs of a text name candidates, however common they are
LEAST = 2  # so many of those two texts share before they are compared


def clusters(texts: Sequence[str]) -> list[int]:
    """For each text the number of its cluster: near copies, and copies of copies, have one number.

    A copy may lack words of the other, as one does that was cut into words and lost the common ones; give it as it was
    cut: joined again, it would have pairs at its seams that no other text has.
    """
    sets = [_pairs(text) for text in texts]
    heads = list(range(len(texts)))
    for one, other in _alike(sets):
        first, second = sorted((_head(heads, one), _head(heads, other)))
        heads[second] = first  # a cluster is known by its first text, in whatever order its copies were met
    return [_head(heads, number) for number in range(len(texts))]


def _pairs(text: str) -> frozenset[str]:
    pieces = (piece for _, piece, han in pieces_at(fold(text)) if han)
    return frozenset(piece[i : i + 2] for piece in pieces for i in range(len(piece) - 1))


def _alike(sets: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    seen = Counter(pair for found in sets for pair in found)
    rarity = {pair: log(len(sets) / count) if count < len(sets) else 0.0 for pair, count in seen.items()}
    sums = [_sum(found, rarity) for found in sets]
    holders: dict[str, list[int]] = defaultdict(list)
    exact: dict[frozenset[str], int] = {}
    # the longer first: what is rare in the shorter stands in a copy of it, and not the other way round
    for number in sorted(range(len(sets)), key=lambda n: -len(sets[n])):
        found = sets[number]
        if found in exact:
            yield number, exact[found]
            continue
        exact[found] = number
        candidates = Counter(other for pair in _telling(found, seen) for other in holders[pair])
        for other, shared in candidates.items():
            if shared >= LEAST and _is_copy(_sum(found & sets[other], rarity), sums[number], sums[other]):
                yield number, other
        for pair in found:
            holders[pair].append(number)


def _is_copy(both: float, one: float, other: float) -> bool:
    return both > 0 and both >= SHARED * min(one, other) and both >= ALIKE * sqrt(one * other)


def _telling(found: frozenset[str], seen: Mapping[str, int]) -> list[str]:
    """The pairs of a text that name its copies: the rare ones, and a few at least. What stands in one text alone names none."""
    shared = sorted((pair for pair in found if seen[pair] > 1), key=lambda pair: (seen[pair], pair))
    return [pair for n, pair in enumerate(shared) if n < RAREST or seen[pair] <= RARE]


def _sum(found: Iterable[str], rarity: dict[str, float]) -> float:
    return sum(rarity[pair] for pair in found)


def _head(heads: list[int], number: int) -> int:
    while heads[number] != number:
        heads[number] = heads[heads[number]]
        number = heads[number]
    return number
