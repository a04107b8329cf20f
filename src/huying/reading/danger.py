"""Words that mean somebody is in danger now, and the number to ring. Rather one warning too many than one too few.

A word may be a single one (着火了), or several that mean danger only together: 电梯+困住|卡住 is 电梯 with 困住 or 卡住 near by.
`@name` stands for a group of words. What is near is reckoned within one message, whatever punctuation lies between.

Nobody can name everything that happens to people. So where no word is found, few words are heard as a whole (`alarm.py`);
and in a long letter a word counts only where what stands around it sounds like danger too.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import add
from typing import NamedTuple

import numpy as np

from huying.base.codes import among, codes
from huying.reading.alarm import Alarm
from huying.reading.happening import SENTENCES, SHORT, TITLE, around, is_event, is_told
from huying.reading.segment import fold

# What `alarm.py` must say of few words, unless one of them means danger by itself; of one sentence among several, for any may
# sound so by chance; and of what stands around a rule's word in a long letter.
SURE, ONE_OF_SEVERAL, LIKELY = -2.6, 0.0, -3.0
WINDOW = 40  # characters on both sides that are heard there
TOGETHER, TOGETHER_LONG = 28, 12  # characters within which words that count only together stand, in a short text and a long one


class Group(NamedTuple):
    """Words of which any will do, and what they begin with: most texts hold none, and that is seen without a search."""

    pattern: re.Pattern[str]
    heads: frozenset[str]


class Together(NamedTuple):
    """Words that mean danger only near each other: one of each group."""

    rule: "Rule"
    groups: tuple[Group, ...]


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


def spelled(rules: Iterable[Rule], groups: Mapping[str, Sequence[str]]) -> list[Rule]:
    """The rules with each `@name` in their words put out as the words of that group. Raises KeyError for an unknown one."""
    return [rule._replace(words=tuple(_spelled(word, groups) for word in rule.words)) for rule in rules]


def _spelled(word: str, groups: Mapping[str, Sequence[str]]) -> str:
    if "@" not in word:
        return word
    parts = [[groups[one[1:]] if one.startswith("@") else [one] for one in part.split("|")] for part in word.split("+")]
    return "+".join("|".join(each for some in part for each in some) for part in parts)


def alone(rules: Iterable[Rule]) -> list[Rule]:
    """The rules with those of their words alone that mean danger by themselves: for a page that looks while somebody types."""
    return [
        rule._replace(words=tuple(one for word in rule.words if "+" not in word for one in word.split("|") if one))
        for rule in rules
    ]


class Words:
    """Finds the words of `rules`; immutable after it is made, so threads may share it.

    With an `alarm`, few words that it is sure of are danger too, whatever they are; their number must be one of the rules'.
    """

    def __init__(self, rules: Iterable[Rule], alarm: Alarm | None = None) -> None:
        rules = list(rules)
        self._alarm = alarm
        self._labels = {rule.number: rule.label for rule in rules}
        self._by_word: dict[str, list[Rule]] = {}
        self._together: list[Together] = []
        for rule in rules:
            for word in filter(None, map(fold, rule.words)):
                first, *others = word.split("+")
                if others:
                    self._together.append(Together(rule, tuple(map(_group, (first, *others)))))
                    continue
                for one in filter(None, first.split("|")):
                    self._by_word.setdefault(one, []).append(rule)
        self._any = _any_of("|".join(self._by_word)) if self._by_word else None
        self._alone = _by_head(self._by_word)
        self._by_head = _by_rarest_head(self._together)
        self._begin = among("".join(head[0] for head in {*self._alone, *_heads_of(self._together)}))

    def find(self, text: str) -> list[Danger]:
        """The words of danger in `text` that are not denied, imagined or only talked about, one for each number to ring."""
        folded = fold(text)
        stands = self._heads_in(folded)
        rung: dict[str, Danger] = {}
        for one, by_itself in self._named(text, folded, stands, rung):
            if one.number not in rung and self._sounds_so(folded, one, by_itself):
                rung[one.number] = one
        # a word that stands there and was denied is not heard after all
        return list(rung.values()) if rung or self._has_one(folded, stands) else self._heard(text, folded)

    def _named(self, text: str, folded: str, stands: set[str], rung: Collection[str]) -> Iterator[tuple[Danger, bool]]:
        """What the rules name, and whether by a word that means danger by itself; no number that is `rung` already."""
        titles = [match.span() for match in TITLE.finditer(folded)]
        for match in self._any.finditer(folded) if self._any and self._has_one(folded, stands) else ():
            rules = [rule for rule in self._by_word[match.group()] if rule.number not in rung]
            if rules and is_event(folded, match.start(), match.end(), titles):
                for rule in rules:
                    yield Danger(rule.number, rule.label, text[match.start() : match.end()], match.start()), True
        possible = {n for head in stands & self._by_head.keys() for n in self._by_head[head]}
        for rule, groups in map(self._together.__getitem__, sorted(possible)):
            if rule.number in rung or any(group.heads.isdisjoint(stands) for group in groups):
                continue
            if at := _met(folded, [group.pattern for group in groups], titles):
                yield Danger(rule.number, rule.label, text[at[0] : at[1]], at[0]), False

    def _heads_in(self, folded: str) -> set[str]:
        """Characters and pairs with which a word may begin here: one character in some that no word begins with is passed."""
        units = codes(folded)
        if len(units) != len(folded):
            return {*folded, *map(add, folded, folded[1:])}
        heads = [folded[at : at + 2] for at in np.flatnonzero(self._begin[units]).tolist()]
        return {*heads, *(head[0] for head in heads)}

    def _has_one(self, folded: str, stands: set[str]) -> bool:
        """Whether any word stands there that means danger by itself: seen ten times faster than where."""
        return any(word in folded for head in stands & self._alone.keys() for word in self._alone[head])

    def _sounds_so(self, folded: str, one: Danger, by_itself: bool) -> bool:
        """Whether what stands around words sounds like danger too; of few words, all of them or the sentence, but none that
        means it by itself."""
        if self._alarm is None or (by_itself and len(folded) <= SHORT):
            return True
        begin, end = around(SENTENCES, folded, one.start, one.start + len(one.phrase))
        if len(folded) <= SHORT:
            return max(map(self._alarm.score, {folded, folded[begin:end]})) >= SURE
        begin, end = max(begin, one.start - WINDOW), min(end, one.start + len(one.phrase) + WINDOW)
        return self._alarm.score(folded[begin:end]) >= LIKELY

    def _heard(self, text: str, folded: str) -> list[Danger]:
        """What few words sound like as a whole, or one of their sentences: 路灯坏了三个月。我家隔壁燃起来了."""
        if self._alarm is None or len(folded) > SHORT:
            return []
        begin, end = 0, len(folded)
        if self._alarm.score(folded) < SURE:
            told = [(self._alarm.score(folded[first:last]), first, last) for first, last in _sentences(folded)]
            loudest, begin, end = max(told, default=(ONE_OF_SEVERAL - 1, 0, 0))
            if loudest < ONE_OF_SEVERAL:
                return []
        number = self._alarm.number(folded[begin:end])
        if number not in self._labels:
            return []
        first, last = self._alarm.stretch(folded[begin:end])
        return [Danger(number, self._labels[number], text[begin + first : begin + last], begin + first)]


def _sentences(folded: str) -> list[tuple[int, int]]:
    """From where to where each sentence goes, where there are several."""
    stops = [found.span() for found in SENTENCES.finditer(folded)]
    begins, ends = [0, *(end for _, end in stops)], [*(begin for begin, _ in stops), len(folded)]
    found = [(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]
    return found if len(found) > 1 else []


def _group(alternatives: str) -> "Group":
    words = list(filter(None, alternatives.split("|")))
    return Group(_any_of(alternatives), frozenset(word[:2] for word in words))


def _by_head(words: Iterable[str]) -> dict[str, list[str]]:
    """The words by what they begin with."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:2], []).append(word)
    return found


def _by_rarest_head(together: Sequence[Together]) -> dict[str, list[int]]:
    """For each head of the smallest group of each, whose it is: what has none of those in a text need not be looked at."""
    found: dict[str, list[int]] = {}
    for number, (_, groups) in enumerate(together):
        # a head of one character stands in many texts
        for head in min((group.heads for group in groups), key=lambda heads: sum(9 if len(head) == 1 else 1 for head in heads)):
            found.setdefault(head, []).append(number)
    return found


def _heads_of(together: Iterable[Together]) -> Iterator[str]:
    return (head for one in together for group in one.groups for head in group.heads)


def _any_of(alternatives: str) -> re.Pattern[str]:
    longest_first = sorted(filter(None, alternatives.split("|")), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


def _met(folded: str, groups: Sequence[re.Pattern[str]], titles: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where one word of each group stands near the others, the first group's an event: from where to where."""
    first, *others = groups
    if not all(group.search(folded) for group in others):
        return None
    for match in first.finditer(folded):
        if not is_event(folded, *match.span(), titles) or is_told(folded, *match.span()):
            continue
        spans = _others(folded, match, others)
        if spans:
            return min(match.start(), *(a for a, _ in spans)), max(match.end(), *(b for _, b in spans))
    return None


def _others(folded: str, match: re.Match[str], groups: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    """A word of each group around `match`, apart from it and from each other; none where one is missing."""
    if len(folded) <= SHORT:
        begin, end = max(0, match.start() - TOGETHER), match.end() + TOGETHER
    else:  # in a long text only what is said in one sentence belongs together
        within = around(SENTENCES, folded, *match.span())
        begin, end = max(within[0], match.start() - TOGETHER_LONG), min(within[1], match.end() + TOGETHER_LONG)
    taken = [match.span()]
    for group in groups:
        free = (o.span() for o in group.finditer(folded, begin, end) if all(o.end() <= a or o.start() >= b for a, b in taken))
        span = next(free, None)
        if span is None:
            return []
        taken.append(span)
    return taken[1:]
