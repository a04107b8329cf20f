"""Words that mean somebody is in danger now, and the number to ring. Rather one warning too many than one too few.

A word may be a single one (着火了), or several that mean danger only together: 电梯+困住|卡住 is 电梯 with 困住 or 卡住 near by.
`@name` stands for a group of words. What is near is reckoned within one message, whatever punctuation lies between.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from huying.reading.happening import SENTENCES, SHORT, TITLE, around, is_event, is_told
from huying.reading.segment import fold

SIGNS = 2  # so many different signs make danger likely where nothing speaks against it
TOGETHER, TOGETHER_LONG = 28, 12  # characters within which words that count only together stand, in a short text and a long one


class Together(NamedTuple):
    """Words that mean danger only near each other: one of each group."""

    rule: "Rule"
    groups: tuple[re.Pattern[str], ...]


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


class Net(NamedTuple):
    """For what no rule names: few words that do not ask or complain, and hold several signs of harm to people."""

    signs: tuple[Rule, ...]
    calm: tuple[str, ...]
    people: tuple[str, ...]


class Words:
    """Finds the words of `rules`; immutable after it is made, so threads may share it."""

    def __init__(self, rules: Iterable[Rule], net: Net | None = None) -> None:
        self._net = net if net is not None and net.signs else None
        self._signs = [(rule, _any_of("|".join(map(fold, rule.words)))) for rule in (net.signs if net else ())]
        self._calm = _any_of("|".join(map(fold, net.calm))) if net and net.calm else None
        self._people = _any_of("|".join(map(fold, net.people))) if net and net.people else None
        self._by_word: dict[str, list[Rule]] = {}
        self._together: list[Together] = []
        for rule in rules:
            for word in filter(None, map(fold, rule.words)):
                first, *others = word.split("+")
                if others:
                    self._together.append(Together(rule, tuple(map(_any_of, (first, *others)))))
                    continue
                for one in filter(None, first.split("|")):
                    self._by_word.setdefault(one, []).append(rule)
        longest_first = sorted(self._by_word, key=lambda word: (-len(word), word))
        self._any = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def find(self, text: str) -> list[Danger]:
        """The words of danger in `text` that are not denied, imagined or only talked about, one for each number to ring."""
        folded = fold(text)
        titles = [match.span() for match in TITLE.finditer(folded)]
        found = [
            Danger(rule.number, rule.label, text[match.start() : match.end()], match.start())
            for match in (self._any.finditer(folded) if self._any else ())
            if is_event(folded, match.start(), match.end(), titles)
            for rule in self._by_word[match.group()]
        ]
        numbers = {danger.number for danger in found}
        for together in self._together:
            if together.rule.number not in numbers and (at := _met(folded, together.groups, titles)):
                found.append(Danger(together.rule.number, together.rule.label, text[at[0] : at[1]], at[0]))
                numbers.add(together.rule.number)
        return found or self._netted(text, folded)

    def _netted(self, text: str, folded: str) -> list[Danger]:
        if self._net is None or len(folded) > SHORT or (self._calm and self._calm.search(folded)):
            return []
        if self._people and not self._people.search(folded):
            return []
        met = [(rule, {match.group(): match for match in sign.finditer(folded)}) for rule, sign in self._signs]
        if sum(len(words) for _, words in met) < SIGNS:
            return []
        rule, words = max(met, key=lambda pair: len(pair[1]))
        first = min(words.values(), key=lambda match: match.start())
        return [Danger(rule.number, rule.label, text[first.start() : first.end()], first.start())]


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
