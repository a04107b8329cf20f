"""How much surer what was learned must be in a letter than in a few words: of its characters fewer tell who somebody is."""

import re
from math import log

_SHORT, _MOST = 3, 3.0  # the logarithm of clauses against so many, but no more than this
_CLAUSE = re.compile(r"[,。;!?\n]+")  # what is cut holds none of these, so that a cut text is judged as strictly


def stricter(folded: str) -> float:
    """What is added to the logarithm of the odds that a name or a door in this text must have."""
    return min(max(0.0, log((len(_CLAUSE.findall(folded)) + 1) / _SHORT)), _MOST)
