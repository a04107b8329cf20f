"""Doors as sentences taught them: a logistic regression over runs of numbers that no rule took, 楼上1904, 六楼加层1号.

Trained by tools/doors.py; here its weights only are read. docs/decisions/names.md says how it was taught and what it reaches.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from huying.people.cutting import doormarks
from huying.people.cutting.folding import Span
from huying.people.cutting.letters import stricter

WEIGHTS = Path(__file__).with_name("doors.npz")
ENOUGH = 0.5  # the logarithm of the odds that a run must have


@cache
def weights() -> tuple[list[int], float, float]:
    """What each slot says for a door, what is said of any run, and the unit of both; read once."""
    with np.load(WEIGHTS) as held:
        return held["slots"].tolist(), float(held["any"]), float(held["scale"])


def find(folded: str, known: Iterable[Span]) -> list[Span]:
    """Doors in a folded text, beside those `known` (what was found before, of every kind): none touches anything but a name."""
    found = doormarks.runs(folded)
    if not found:
        return []
    taken = bytearray(len(folded))
    for span in known:
        if span.kind != "姓名":
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    held, always, unit = weights()
    least = (ENOUGH + stricter(folded) - always) / unit
    judged = zip(found, doormarks.slots(folded, found), strict=True)
    return [
        Span(run.start, run.end, "门牌")
        for run, slots in judged
        if sum(map(held.__getitem__, slots)) >= least and not any(taken[run.start : run.end])
    ]
