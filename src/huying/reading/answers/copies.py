"""How much of a text stands in another, by runs of characters; marks, blanks and tokens aside."""

import re

from huying.reading.segment import fold

RUN = 5
SHORTEST = 20  # characters; of less there is nothing to say
_ASIDE = re.compile(r"〔[^〔〕]*〕|[\W_]+")


def copied(text: str, other: str) -> float:
    """The share of `text` that stands in `other`, from 0 to 1; 0 for a text too short to tell."""
    runs = _runs(text)
    return len(runs & _runs(other)) / len(runs) if len(runs) > SHORTEST - RUN else 0.0


def _runs(text: str) -> set[str]:
    plain = _ASIDE.sub("", fold(text))
    return {plain[at : at + RUN] for at in range(len(plain) - RUN + 1)}
