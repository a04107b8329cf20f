"""What two messages share beside their words: names anywhere in them, figures that few hold, names that one mistyped."""

import math
import re
from collections.abc import Collection, Mapping

from huying.reading.named import named

_FIGURE = re.compile(r"\d{3,}|\d+\.\d+")
FEW_HOLD = 6  # messages at most that hold a figure which says something


def names_in(text: str) -> frozenset[str]:
    """The cores of all names in a text."""
    return frozenset(core for _, core in named(text))


def figures_in(text: str) -> frozenset[str]:
    """Figures of three digits and more, and those with a point: a house number, a sum, the width of a road."""
    return frozenset(_FIGURE.findall(text))


def shared_names(one: Collection[str], other: Collection[str]) -> float:
    """The names both hold, by the geometric mean of how many each holds: from 0 to 1."""
    both = len(set(one) & set(other))
    return both / math.sqrt(len(one) * len(other)) if both else 0.0


def shared_figure(one: frozenset[str], other: frozenset[str], held: Mapping[str, int]) -> bool:
    """Whether both hold a figure that few messages hold."""
    return any(held[figure] <= FEW_HOLD for figure in one & other)


def mistyped(one: Collection[str], other: Collection[str]) -> bool:
    """Whether a name of the one is a name of the other with one character changed or two in another order: 中茂城, 中贸城."""
    return any(a != b and len(a) == len(b) > 2 and _near(a, b) for a in one for b in other)


def _near(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1 or sorted(one) == sorted(other)
