"""Learn anew what sounds like danger: `python tools/alarm.py --calm FILE... [--check] [--write]`.

Learned from: our own sentences (src/huying/reading/data/danger.tsv: the number to ring, empty where nobody is in danger, and
the sentence), and the messages of the files named with --calm (CSV, gzipped
or not): their titles, short letters whole, and sentences of longer ones. Of those only weights remain, and only of runs that
stand in sentences of our own. --check prints what a machine that had not seen them says of our own sentences, in ten parts.
"""

import argparse
import csv
import json
import re
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from huying.base import yaml12
from huying.reading import tables
from huying.reading.alarm import Alarm, Weights, runs_of
from huying.reading.danger import SURE, Rule, Words, alone, spelled

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs" / "chongqing"
DATA = ROOT / "src" / "huying" / "reading" / "data"
NUMBERS = ("110", "119", "120", "122")
OWN, STRICTNESS = 20.0, 3.0  # what a sentence of our own weighs against a stranger's letter; how dearly a mistake is paid for
LEAST = 2  # a run that stands in fewer of our own sentences is left out
LONGEST, SENTENCE = 160, (8, 70)
PARTS = 10
Own = tuple[str, str]


def own_sentences() -> list[Own]:
    """The number to ring ('' none) and the sentence, of all our own."""
    lines = (DATA / "danger.tsv").read_text("utf-8").splitlines()
    return [(number, text) for number, text in (line.split("\t") for line in lines if "\t" in line)]


def everyday() -> list[str]:
    """The demo city's letters that name no danger, and what its duties say: everyday words of people and of offices."""
    settings = _yaml(PACK / "settings.yaml")
    rules = [Rule(str(rule["number"]), rule["label"], tuple(rule["words"])) for rule in settings["danger"]]
    words = Words(alone(spelled(rules, settings["danger.groups"])))
    texts = [call["text"] for file in sorted((PACK / "demo" / "calls").glob("*.yaml")) for call in _yaml(file)]
    duties = [duty for file in sorted((PACK / "duties").glob("*.yaml")) for duty in _yaml(file) or ()]
    return [*(text for text in texts if not words.find(text)), *(duty["name"] for duty in duties)]


def _yaml(file: Path) -> Any:
    return yaml12.load(file.read_text("utf-8"))


def letters(files: Sequence[Path]) -> list[str]:
    """Titles, short letters and sentences of longer ones."""
    found: dict[str, None] = {}
    for row in (row for file in files for row in tables.rows_of(file)):
        body = row.get("body", "")
        sentences = [s for s in re.split("[。！？!?\n]", body) if SENTENCE[0] <= len(s) <= SENTENCE[1]]
        whole = tables.text_of(row)
        found |= dict.fromkeys(filter(None, (row.get("title", ""), whole if len(whole) <= LONGEST else "", *sentences[1:3])))
    return list(found)


def learned(own: Sequence[Own], calm: Sequence[str]) -> Alarm:
    """A machine of these sentences."""
    return Alarm(NUMBERS, weights_of(own, calm))


def weights_of(own: Sequence[Own], calm: Sequence[str]) -> dict[str, Weights]:
    """What each run says, and under '' what is added whatever stands there."""
    seen = Counter(run for _, text in own for run in runs_of(text))
    at = {run: n for n, run in enumerate(sorted(run for run, count in seen.items() if count >= LEAST))}
    rows = _matrix([*(text for _, text in own), *calm], at)
    numbers = np.array([*(number for number, _ in own), *("" for _ in calm)])
    weight = np.where(np.arange(len(numbers)) < len(own), OWN, 1.0)
    danger, rest = _fitted(rows, numbers != "", weight)
    which = numbers != ""
    columns = [_fitted(rows[which], numbers[which] == number, weight[which]) for number in NUMBERS]
    found = {run: Weights(_round(danger[n]), tuple(_round(of[n]) for of, _ in columns)) for run, n in at.items()}
    return found | {"": Weights(_round(rest), tuple(_round(of) for _, of in columns))}


def _matrix(texts: Sequence[str], at: dict[str, int]) -> csr_matrix:
    rows = [[at[run] for run in runs_of(text) if run in at] for text in texts]
    starts = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row) or 1)) for row in rows])
    return csr_matrix((values, np.concatenate(rows).astype(int), starts), shape=(len(rows), len(at)))


def _fitted(rows: csr_matrix, target: NDArray[np.bool_], weight: NDArray[np.floating]) -> tuple[NDArray[np.floating], float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        machine = LogisticRegression(C=STRICTNESS, max_iter=500).fit(rows, target, sample_weight=weight)
    return machine.coef_[0], float(machine.intercept_[0])


def _round(value: float) -> float:
    return round(float(value), 2)


def checked(own: Sequence[Own], calm: Sequence[str]) -> dict[str, Any]:
    """What machines that had not seen them say of our own sentences; of strangers' letters those of the last part."""
    part = np.random.default_rng(1).integers(0, PARTS, len(own))
    asked, rest = calm[::PARTS], [text for n, text in enumerate(calm) if n % PARTS]
    scores, numbers, strangers = np.zeros(len(own)), [""] * len(own), np.zeros(len(asked))
    for fold in range(PARTS):
        machine = learned([own[n] for n in np.flatnonzero(part != fold).tolist()], rest)
        for n in np.flatnonzero(part == fold).tolist():
            scores[n], numbers[n] = machine.score(own[n][1]), machine.number(own[n][1])
        strangers += np.array([machine.score(text) for text in asked]) / PARTS
    danger = np.array([number != "" for number, _ in own])
    right = [said == number for said, (number, _) in zip(numbers, own, strict=True) if number]
    wanted = (SURE, *(float(np.quantile(scores[danger], q)) for q in (0.05, 0.02, 0.01, 0.0)))
    return {
        "sentences": len(own),
        "right_number": round(float(np.mean(right)), 3),
        "at": [
            {
                "score": round(least, 2),
                "recall": round(float((scores[danger] >= least).mean()), 3),
                "calm_warned": round(float((scores[~danger] >= least).mean()), 3),
                "letters_warned": round(float((strangers >= least).mean()), 4),
            }
            for least in wanted
        ],
    }


def main() -> None:
    """Read the command line, learn, print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calm", type=Path, nargs="+", required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    own = [*own_sentences(), *(("", text) for text in everyday())]
    calm = letters(options.calm)
    if options.check:
        print(json.dumps(checked(own, calm), ensure_ascii=False, indent=1))
    if options.write:
        with (DATA / "alarm.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("run", "danger", *NUMBERS))
            out.writerows((run, weights.danger, *weights.numbers) for run, weights in sorted(weights_of(own, calm).items()))


if __name__ == "__main__":
    main()
