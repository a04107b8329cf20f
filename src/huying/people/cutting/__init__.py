"""Identifiers cut out of text: what says who somebody is becomes a token, 〔电话1〕, and is kept apart, sealed.

Numbers that only name a place, a law, a sum or a public hotline stay: an officer needs them. Rule 6 of the design says
what is an identifier; the files beside this one each know one sort of them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from operator import not_

from huying.people.cutting import accounts, doors, houses, learned, names, numbers, offices
from huying.people.cutting.folding import Span, fold

__all__ = ["OFFICERS", "Cut", "Span", "begun", "cut", "find", "holed", "restore", "shortened"]

# Numbers the tokens in an officer's words (〔电话·1〕), so that they are never taken for those of a caller's own.
OFFICERS = "·"

_TOKEN = re.compile(r"〔(电话|身份证|车牌|账号|姓名|门牌)·?[1-9][0-9]{0,4}〕")
_HALF_TOKEN = re.compile("〔[^〕]{0,10}$")
_REACH, _STOPS = 40, "。！？!?\n"  # how far beside an identifier a rule looks, and where a sentence ends
_ROUNDS = 6  # that a text is looked through again: more are no text that anybody writes
_STUMP = 2  # characters of an identifier that still tell something
_HALF = re.compile("[\ud800-\udfff]")
_DIGITS = re.compile(r"[0-9０-９①-⑨⒈-⒐❶-❾⑴-⑼➊-➒]|[零〇○一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖]{3}")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with tokens in the place of identifiers, and what stood there, by token."""

    text: str
    found: dict[str, str]


def cut(text: str, found: Mapping[str, str] | None = None, *, office: bool = False) -> Cut:
    """Cut the identifiers out of `text`. With the `found` of an earlier part of the same document, numbering goes on.

    The same identifier gets the same token again; a name known from an earlier part is cut wherever it stands. `office`:
    an officer wrote it, what an office says of itself stays, and the tokens are marked as an officer's.
    """
    done = _cut_once(text, dict(found) if found else {}, office)
    for _ in range(_ROUNDS):
        # beside a token that stands now, more may be seen: what is cut once is cut for good
        if done.text == text or not find("\n".join(_beside_tokens(done.text))):
            break
        text, done = done.text, _cut_once(done.text, done.found, office)
    return done


def _cut_once(text: str, kept: dict[str, str], office: bool) -> Cut:
    """With the tokens of what is found at the first look, `kept` among them."""
    spans = find(text, [value for token, value in kept.items() if token.startswith("〔姓名")])
    if office and spans:
        folded = fold(text)
        spans = [span for span in spans if not offices.own(folded, span)]
    if not spans:
        return Cut(text, kept)
    tokens = {(_kind(token), value): token for token, value in kept.items()}
    used = set(kept) | {m.group() for m in _TOKEN.finditer(text)}  # somebody may have typed what looks like a token
    out: list[str] = []
    at = 0
    for span in spans:
        value = text[span.start : span.end]
        token = tokens.get((span.kind, value)) or _fresh(span.kind, used, OFFICERS if office else "")
        tokens[(span.kind, value)] = token
        used.add(token)
        kept[token] = value
        out += (text[at : span.start], token)
        at = span.end
    return Cut("".join(out) + text[at:], kept)


def _beside_tokens(text: str) -> Iterator[str]:
    """The sentences in which tokens stand, with what is near them: farther away nothing has changed."""
    begin, end = 0, -1
    for token in _TOKEN.finditer(text):
        if token.start() > end:
            if end > begin:
                yield text[begin:end]
            begin = max(text.rfind(stop, 0, max(0, token.start() - _REACH)) for stop in _STOPS) + 1
        stops = (text.find(stop, token.end() + _REACH) for stop in _STOPS)
        end = min((stop + 1 for stop in stops if stop >= 0), default=len(text))
    if end > begin:
        yield text[begin:end]


def begun(whole: Cut, length: int) -> str:
    """The beginning of a cut text: what were the first `length` characters before it was cut. An identifier that goes on
    beyond them is a token there too."""
    at = 0
    for token in _TOKEN.finditer(whole.text):
        if token.start() - at >= length:
            break
        length -= token.start() - at + len(whole.found.get(token.group(), token.group()))
        at = token.end()
    return whole.text[: at + max(0, length)]


def shortened(text: str, most: int, found: Mapping[str, str] | None = None) -> str:
    """A cut text of at most `most` characters: no token is split, and none of `found` stands half at its end.

    For a title that somebody shortened before it was cut: 电话1380013 tells as much as the number.
    """
    dots = text.endswith("…")
    text = text.removesuffix("…")
    for token, value in (found or {}).items():
        stumps = (value[:length] for length in range(len(value) - 1, _STUMP - 1, -1))
        stump = next((stump for stump in stumps if text.endswith(stump)), "")
        if stump:
            text = text.removesuffix(stump) + token
            break
    text += "…" if dots else ""
    return text if len(text) <= most else _HALF_TOKEN.sub("", text[:most])


def restore(text: str, found: Mapping[str, str]) -> str:
    """The text as it was written, for those who may read it. Tokens that are not in `found` stay."""
    return _TOKEN.sub(lambda m: found.get(m.group(), m.group()), text) if found else text


def holed(text: str) -> str:
    """A cut text as it reads without the words of its tokens, as long as it was: 门牌 in 〔门牌1〕 is nothing that somebody said."""
    return _TOKEN.sub(lambda m: "〔" * len(m.group()), text) if "〔" in text else text


def find(text: str, known_names: list[str] | None = None) -> list[Span]:
    """Where the identifiers of a text stand, in order, none overlapping another. `known_names` are found anywhere."""
    if not text:
        return []
    text = _HALF.sub("?", holed(text))  # tokens hold nothing to cut, and no word half a pair of UTF-16
    folded = fold(text)
    spans = before_names(folded)
    spans = _joined(spans, learned.find(folded, spans))
    called = {text[s.start : s.end] for s in spans if s.kind == "姓名"} | set(known_names or ())
    spans += names.again(text, called)
    return _apart(spans, len(text)) if spans else spans


def before_names(folded: str) -> list[Span]:
    """What the rules find in a folded text, and the doors that sentences taught: what names are learned beside."""
    spans = by_rules(folded)
    return [*spans, *doors.find(folded, spans)] if _DIGITS.search(folded) else spans


def by_rules(folded: str) -> list[Span]:
    """What the rules find in a folded text, the surer first."""
    spans = accounts.mails(folded)
    if _DIGITS.search(folded):
        spans += numbers.find(folded)
    return [*spans, *accounts.find(folded), *houses.find(folded), *names.find(folded)]


def _joined(spans: list[Span], more: list[Span]) -> list[Span]:
    """With names that were learned: where one holds a name of the rules, the longer stands. None of `more` overlaps another."""
    longer = sorted(more)
    starts = [span.start for span in longer]

    def is_held(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        return span.kind == "姓名" and at >= 0 and span.end <= longer[at].end

    held = [is_held(span) for span in spans]
    return [*compress(spans, map(not_, held)), *more, *compress(spans, held)]


def _apart(spans: list[Span], length: int) -> list[Span]:
    """Where two claim the same characters, the one that was found first (the surer rule) has them."""
    taken, kept = bytearray(length), []
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return sorted(kept)


def _kind(token: str) -> str:
    found = _TOKEN.fullmatch(token)
    return found.group(1) if found else ""


def _fresh(kind: str, used: set[str], mark: str) -> str:
    number = 1
    while f"〔{kind}{mark}{number}〕" in used:
        number += 1
    return f"〔{kind}{mark}{number}〕"
