"""The tables that names are judged by: family names, characters of given names, words that only look like a name."""

from pathlib import Path

_HERE = Path(__file__).parent
RARE, WORDY, SURE, DOUBLE = -3, 0, 2, 3


def _blocks(file: str) -> dict[str, list[str]]:
    """The words of a file by the line of a star above them; '' for those above the first."""
    blocks: dict[str, list[str]] = {"": []}
    at = ""
    for line in (_HERE / file).read_text("utf-8").splitlines():
        if line.startswith("*"):
            at = line[1:].strip()
            blocks[at] = []
        elif not line.startswith("#"):
            blocks[at] += line.split()
    return blocks


def _surnames() -> dict[str, int]:
    blocks = _blocks("surnames.txt")
    weights = {"rare": RARE, "wordy": WORDY, "sure": SURE}
    single = {char: weight for name, weight in weights.items() for char in "".join(blocks[name])}
    return single | dict.fromkeys(blocks["double wordy"], WORDY + 1) | dict.fromkeys(blocks["double"], DOUBLE)


def _given() -> dict[str, int]:
    blocks = _blocks("given.txt")
    weights = {"likely": 2, "unlikely": -2}
    return {char: weight for name, weight in weights.items() for char in "".join(blocks[name])}


SURNAMES = _surnames()  # how surely it is a family name and no other word
GIVEN = _given()  # how likely a character makes a given name; those that are not there say nothing
NEVER = frozenset("".join(_blocks("given.txt")["never"]))  # in no given name
NEVER_LAST = NEVER | frozenset("".join(_blocks("given.txt")["never last"]))
WORDS = frozenset(_blocks("not_names.txt")[""])  # of two characters and more, that begin like a name
NAMES_TOO = frozenset(_blocks("names_too.txt")[""])  # words that people are called too
ENDS = frozenset(word[-2:] for word in _blocks("ends.txt")[""])  # whose last character also begins a name
RUNS_ON = frozenset(_blocks("runs_on.txt")[""])  # whose first character would also end a name
