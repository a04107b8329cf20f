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

from huying.people.cutting import latin, lexicon, marks
from huying.people.cutting.folding import Span
from huying.people.cutting.letters import stricter
from huying.people.cutting.tables import any_of, blocks

WEIGHTS = Path(__file__).with_name("weights.npz")
OUTSIDE, BEGINS, WITHIN = range(3)
_HOLE = "〔"  # in place of what is cut already
_WORTH = 2.5  # how near to likely a beginning must be to be looked at further
_LONGEST = 8  # characters
_BEHIND = np.arange(1, _LONGEST)
_ENOUGH = 0.1  # how much likelier than none (logarithm of the odds) a name must be
_NOBODY = frozenset(blocks("around.txt")["nobody"])
# what makes an estate, a firm or a road of what stands before it
_OF_A_PLACE = re.compile(
    "[0-9]{1,4}(?:号楼|[栋幢期号]|单元)|[0-9]{1,2}-[0-9]{1,2}-[0-9]|(?:有限)?公司(?![拖欠不])|集团|地产|置业|物业|投资(?![了的0-9一二两三四五六七八九十])"
    "|财富|科技|医疗(?!费)|教育(?!孩|娃)|派出所|平台(?!借)|[一二三四附]?医院"
    "|[小中大]学(?!生)|学校(?!不)|幼儿园|驾校|高速|大道|大桥|路[口段]?(?![过上边])|街(?!坊)|小区|社区|花园|家园|新城|新村|一品|春天|国际"
    f"|{any_of('shops')}"
    "|打官司那|书[号上里]|的夜晚|广场|天下|楼盘|项目(?!款)|苑|湾|坎|坝|塘|酒店(?!上班)|宾馆|超市|药房|大药房|饭店|火锅|酒楼|银行(?![卡取存账])|镇(?!定)|村(?!民)"
)
# what runs across where a name would begin: 叫车师傅停下, 2 米内
_ACROSS = re.compile("(?:[叫打停开坐租修洗学]车|[0-9] ?[米元时年月周天里])$")
# 管一管, 说了说: what is done a little is nobody
_A_LITTLE = re.compile("(.)[一了]\\1")
# as names are written: 张三, 米玛, 阿依古丽·买买提, Ana Li, Kimberly O'Connor; and what of a longer one stands behind
_WRITTEN = re.compile(
    "[\u3400-\u9fff]{2,8}(?:[·•][\u3400-\u9fff]{1,8}){0,3}"
    f"|{latin.ONE}{latin.MORE}{{0,4}}[ -]?|{latin.ONE} [\u3400-\u9fff]{{1,3}}"
)
_GOES_ON = re.compile(f"[{latin.ANY}'’.]{{0,20}}{latin.MORE}{{0,4}}")

Floats = NDArray[np.float32]


class Weights(NamedTuple):
    """What each slot says for a name that begins (by 2^16) and for one that goes on, both against none, and the unit of it;
    what one label says for the next, shape (3, 3); the characters with which a name may begin."""

    slots: NDArray[np.int32]
    scale: np.float32
    moves: Floats
    first: frozenset[str]


@cache
def weights() -> Weights:
    """The learned weights, read once."""
    with np.load(WEIGHTS) as held:
        none, begins, within = held["slots"].T.astype(np.int32)
        return Weights(
            ((begins - none) << 16) + within - none, held["scale"][()], held["moves"], frozenset(str(held["begins"]))
        )


def find(folded: str, known: Iterable[Span]) -> list[Span]:
    """Names in a folded text, beside those `known` (what the rules found, of every kind): none touches another kind."""
    held = weights()
    if held.first.isdisjoint(folded):
        return []
    text, ruled = prepared(folded, known)
    begins, within = _says(text, marks.slots(text, lexicon.words(folded), ruled))
    at = np.array([n for n in np.flatnonzero(begins > -_WORTH).tolist() if text[n] in held.first], np.intp)
    if not len(at):
        return []
    lengths, odds = likeliest(begins[at], within[at[:, None] + _BEHIND], at, len(text))
    enough = _ENOUGH + stricter(text)
    sure = np.argsort(-odds, kind="stable")[: np.count_nonzero(odds >= enough)]
    return _apart(folded, zip(at[sure].tolist(), lengths[sure].tolist(), strict=True))


def likeliest(begins: Floats, within: Floats, at: NDArray[np.intp], length: int) -> tuple[NDArray[np.intp], Floats]:
    """The likeliest length of a name that begins at each of some places, and the logarithm of its odds against none.

    `begins` is what speaks for a beginning there, shape (places,); `within` for going on with each character behind it, shape
    (places, characters); both against no name. `length` is the text's.
    """
    (oo, ob, _), (_, _, bi), (io, _, ii) = weights().moves
    more = np.arange(2, within.shape[1] + 2)  # characters of the whole
    odds = begins[:, None] + within.cumsum(1) + (bi + (more - 2) * ii - (more - 1) * oo + ob - oo + io - oo)
    odds[at == 0] -= ob - oo  # nothing moves to what the text begins with,
    left = (length - at)[:, None] - more
    odds[left <= 0] -= io - oo  # nor from what it ends with
    odds[left < 0] = -np.inf
    best = odds.argmax(1)
    return best + 2, odds[np.arange(len(best)), best]


def _apart(folded: str, found: Iterable[tuple[int, int]]) -> list[Span]:
    """Those that are written as names and overlap no likelier one; the likeliest come first."""
    taken: set[int] = set()
    spans: list[Span] = []
    for start, length in found:
        if not _is_one(folded, start, start + length):
            continue
        end = start + length
        end += _goes_on(folded, end) if folded[end - 1] < "\u3000" else 0
        if taken.isdisjoint(here := range(start, end)):
            taken.update(here)
            spans.append(Span(start, end, "姓名"))
    return spans


def _is_one(text: str, start: int, end: int) -> bool:
    """Whether it is written as a name is, and nothing that follows makes a place of it."""
    written = _WRITTEN.fullmatch(text, start, end)
    across = _ACROSS.search(text, max(0, start - 2), start + 1) or _A_LITTLE.fullmatch(text, start, end)
    return bool(written) and not across and text[start:end] not in _NOBODY and not _OF_A_PLACE.match(text, end)


def _goes_on(text: str, end: int) -> int:
    """Of a name in letters that is longer than what is looked at, how many characters stand behind."""
    more = _GOES_ON.match(text, end)
    return more.end() - end if more else 0


def prepared(folded: str, known: Iterable[Span]) -> tuple[str, marks.Numbers]:
    """The text with holes where other identifiers stand; of each character whether a name of the rules begins or goes on."""
    ruled = np.zeros(len(folded), np.uint32)
    for start, end, kind in known:
        if kind == "姓名":
            ruled[start:end] = WITHIN
            ruled[start] = BEGINS
        else:
            folded = folded[:start] + _HOLE * (end - start) + folded[end:]
    return folded, ruled


def _says(text: str, slots: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Of each character what speaks for a name that begins there and for one that goes on with it, both against no name; the
    latter with _LONGEST more behind the end, of which nothing is said."""
    held = weights()
    said = held.slots.take(slots, mode="clip").sum(0, np.int32)
    begins = (said + 0x8000) >> 16
    within = np.zeros(len(text) + _LONGEST, np.float32)
    within[: len(text)] = (said - (begins << 16)) * held.scale
    return (begins * held.scale).astype(np.float32), within
