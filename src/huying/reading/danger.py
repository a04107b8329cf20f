"""Words that mean somebody is in danger now, and the number to ring. Rather one warning too many than one too few."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from huying.reading.segment import fold

# Right before the word, in the same breath: it did not happen, or it is to be kept from happening.
_DENIED = re.compile("(?:没有?|未|并非|不是|并未|无|防止|预防|防范|避免|以免)(?:发生|出现|存在|有|过|人|任何){0,2}$")
_NOT_DENIED = re.compile("(?:有没有|是不是|没人|没有人)$")  # 「没人…」 denies the help, not the danger
# Or it is imagined: 万一…, 一旦… a few characters before, but never with a person who may be about to do it.
_IMAGINED = re.compile(
    "(?:万一|一旦|一但|假设|试想|哪天)[^我他她你]{0,6}$|(?:如果|若|要是|假如|倘若)(?:真的)?(?:发生|出现|有)?$"
)
# Right after the word: the thing as a subject, not as an event.
_SUBJECT = ("不堪设想", "隐患", "演练", "演习", "预防", "知识", "宣传", "培训", "讲座", "保险", "条例", "电影")
_TITLE = re.compile("《[^《》]*》")
_REACH = 10  # characters before the word that are read for a denial


class Rule(NamedTuple):
    """A number to ring, what it is called, and the words that call for it."""

    number: str
    label: str
    words: tuple[str, ...]


class Danger(NamedTuple):
    """A word of danger as it stands in the text, from `start` on, and the number to ring."""

    number: str
    label: str
    phrase: str
    start: int


class Words:
    """Finds the words of `rules`; immutable after it is made, so threads may share it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_word: dict[str, list[Rule]] = {}
        for rule in rules:
            for word in filter(None, map(fold, rule.words)):
                self._by_word.setdefault(word, []).append(rule)
        longest_first = sorted(self._by_word, key=lambda word: (-len(word), word))
        self._any = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def find(self, text: str) -> list[Danger]:
        """The words of danger in `text` that are not denied, imagined or only talked about, one for each number to ring."""
        if self._any is None:
            return []
        folded = fold(text)
        titles = [match.span() for match in _TITLE.finditer(folded)]
        return [
            Danger(rule.number, rule.label, text[match.start() : match.end()], match.start())
            for match in self._any.finditer(folded)
            if _is_event(folded, match.start(), match.end(), titles)
            for rule in self._by_word[match.group()]
        ]


def _is_event(folded: str, start: int, end: int, titles: list[tuple[int, int]]) -> bool:
    if folded.startswith(_SUBJECT, end) or any(left < start < right for left, right in titles):
        return False
    before = re.split(r"[^\w]", folded[max(0, start - _REACH) : start])[-1]
    if _IMAGINED.search(before):
        return False
    return not _DENIED.search(before) or bool(_NOT_DENIED.search(before))
