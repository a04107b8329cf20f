"""Learn anew which numbers are doors: `python tools/doors.py [--check] [--write]`.

Learned from tools/names/*.txt, sentences of our own, one a line, doors as ⟦d:12-3⟧, names as ⟦n:张三⟧, and from what the rules'
tests keep: each run of numbers that no rule took is a door or none. Sentences of files in which no door is marked were written
before doors were: they say less. --check keeps a fifth of the sentences back in turn, and says what is found at which odds.
"""

import argparse
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from huying.people.cutting import by_rules, doormarks, doors
from huying.people.cutting.folding import Span, fold
from huying.people.tests.cut_cases import KEEP_CASES

TAUGHT = Path(__file__).with_name("names")
STRENGTH = 1.0  # the inverse of the L2 penalty
SAYS_LESS, SAYS_MORE = 0.3, 3.0
FOLDS = 5
_MARK = re.compile("⟦([nd]):([^⟧]+)⟧")
_CUT = re.compile("〔[^〔〕]{3,5}〕")


class Seen(NamedTuple):
    """One run: its sentence, where it stands there, the slots of its marks, whether it is a door, and what that counts."""

    text: str
    run: doormarks.Run
    slots: list[int]
    door: bool
    counts: float


def seen() -> list[Seen]:
    """Every run of what is taught that no rule took."""
    found: list[Seen] = []
    for file in sorted(TAUGHT.glob("*.txt")):
        text = file.read_text("utf-8")
        counts = 1.0 if "⟦d:" in text else SAYS_LESS
        for line in filter(None, text.splitlines()):
            found += in_line(line, counts)
    return [*found, *(run for text in KEEP_CASES for run in in_line(text, SAYS_MORE))]


def in_line(line: str, counts: float) -> Iterator[Seen]:
    """The runs of a line."""
    text, marked = parsed(_CUT.sub(lambda m: "〔" * len(m.group()), line))
    folded = fold(text)
    known = [span for span in by_rules(folded) if span.kind != "姓名"]
    homes = [span for span in marked if span.kind == "门牌"]
    runs = doormarks.runs(folded)
    for run, slots in zip(runs, doormarks.slots(folded, runs), strict=True):
        if not touched(run, known):
            yield Seen(text, run, slots, touched(run, homes), counts)


def touched(run: doormarks.Run, spans: Iterable[Span]) -> bool:
    """Whether any of the spans shares a character with the run."""
    return any(span.start < run.end and run.start < span.end for span in spans)


def parsed(line: str) -> tuple[str, list[Span]]:
    """A line without its marks, and what they marked. Raises ValueError for a mark that is not closed."""
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2]), {"n": "姓名", "d": "门牌"}[mark[1]]))
        text, at = text + mark[2], mark.end()
    text += line[at:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"a mark is not closed: {line}")
    return text, spans


def matrix(runs: Sequence[Seen]) -> Any:
    """The marks of all runs, one row a run."""
    columns = [slot for run in runs for slot in sorted(set(run.slots))]
    ends = np.cumsum([0, *(len(set(run.slots)) for run in runs)])
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(runs), 1 << doormarks.BITS))


def learned(runs: Sequence[Seen]) -> LogisticRegression:
    """A regression over the marks of runs."""
    model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear")
    return model.fit(matrix(runs), [run.door for run in runs], sample_weight=[run.counts for run in runs])


def packed(model: LogisticRegression) -> dict[str, Any]:
    """As doors.py reads it: a byte a weight, and their unit."""
    weights: NDArray[np.float64] = model.coef_[0]
    scale = np.float32(np.abs(weights).max() / 127)
    return {"slots": np.round(weights / scale).astype(np.int8), "scale": scale, "any": np.float32(model.intercept_[0])}


def check(runs: Sequence[Seen]) -> Iterator[str]:
    """What is found in sentences that were kept back, at several odds; and what was wrong at those in use."""
    texts = sorted({run.text for run in runs})
    random.Random(20261128).shuffle(texts)
    part = {text: n % FOLDS for n, text in enumerate(texts)}
    odds = np.zeros(len(runs))
    for n in range(FOLDS):
        back = np.array([part[run.text] == n for run in runs])
        model = learned([run for run, kept in zip(runs, back, strict=True) if not kept])
        odds[back] = model.decision_function(matrix([run for run, kept in zip(runs, back, strict=True) if kept]))
    door, full = np.array([run.door for run in runs]), np.array([run.counts == 1 for run in runs])
    for least in (-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0):
        hit = (odds >= least) & full
        yield f"odds {least}: {hit.sum()} taken, precision {door[hit].mean():.3f}, recall {door[hit].sum() / door.sum():.3f}"
    for run, sure in sorted(zip(runs, odds, strict=True), key=lambda each: -each[1]):
        if sure >= doors.ENOUGH and not run.door:
            start, end, _ = run.run
            yield f"{sure:.1f} {run.text[max(0, start - 15) : start]}[{run.text[start:end]}]{run.text[end : end + 12]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say what would be found in what is kept back")
    parser.add_argument("--write", action="store_true", help="keep the weights in the package")
    asked = parser.parse_args()
    runs = seen()
    print(f"{len(runs)} runs, {sum(run.door for run in runs)} doors")
    if asked.check:
        print(*check(runs), sep="\n")
    if asked.write:
        np.savez_compressed(doors.WEIGHTS, **packed(learned(runs)))


if __name__ == "__main__":
    main()
