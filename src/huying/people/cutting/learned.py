"""Names as sentences taught them: a linear-chain CRF (Lafferty, McCallum and Pereira, 2001) over characters, beside the rules.

Trained by tools/names.py; here its weights only are read, and each name is weighed against none at its place. It sees what the
rules have found and finds more: what no word announces, and words that are names here. docs/decisions/names.md says how it was
taught and what it reaches.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huying.people.cutting import lexicon, marks
from huying.people.cutting.folding import Span

WEIGHTS = Path(__file__).with_name("weights.npz")
OUTSIDE, BEGINS, WITHIN = range(3)
_HOLE = "〔"  # in place of what is cut already
_WORTH = 2.5  # how near to likely a beginning must be to be looked at further
_LONGEST = 8  # characters
_ENOUGH = 0.75  # how much likelier than none (logarithm of the odds) a name must be
_NOBODY = frozenset(["张三", "李四", "王五", "赵六"])  # who stands for anybody
# what makes an estate, a firm or a road of what stands before it
_OF_A_PLACE = re.compile(
    "[0-9]{1,4}(?:号楼|[栋幢期号]|单元)|(?:有限)?公司|集团|地产|置业|物业|投资|财富|科技|医疗|教育|派出所|平台|[一二三四附]?医院"
    "|[小中大]学(?!生)|学校|幼儿园|驾校|高速|大道|大桥|路[口段]?(?![过上边])|街(?!坊)|小区|社区|花园|家园|新城|新村|一品|春天|国际"
    "|广场|天下|楼盘|项目|苑|湾|酒店|宾馆|超市|药房|大药房|饭店|火锅|酒楼|银行|镇|村(?!民)"
)
# as names are written: 张三, 米玛, 阿依古丽·买买提, Daniel Whitmore
_WRITTEN = re.compile("[\u3400-\u9fff]{2,8}(?:[·•][\u3400-\u9fff]{1,8}){0,3}|[A-Z][a-z]+(?: [A-Z][a-z.]*){1,3}")


Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """What each slot says for a name that begins and for one that goes on, both against none, and the unit of it; what one
    label says for the next, shape (3, 3); the characters with which a name may begin."""

    begins: NDArray[np.int16]
    within: NDArray[np.int16]
    scale: float
    moves: Floats
    first: frozenset[str]


@cache
def weights() -> Weights:
    """The learned weights, read once."""
    with np.load(WEIGHTS) as held:
        none, begins, within = held["slots"].T.astype(np.int16)
        return Weights(begins - none, within - none, float(held["scale"]), held["moves"], frozenset(str(held["begins"])))


def find(folded: str, known: Iterable[Span]) -> list[Span]:
    """Names in a folded text, beside those `known` (what the rules found, of every kind): none touches another kind."""
    text, ruled = prepared(folded, known)
    held = weights()
    at = np.array([n for n, char in enumerate(text) if char in held.first], np.intp)
    if not len(at):
        return []
    read = marks.read(text, lexicon.words(folded), ruled)
    begins = _says(held.begins, read, at)
    at, begins = at[begins > -_WORTH], begins[begins > -_WORTH]
    lengths, odds = likeliest(begins, _within(read, at, len(text)), at, len(text))
    sure = np.argsort(-odds, kind="stable")[: np.count_nonzero(odds >= _ENOUGH)]
    return _apart(folded, zip(at[sure].tolist(), lengths[sure].tolist(), strict=True))


def likeliest(begins: Floats, within: Floats, at: NDArray[np.intp], length: int) -> tuple[NDArray[np.intp], Floats]:
    """The likeliest length of a name that begins at each of some places, and the logarithm of its odds against none.

    `begins` is what speaks for a beginning there, shape (places,); `within` for going on with each character behind it, shape
    (places, characters); both against no name. `length` is the text's.
    """
    (oo, ob, _), (_, _, bi), (io, _, ii) = weights().moves
    more = np.arange(2, within.shape[1] + 2)  # characters of the whole
    odds = begins[:, None] + np.cumsum(within, axis=1) + bi + (more - 2) * ii - (more - 1) * oo
    odds += np.where(at > 0, ob - oo, 0)[:, None]  # nothing moves to what the text begins with,
    odds += np.where(at[:, None] + more < length, io - oo, 0)  # nor from what it ends with
    odds[at[:, None] + more > length] = -np.inf
    best = odds.argmax(1)
    return more[best], np.take_along_axis(odds, best[:, None], 1)[:, 0]


def _within(read: marks.Text, at: NDArray[np.intp], length: int) -> Floats:
    """What speaks for a name going on, of each character behind each of some places, shape (places, characters)."""
    behind = np.minimum(at[:, None] + np.arange(1, _LONGEST), length - 1)
    each = np.zeros(length, bool)
    each[behind] = True
    wanted = np.flatnonzero(each)
    says = np.zeros(length, np.float32)
    says[wanted] = _says(weights().within, read, wanted)
    return says[behind]


def _apart(folded: str, found: Iterable[tuple[int, int]]) -> list[Span]:
    """Those that are written as names and overlap no likelier one; the likeliest come first."""
    taken: set[int] = set()
    spans: list[Span] = []
    for start, length in found:
        here = range(start, start + length)
        if _is_one(folded, start, start + length) and taken.isdisjoint(here):
            taken.update(here)
            spans.append(Span(start, start + length, "姓名"))
    return spans


def _is_one(text: str, start: int, end: int) -> bool:
    """Whether it is written as a name is, and nothing that follows makes a place of it."""
    written = _WRITTEN.fullmatch(text, start, end)
    return bool(written) and text[start:end] not in _NOBODY and not _OF_A_PLACE.match(text, end)


def prepared(folded: str, known: Iterable[Span]) -> tuple[str, NDArray[np.uint64]]:
    """The text with holes where other identifiers stand; of each character whether a name of the rules begins or goes on."""
    ruled = np.zeros(len(folded), np.uint64)
    for start, end, kind in known:
        if kind == "姓名":
            ruled[start:end] = WITHIN
            ruled[start] = BEGINS
        else:
            folded = folded[:start] + _HOLE * (end - start) + folded[end:]
    return folded, ruled


def _says(slots: NDArray[np.int16], read: marks.Text, at: NDArray[np.intp]) -> Floats:
    """What the marks of some characters say in sum, by the slots of one label."""
    return slots.take(marks.slots(read, at)).sum(0, np.int32) * np.float32(weights().scale)
