"""Names as sentences taught them: a linear-chain CRF (Lafferty, McCallum and Pereira, 2001) over characters, beside the rules.

Trained by tools/names.py; here its weights only are read. It sees what the rules have found and finds more: what no word
announces, and words that are names here. docs/decisions/names.md says how it was taught and what it reaches.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huying.people.cutting import lexicon, marks
from huying.people.cutting.folding import Span

WEIGHTS = Path(__file__).with_name("weights.npz")
OUTSIDE, BEGINS, WITHIN = range(3)
_HOLE = "〔"  # in place of what is cut already
_WORTH, _BEFORE, _AFTER = 2.5, 2, 9  # how near to likely a beginning must be to be looked at, and how much around it
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


class Weights(NamedTuple):
    """What each slot says for each label, shape (slots, 3), the unit of it; what one label says for the next, shape (3, 3)."""

    slots: NDArray[np.int8]
    scale: float
    moves: list[list[float]]
    begins: frozenset[str]  # characters with which a name may begin


@cache
def weights() -> Weights:
    """The learned weights, read once."""
    with np.load(WEIGHTS) as held:
        return Weights(held["slots"], float(held["scale"]), held["moves"].tolist(), frozenset(str(held["begins"])))


def find(folded: str, known: Iterable[Span]) -> list[Span]:
    """Names in a folded text, beside those `known` (what the rules found, of every kind): none touches another kind."""
    text, ruled = prepared(folded, known)
    begins = weights().begins
    at = np.array([n for n, char in enumerate(text) if char in begins], np.intp)
    if not len(at):
        return []
    read = marks.read(text, lexicon.words(folded), ruled)
    first = _says(read, at)
    stretches = [*_stretches(at[first[:, BEGINS] - first[:, OUTSIDE] > -_WORTH].tolist(), len(text))]
    if not stretches:
        return []
    says = iter(_says(read, np.concatenate([np.arange(*stretch) for stretch in stretches])).tolist())
    spans: list[Span] = []
    for start, end in stretches:
        rows, moves = [*islice(says, end - start)], weights().moves
        found = (
            run
            for run in _runs(_likeliest(rows, moves))
            if _surer(rows[slice(*run)], moves, first=start + run[0] == 0) >= _ENOUGH
        )
        spans += [Span(start + a, start + b, "姓名") for a, b in found]
    return [span for span in spans if _is_one(folded, span.start, span.end)]


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


def _says(read: marks.Text, at: NDArray[np.intp]) -> NDArray[np.float32]:
    """What speaks for each label at some characters, shape (characters, 3)."""
    held = weights()
    return held.slots[marks.slots(read, at)].sum(0, np.int32) * np.float32(held.scale)


def _stretches(likely: list[int], length: int) -> Iterator[tuple[int, int]]:
    """Stretches of the text that hold all likely beginnings and what may go on from them."""
    start = end = -1
    for at in likely:
        if at > end:
            if end >= 0:
                yield start, end
            start = max(0, at - _BEFORE)
        end = min(length, at + _AFTER)
    if end >= 0:
        yield start, end


def _likeliest(says: list[list[float]], moves: list[list[float]]) -> list[int]:
    """The likeliest labels (Viterbi)."""
    (oo, ob, oi), (bo, bb, bi), (io, ib, ii) = moves
    (o, b, i), came = says[0], []
    for outside, begins, within in says[1:]:
        to_o, to_b, to_i = (
            max((o + oo, OUTSIDE), (b + bo, BEGINS), (i + io, WITHIN)),
            max((o + ob, OUTSIDE), (b + bb, BEGINS), (i + ib, WITHIN)),
            max((o + oi, OUTSIDE), (b + bi, BEGINS), (i + ii, WITHIN)),
        )
        o, b, i = to_o[0] + outside, to_b[0] + begins, to_i[0] + within
        came.append((to_o[1], to_b[1], to_i[1]))
    label = max((o, OUTSIDE), (b, BEGINS), (i, WITHIN))[1]
    labels = [label]
    for froms in reversed(came):
        label = froms[label]
        labels.append(label)
    return labels[::-1]


def _surer(says: list[list[float]], moves: list[list[float]], *, first: bool) -> float:
    """How much likelier a name is than none, where these characters stand: the logarithm of the odds. `first`: the text begins
    with it, nothing moves to it."""
    head, *rest = says
    (oo, ob, _), (_, _, bi), (io, _, ii) = moves
    gained = head[BEGINS] - head[OUTSIDE] + sum(row[WITHIN] - row[OUTSIDE] for row in rest)
    gained += (bi + (len(rest) - 1) * ii if rest else 0.0) + io - len(says) * oo
    return gained if first else gained + ob - oo


def _runs(labels: list[int]) -> Iterator[tuple[int, int]]:
    start = -1
    for at, label in enumerate([*labels, OUTSIDE]):
        if start >= 0 and label != WITHIN:
            yield start, at
            start = -1
        if label == BEGINS or (label == WITHIN and start < 0):
            start = at
