"""Near copies among many texts, and the clusters they form: what one has learned must not be asked about its copies."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log

from huying.reading.segment import fold, pieces_at

SHARED = 0.6  # of the rarer pairs of the shorter text: copies share nearly all, others a third at most
RARE = 40  # a pair that stands in more texts than this names no candidates
LEAST = 2  # so many rare pairs two texts share before they are compared


def clusters(texts: Sequence[str]) -> list[int]:
    """For each text the number of its cluster: near copies, and copies of copies, have one number.

    A copy may lack words of the other, as one does that was cut into words and lost the common ones.
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
    for number, found in enumerate(sets):
        if found in exact:
            yield number, exact[found]
        exact.setdefault(found, number)
        rare = [pair for pair in found if 1 < seen[pair] <= RARE]
        candidates = Counter(other for pair in rare for other in holders[pair])
        for other, shared in candidates.items():
            least = min(sums[number], sums[other])
            if shared >= LEAST and least and _sum(found & sets[other], rarity) / least >= SHARED:
                yield number, other
        for pair in rare:
            holders[pair].append(number)


def _sum(found: Iterable[str], rarity: dict[str, float]) -> float:
    return sum(rarity[pair] for pair in found)


def _head(heads: list[int], number: int) -> int:
    while heads[number] != number:
        heads[number] = heads[heads[number]]
        number = heads[number]
    return number
