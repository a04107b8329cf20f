"""Texts and questions as an index of character pairs takes them: one way for every database, in plain Python.

A run of Han characters becomes its pairs and then its last character alone. That last piece lets a single character be
found wherever it stands (as the beginning of a pair, or as that piece), and keeps two runs apart: 修路，路灯 does not hold
the phrase 修路灯.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from huying.reading.common import EMPTY, is_common
from huying.reading.segment import fold, pieces_at

MOST_PIECES = 15_000  # of one text: PostgreSQL counts positions up to 16,383
MOST_WORD = 40  # characters of a word or number that are told apart
LONG = 8  # a question of more pieces is no phrase any more: it is looked for by its rarest ones
# Every other letter is written as its number, so that no tokenizer has an opinion about it.
_STRANGE = re.compile("[^0-9a-z\u3400-\u4dbf\u4e00-\u9fff]")


class Phrase(NamedTuple):
    """Pieces that follow each other; where it is `open` the last one is a character that may begin a pair."""

    pieces: tuple[str, ...]
    open: bool


def pieces(text: str) -> list[str]:
    """The pieces of a text in their order, as an index keeps them."""
    found: list[str] = []
    for _, run, han in pieces_at(_normal(text)):
        found += _whole(run, han)
    return found[:MOST_PIECES]


def parse(question: str) -> list[Phrase]:
    """The phrases of a question, all of which must stand in what is found; none where it holds no letter at all."""
    phrases: list[Phrase] = []
    held: list[tuple[str, bool]] = []
    end = -1
    for start, run, han in pieces_at(_normal(question)):
        if held and start != end:
            phrases.append(_phrase(held))
            held = []
        held.append((run, han))
        end = start + len(run)
    return phrases + ([_phrase(held)] if held else [])


def is_long(phrases: Sequence[Phrase]) -> bool:
    """Whether somebody told a story instead of naming words."""
    return sum(len(phrase.pieces) for phrase in phrases) > LONG


def telling(phrases: Iterable[Phrase]) -> list[str]:
    """The distinct pieces of a long question that say what it is about, in their order; all, where none does."""
    every = list(dict.fromkeys(piece for phrase in phrases for piece in phrase.pieces))
    return [piece for piece in every if len(piece) > 1 and not is_common(piece) and EMPTY.isdisjoint(piece)] or every


def holds(found: Sequence[str], phrases: Iterable[Phrase]) -> bool:
    """Whether a text with these pieces holds every phrase: what the indexes answer, reckoned by hand."""
    return all(_stands(found, phrase) for phrase in phrases)


def share(found: Iterable[str], wanted: Sequence[str]) -> float:
    """How many of the wanted pieces a text has, from 0 to 1."""
    there = set(found)
    return sum(piece in there for piece in wanted) / len(wanted) if wanted else 0.0


def marked(text: str, question: str, around: int = 40) -> list[tuple[str, bool]]:
    """The part of a text around the first words that were looked for, in pieces: each with whether it was looked for."""
    low, words = fold(text), [word for word in re.split(r"[\W_]+", fold(question)) if word]
    hits = sorted({(m.start(), m.end()) for word in words for m in re.finditer(re.escape(word), low)})
    begin = max(0, hits[0][0] - around) if hits else 0
    until = min(len(text), (hits[0][1] if hits else 0) + 2 * around)
    out: list[tuple[str, bool]] = [("…", False)] if begin else []
    at = begin
    for start, end in hits:
        if start >= at and end <= until:
            out += [(text[at:start], False), (text[start:end], True)]
            at = end
    out.append((text[at:until] + ("…" if until < len(text) else ""), False))
    return [(piece, hit) for piece, hit in out if piece]


def _stands(found: Sequence[str], phrase: Phrase) -> bool:
    length, last = len(phrase.pieces), phrase.pieces[-1]
    for at in range(len(found) - length + 1):
        head = tuple(found[at : at + length - 1]) == phrase.pieces[:-1]
        end = found[at + length - 1]
        if head and (end.startswith(last) if phrase.open else end == last):
            return True
    return False


def _phrase(runs: Sequence[tuple[str, bool]]) -> Phrase:
    *before, (last, han) = runs
    found = [piece for run, is_han in before for piece in _whole(run, is_han)]
    if han and len(last) > 1:
        return Phrase((*found, *_pairs(last)), False)
    return Phrase((*found, *_whole(last, han)), han)


def _whole(run: str, han: bool) -> list[str]:
    return [*_pairs(run), _plain(run[-1])] if han else [_plain(run[:MOST_WORD])]


def _pairs(run: str) -> list[str]:
    return [_plain(run[i : i + 2]) for i in range(len(run) - 1)]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _plain(piece: str) -> str:
    return _STRANGE.sub(lambda found: f"u{ord(found.group()):x}", piece)
