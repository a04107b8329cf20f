"""The tables that names are judged by: family names, characters of given names, words that only look like a name."""

from pathlib import Path

_HERE = Path(__file__).parent
RARE, WORDY, SURE, DOUBLE = -3, 0, 2, 3
LIKELY, UNLIKELY = 2, -2


def blocks(file: str) -> dict[str, list[str]]:
    """The words of a file by the line of a star above them; '' for those above the first."""
    found: dict[str, list[str]] = {"": []}
    at = ""
    for line in (_HERE / file).read_text("utf-8").splitlines():
        if line.startswith("*"):
            at = line[1:].strip()
            found[at] = []
        elif not line.startswith("#"):
            found[at] += line.split()
    return found


def any_of(block: str) -> str:
    """The words of a block of around.txt as an alternation."""
    return "|".join(blocks("around.txt")[block])


def _surnames() -> dict[str, int]:
    parts = blocks("surnames.txt")
    weights = {"rare": RARE, "wordy": WORDY, "sure": SURE}
    single = {char: weight for name, weight in weights.items() for char in "".join(parts[name])}
    return single | dict.fromkeys(parts["double wordy"], WORDY + 1) | dict.fromkeys(parts["double"], DOUBLE)


def _given() -> dict[str, int]:
    parts = blocks("given.txt")
    weights = {"likely": LIKELY, "unlikely": UNLIKELY}
    return {char: weight for name, weight in weights.items() for char in "".join(parts[name])}


SURNAMES = _surnames()  # how surely it is a family name and no other word
GIVEN = _given()  # how likely a character makes a given name; those that are not there say nothing
NEVER = frozenset("".join(blocks("given.txt")["never"]))  # in no given name
NEVER_LAST = NEVER | frozenset("".join(blocks("given.txt")["never last"]))
WORDS = frozenset(blocks("not_names.txt")[""])  # of two characters and more, that begin like a name
NAMES_TOO = frozenset(blocks("names_too.txt")[""])  # words that people are called too
SAID_NAMES = frozenset(blocks("names_too.txt")["said"])  # where it is said only
ENDS = frozenset(word[-2:] for word in blocks("ends.txt")[""])  # whose last character also begins a name
RUNS_ON = frozenset(blocks("runs_on.txt")[""])  # whose first character would also end a name
