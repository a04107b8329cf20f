"""Sentences in which somebody else marked what identifies a person, and how well the rules find it.

A span is found when a cut covers it whole, marks and blanks aside; a cut is a false one when it touches no span.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from huying.people.cutting import Span, find

OPEN_HALF = Path(__file__).with_name("sentences_open.jsonl")
KINDS = {"电话": "phone", "身份证": "identity", "车牌": "plate", "账号": "account", "姓名": "name", "门牌": "house"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and its spans: where each starts, where it ends, of what kind it is."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(slots=True)
class Found:
    """Spans that are there and that were found, cuts that were made and that were false, each by kind."""

    spans: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    cuts: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)  # in the words of the sentence, for who mends the rules
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.spans.total())

    @property
    def precision(self) -> float:
        return 1 - self.false.total() / max(1, self.cuts.total())


def sentences(path: Path) -> list[Marked]:
    """The marked sentences of a file, one JSON object a line."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Marked(row["text"], tuple((s["start"], s["end"], s["kind"]) for s in row["spans"])) for row in rows]


def judge(rows: Iterable[Marked], finder: Callable[[str], list[Span]] = find) -> Found:
    """Find in every sentence and count."""
    told = Found()
    for row in rows:
        cuts = finder(row.text)
        covered = {at for cut in cuts for at in range(cut.start, cut.end)}
        for start, end, kind in row.spans:
            told.spans[kind] += 1
            if all(at in covered for at in range(start, end) if row.text[at].isalnum()):
                told.found[kind] += 1
            else:
                told.missed.append(f"{kind} {row.text[start:end]}: {row.text}")
        for cut in cuts:
            told.cuts[KINDS[cut.kind]] += 1
            if not any(cut.start < end and start < cut.end for start, end, _ in row.spans):
                told.false[KINDS[cut.kind]] += 1
                told.wrong.append(f"{cut.kind} {row.text[cut.start : cut.end]}: {row.text}")
    return told
