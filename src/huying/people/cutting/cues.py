"""Words before a name: whose it is, what he is to the writer or does. Each with how surely a person follows."""

from huying.people.cutting.tables import blocks

ANNOUNCED, KIN, ROLE, SELF, SPOKEN_OF = 5, 4, 3.5, 3, 2


def _table() -> dict[str, float]:
    """A word that stands in two blocks counts as the surer; 我 and a character of kinship are one word (我妈)."""
    words = blocks("cues.txt")
    strengths = {"self": SELF, "spoken of": SPOKEN_OF, "role": ROLE, "kin": KIN, "announced": ANNOUNCED}
    table = {word: strength for name, strength in strengths.items() for word in words[name]}
    return table | {whose + kin: KIN for whose in words["whose"] for kin in words["kin in one character"]}


CUES = _table()
LONGEST = max(map(len, CUES))
ENDINGS = frozenset(word[-2:] for word in CUES if len(word) > 1)  # most places end in none, and need no longer look
