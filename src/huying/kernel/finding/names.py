"""Items whose very name was asked for: 契税申报, or most of it."""

from collections.abc import Iterable

from huying.city.things import Item
from huying.reading.everyday import Alike
from huying.reading.segment import segment

LEAST = 0.5  # of the name's pieces, or of the question's where that is the shorter


class Names:
    """The names of items in both languages, cut once. Immutable, so threads share it."""

    def __init__(self, items: Iterable[Item], alike: Alike) -> None:
        self._names = [(item, [_cut(name, alike) for name in (item.name.zh, item.name.en)]) for item in items]
        self._alike = alike

    def named(self, question: str) -> list[Item]:
        """The items that share enough of their name with a question, likest first."""
        asked = _cut(question, self._alike)
        found = [(max(_share(asked, pieces) for pieces in names), item) for item, names in self._names]
        return [item for share, item in sorted(found, key=lambda one: (-one[0], one[1].code)) if share >= LEAST]


def _cut(text: str, alike: Alike) -> frozenset[str]:
    return frozenset(segment(alike.read(text).text))


def _share(asked: frozenset[str], name: frozenset[str]) -> float:
    """Both ways: a name within a long question, and a short question within a long name."""
    common = len(asked & name)
    if common < 2 and common < len(asked):
        return 0.0
    return common / min(len(name), max(len(asked), 2)) if name and asked else 0.0
