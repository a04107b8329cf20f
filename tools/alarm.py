"""Learn anew what sounds like danger: `python tools/alarm.py --letters FILE... [--check] [--write]`.

Learned from sentences of our own, each with the number to ring, empty where nobody is in danger: data/danger.tsv of the
reading, tools/danger/, the demo's letters, the names of the pack's duties, and those that teach names (tools/names/), in
which danger/among_names.tsv says who is in danger ('?': could be read either way, and teaches nothing). All of it is told
again with a place or a teller beside it. The letters named (CSV, gzipped or not) say what company a word keeps, and their
titles and two sentences of each what is calm; of them only weights remain, and only of runs and words that stand in
sentences of our own. --check prints what a machine that had not seen them says of our own sentences, in five parts.
"""

import argparse
import csv
import json
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.sparse.linalg import svds
from sklearn.linear_model import LogisticRegression

from huying.base import yaml12
from huying.reading import tables
from huying.reading.alarm import Alarm, Machine, runs_of, words_of
from huying.reading.danger import SURE, Rule, Words, alone, spelled
from huying.reading.happening import SENTENCES
from huying.reading.twins import clusters

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs" / "chongqing"
DATA = ROOT / "src" / "huying" / "reading" / "data"
DANGER, NAMES = ROOT / "tools" / "danger", ROOT / "tools" / "names"
NUMBERS = ("110", "119", "120", "122")
UNCLEAR = "?"
PROSE = ("prose.txt", "prose_more.txt")  # nobody appeals there
LONGEST = 160  # characters: longer ones are not heard as a whole
STRICTNESS = 5.0  # how dearly a mistake is paid for
OFTEN = 3  # a run that stands in fewer sentences is left out; a word that is met less often keeps no company
NEAR, SIDES = 4, 100  # words on each side that are its company, and along how many directions it is described
PARTS = 5
# Where it is, and who tells it: said beside dangers as beside anything, so neither speaks for danger nor against it.
PLACES = (
    "{district}{road}{n}号",
    "{district}{road}{n}号{m}栋{k}单元{k}楼",
    "{district}{estate}{m}栋{n}-{k}",
    "{road}{n}号附{k}号",
    "{estate}{m}号楼{n}0{k}室",
    "地址{district}{road}{n}号",
    "地址是{district}{street}{estate}",
    "在{district}{street}{road}",
    "{street}{estate}{k}期",
    "{district}{street}",
    "位置{road}和{road2}交叉口",
    "我在{road}公交站",
    "{estate}门口",
    "{road}{n}号〔门牌1〕",
    "{district}{estate}〔门牌1〕",
    "{road}步行街",
    "{district}{town}{k}组{n}号",
)
TELLERS = (
    "我姓{name}，电话1{n}{m}{n}",
    "联系电话〔电话1〕",
    "我叫〔姓名1〕",
    "电话〔电话1〕，我姓{name}",
    "请打我手机",
    "{name}女士",
    "{name}先生，〔电话1〕",
    "今天早上{k}点的事",
    "请尽快处理",
    "谢谢",
    "麻烦了",
    "请打这个号码找我",
)
# Of roads and estates, two characters each.
CALLED = [
    here[at : at + 2]
    for here in ("滨江松林人民新华花卉龙山红石金开观音石桥长江学府黄杨回龙天星民主兴隆文化",)
    for at in range(0, len(here), 2)
]
NAMES_OF_MANY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
BESIDE = (
    "{place}，{text}",
    "{text}，{place}",
    "{text}。{place}，{teller}",
    "{place}{text}",
    "{text}，{teller}",
    "{teller}，{text}，地址是{place}",
)
Floats = NDArray[np.floating]


class Sentence(NamedTuple):
    """What somebody wrote, the number to ring ('' none), and what it weighs beside the others."""

    text: str
    number: str
    weight: float
    source: str


class Fills:
    """Places and tellers, drawn anew each time from the pack's districts and streets and from what many are called."""

    def __init__(self, seed: int) -> None:
        self._dice = np.random.default_rng(seed)
        rows = [(row["name"], row["level"]) for row in csv.DictReader((PACK / "areas.csv").read_text("utf-8").splitlines())]
        self._districts = [name for name, level in rows if level == "district"]
        self._streets = [name for name, level in rows if level == "street"]

    def drawn(self, one_of: Sequence[str]) -> str:
        """One of these."""
        return one_of[int(self._dice.integers(len(one_of)))]

    def beside(self, text: str) -> str:
        """The text as somebody tells it who says where it is, or who she is."""
        first, second = self.drawn(CALLED), self.drawn(CALLED)
        words = {
            "district": self.drawn(self._districts),
            "street": self.drawn(self._streets),
            "town": self.drawn(self._streets),
            "road": first + self.drawn(("路", "街", "大道", "巷", "正街", "支路")),
            "road2": second + self.drawn(("路", "街", "大道")),
            "estate": second + self.drawn(("小区", "花园", "苑", "城", "公馆", "家园", "大厦", "广场")),
            "n": str(int(self._dice.integers(1, 400))),
            "m": str(int(self._dice.integers(1, 40))),
            "k": str(int(self._dice.integers(1, 9))),
            "name": self.drawn(NAMES_OF_MANY),
        }
        place, teller = self.drawn(PLACES).format(**words), self.drawn(TELLERS).format(**words)
        return self.drawn(BESIDE).format(text=text.rstrip("。！!"), place=place, teller=teller)


class Company(NamedTuple):
    """The row of each word, and what company it keeps, shape (words, SIDES)."""

    rows: dict[str, int]
    sides: Floats

    def of(self, texts: Sequence[str]) -> Floats:
        """The mean of each text's words, shape (texts, SIDES)."""
        found = np.zeros((len(texts), self.sides.shape[1]))
        for n, text in enumerate(texts):
            rows = [self.rows[word] for word in words_of(text) if word in self.rows]
            found[n] = self.sides[rows].mean(0) if rows else 0.0
        return found


def sentences() -> list[Sentence]:
    """All that teaches."""
    marked = {text: number for number, text in _tsv(DANGER / "among_names.tsv")}
    found = [Sentence(text, number, 6.0, "first") for number, text in _tsv(DATA / "danger.tsv")]
    for name, weight in (("told", 6.0), ("pairs", 6.0), ("everyday", 3.0), ("ordinary", 3.0)):
        found += [Sentence(text, number, weight, name) for number, text in _tsv(DANGER / f"{name}.tsv")]
    found += [Sentence(text, "", 6.0, "city") for text in everyday()]
    found += [Sentence(text, marked.get(text, ""), 1.0, "names") for text in _of_names()]
    return [one for one in found if one.number != UNCLEAR]


def _tsv(file: Path) -> list[tuple[str, str]]:
    lines = (line.partition("\t") for line in file.read_text("utf-8").splitlines() if "\t" in line)
    return [(number, text) for number, _, text in lines]


def _of_names() -> list[str]:
    files = [file for file in sorted(NAMES.glob("*.txt")) if file.name not in PROSE]
    lines = (line.strip() for file in files for line in file.read_text("utf-8").splitlines())
    texts = (re.sub("⟦[nd]:([^⟧]*)⟧", r"\1", line) for line in lines if line and not line.startswith(("#", "*")))
    return list(dict.fromkeys(text for text in texts if 8 <= len(text) <= LONGEST))


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


def _short(letters: Iterable[Mapping[str, str]]) -> list[str]:
    """Titles, short letters whole, and two sentences of longer ones."""
    found: dict[str, None] = {}
    for row in letters:
        whole = tables.text_of(row)
        sentences = [part for part in SENTENCES.split(row.get("body", "")) if 8 <= len(part) <= 70]
        found |= dict.fromkeys(filter(None, (row.get("title", ""), whole if len(whole) <= LONGEST else "", *sentences[1:3])))
    return list(found)


def company(texts: Iterable[str]) -> Company:
    """What company the words of these texts keep: positive pointwise mutual information, along its strongest directions."""
    cut = [words_of(text) for text in texts]
    counted = Counter(word for words in cut for word in words)
    rows = {word: n for n, word in enumerate(sorted(word for word, count in counted.items() if count >= OFTEN))}
    met: defaultdict[tuple[int, int], float] = defaultdict(float)
    for words in cut:
        numbers = [rows.get(word, -1) for word in words]
        for at, one in enumerate(numbers):
            for away, other in enumerate(numbers[at + 1 : at + 1 + NEAR], 1):
                if one >= 0 and other >= 0:
                    met[one, other] += 1 / away  # nearer ones count for more
                    met[other, one] += 1 / away
    (of, by), value = np.array(list(met)).T, np.array(list(met.values()))
    often = np.bincount(of, value, len(rows))
    rare = often**0.75  # Levy, Goldberg and Dagan, 2015: else rare words keep the best company
    surprise = np.log(value * rare.sum() / (often[of] * rare[by]))
    kept = surprise > 0
    table = csr_matrix((surprise[kept], (of[kept], by[kept])), shape=(len(rows), len(rows)))
    left, strong, _ = svds(table, k=SIDES, random_state=0)
    sides = left * np.sqrt(strong)
    return Company(rows, sides / (np.linalg.norm(sides, axis=1, keepdims=True) + 1e-9))


class Learned(NamedTuple):
    """The runs and words of a machine, and for danger at all and each number: what is added, and what each of them says."""

    runs: list[str]
    words: list[str]
    rest: Floats
    of_runs: Floats
    of_words: Floats

    def alarm(self) -> Alarm:
        """As the reading knows it."""
        danger, *others = (
            Machine(
                float(rest),
                dict(zip(self.runs, runs.tolist(), strict=True)),
                dict(zip(self.words, words.tolist(), strict=True)),
            )
            for rest, runs, words in zip(self.rest, self.of_runs, self.of_words, strict=True)
        )
        return Alarm(danger, dict(zip(NUMBERS, others, strict=True)))


def in_other_words(given: Sequence[Sentence]) -> list[Sentence]:
    """All of it told again with a place or a teller beside it: as often of what is calm as of dangers, so it says nothing."""
    fills = Fills(len(given))
    found = []
    for one in given:
        count = 1 if one.source in ("names", "letters") else 2
        copies = (fills.beside(one.text) for _ in range(count))
        found += [one._replace(text=copy, weight=one.weight / count) for copy in copies]
    return found


def by_themselves(given: Sequence[Sentence]) -> list[Sentence]:
    """Each sentence of what is calm and has several: one by itself may be heard, and of a danger nobody says which it is."""
    found = []
    for one in given:
        parts = [part for part in SENTENCES.split(one.text) if part.strip()]
        if not one.number and len(parts) > 1 and one.source != "letters":
            found += [one._replace(text=part, weight=one.weight / len(parts)) for part in parts]
    return found


def learned(given: Sequence[Sentence], near: Company) -> Learned:
    """A machine of these sentences."""
    given = [*given, *by_themselves(given)]
    given += in_other_words(given)
    texts = [one.text for one in given]
    found = [runs_of(text, words_of(text)) for text in texts]
    seen = Counter(
        run
        for one, runs in zip(given, found, strict=True)
        if one.number or one.source not in ("names", "letters")
        for run in runs
    )
    runs = sorted(run for run, count in seen.items() if count >= OFTEN)
    ours = (one.text for one in given if one.source != "letters")
    words = sorted({word for text in ours for word in words_of(text) if word in near.rows})
    rows = hstack([_matrix(found, {run: n for n, run in enumerate(runs)}), csr_matrix(near.of(texts))]).tocsr()
    number, weight = np.array([one.number for one in given]), np.array([one.weight for one in given])
    which = number != ""
    fits = [_fitted(rows, which, weight), *(_fitted(rows[which], number[which] == one, weight[which]) for one in NUMBERS)]
    sides = near.sides[[near.rows[word] for word in words]]
    own = np.array([says[: len(runs)] for says, _ in fits])
    return Learned(
        runs, words, np.array([rest for _, rest in fits]), own, np.array([sides @ says[len(runs) :] for says, _ in fits])
    )


def _matrix(found: Sequence[set[str]], at: dict[str, int]) -> csr_matrix:
    rows = [sorted(at[run] for run in runs if run in at) for runs in found]
    starts = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row) or 1)) for row in rows])
    return csr_matrix((values, np.concatenate([np.array(row, int) for row in rows]), starts), shape=(len(rows), len(at)))


def _fitted(rows: csr_matrix, target: NDArray[np.bool_], weight: Floats) -> tuple[Floats, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        machine = LogisticRegression(C=STRICTNESS, max_iter=800, solver="liblinear", random_state=0)
        machine.fit(rows, target, sample_weight=weight)
    return machine.coef_[0], float(machine.intercept_[0])


def checked(given: Sequence[Sentence], strangers: Sequence[Sentence], near: Company) -> dict[str, Any]:
    """What machines that had not seen them say of our own sentences."""
    heads = clusters([one.text for one in given])  # no near copy of what is asked may have been learned, nor a danger's twin
    pairs = [n for n, one in enumerate(given) if one.source == "pairs"]
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        heads[second] = heads[first]
    part = np.random.default_rng(1).integers(0, PARTS, len(given))[heads]
    scores, right = np.zeros(len(given)), np.zeros(len(given), bool)
    for fold in range(PARTS):
        machine = learned([*strangers, *(given[n] for n in np.flatnonzero(part != fold).tolist())], near).alarm()
        for n in np.flatnonzero(part == fold).tolist():
            scores[n], right[n] = machine.score(given[n].text), machine.number(given[n].text) == given[n].number
    danger = np.array([one.number != "" for one in given])
    source = np.array([one.source for one in given])
    wanted = (SURE, *(float(np.quantile(scores[danger], q)) for q in (0.05, 0.03, 0.01)))

    def share(least: float, which: NDArray[np.bool_]) -> dict[str, float]:
        return {name: round(float((scores[which & (source == name)] >= least).mean()), 3) for name in np.unique(source[which])}

    return {
        "sentences": len(given),
        "dangers": int(danger.sum()),
        "right_number": round(float(right[danger].mean()), 3),
        "at": [
            {
                "score": round(least, 2),
                "recall": round(float((scores[danger] >= least).mean()), 3),
                "found": share(least, danger),
                "calm_warned": share(least, ~danger),
            }
            for least in wanted
        ],
    }


def write(found: Learned) -> None:
    """Keep it as the reading reads it: a byte each."""
    packed: dict[str, Any] = {"numbers": "\n".join(NUMBERS), "rest": found.rest.astype(np.float32)}
    for name, words, values in (("runs", found.runs, found.of_runs), ("words", found.words, found.of_words)):
        unit = np.abs(values).max(1, keepdims=True) / 127
        packed |= {name: "\n".join(words), f"of_{name}": np.rint(values / unit).astype(np.int8), f"of_{name}_unit": unit}
    np.savez_compressed(DATA / "alarm.npz", **packed)


def main() -> None:
    """Read the command line, learn, print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=Path, nargs="*", default=[])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    given = sentences()
    letters = [row for file in options.letters for row in tables.rows_of(file)]
    near = company([*(one.text for one in given), *map(tables.text_of, letters)])
    strangers = [Sentence(text, "", 0.5, "letters") for text in _short(letters)]
    if options.check:
        print(json.dumps(checked(given, strangers, near), ensure_ascii=False, indent=1))
    if options.write:
        write(learned([*given, *strangers], near))


if __name__ == "__main__":
    main()
