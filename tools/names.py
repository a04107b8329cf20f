"""Learn anew which words are people's names: `python tools/names.py [--check] [--write] [--mean FILE...]`. Needs
python-crfsuite (`pip install '.[teach]'`); what runs needs numpy alone.

Learned from tools/names/*.txt, sentences of our own, one a line, names as ⟦n:张三⟧; from what the rules' tests keep; and from the
words of the demo city's pack. Each is seen as the rules leave it; again with other names in the place of its own, so that what
is around a name is learned and not the name; and with some names already cut. Letters, and what rules once mistook, are taught
twice.
--check keeps every tenth sentence back and says what is found in those. --mean keeps the mean of several learnings: what one of
them takes for a name by chance the others do not.
"""

import argparse
import random
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import numpy as np
import pycrfsuite

from huying.base import yaml12
from huying.people.cutting import before_names, find, learned, lexicon, marks
from huying.people.cutting.folding import fold
from huying.people.cutting.tables import GIVEN, SURNAMES
from huying.people.tests.cut_cases import KEEP_CASES

TAUGHT = Path(__file__).with_name("names")
PACK = Path(__file__).resolve().parents[1] / "packs" / "chongqing"
RIDGE, ROUNDS = 1.0, 90  # L2 and the most rounds of L-BFGS
A_LETTER = 150  # characters
LABELS = "OBI"
NEVER = -9.0  # for one label behind another where that was never seen
_MARK = re.compile("⟦n:([^⟧]+)⟧")
_DOOR = re.compile("⟦d:([^⟧]+)⟧")
_CUT = re.compile("〔[^〔〕]{3,5}〕")
_CHINESE = re.compile("[\u4e00-\u9fff]{3}")
_PLAIN = re.compile("[\u4e00-\u9fff]{2,3}")
_TITLED = frozenset("老小师生姐哥叔爷婆娘嬢孃伯总板工妈爸嫂弟妹某")
_TOKEN = "〔" * 6
Sentence = tuple[str, tuple[tuple[int, int], ...]]


def sentences() -> list[Sentence]:
    """All that is taught: the text, and where its names stand."""
    lines = [line for file in sorted(TAUGHT.glob("*.txt")) for line in file.read_text("utf-8").splitlines() if line]
    return [*map(parsed, lines), *((text, ()) for text in [*KEEP_CASES, *of_the_city()])]


def twice(known: Iterable[Sentence]) -> Iterator[Sentence]:
    """What is taught twice, for there is little of it: letters, and what was once mistaken for a name."""
    mistaken = frozenset(KEEP_CASES)
    return (sentence for sentence in known if len(sentence[0]) >= A_LETTER or sentence[0] in mistaken)


def of_the_city() -> list[str]:
    """What the demo city's pack says of duties, things and terms, and what people call them: nobody's name is in it."""
    files = sorted(file for file in PACK.rglob("*.yaml") if "demo" not in file.parts)
    texts = {text for file in files for text in strings(yaml12.load(file.read_text("utf-8")))}
    return sorted(text for text in texts if _CHINESE.search(text))


def strings(held: object) -> Iterator[str]:
    """All texts in a nest of mappings and lists."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, (dict, list)):
        for each in held.values() if isinstance(held, dict) else held:
            yield from strings(each)


def parsed(line: str) -> Sentence:
    """A line without its marks, and where they stood. Raises ValueError for a mark that is not closed."""
    line = _DOOR.sub(r"\1", _CUT.sub(lambda m: "〔" * len(m.group()), line))  # as what is cut already is seen
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append((len(text), len(text) + len(mark.group(1))))
        text, at = text + mark.group(1), mark.end()
    text += line[at:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"a mark is not closed: {line}")
    return text, tuple(spans)


def others(known: Sequence[Sentence], dice: random.Random) -> Iterator[Sentence]:
    """Each sentence that holds names twice more, plain names in it changed: for another's family and another's given name, and
    for any family name of the tables and any given name, however rare."""
    names = [text[a:b] for text, spans in known for a, b in spans if plain(text[a:b])]
    families, givens = sorted(SURNAMES), sorted(GIVEN)
    for text, spans in known:
        for draw in (
            lambda: dice.choice(names)[0] + dice.choice(names)[1:],
            lambda: dice.choice(families) + "".join(dice.choices(givens, k=dice.choice((1, 2, 2)))),
        ):
            yield from renamed(text, spans, draw)


def renamed(text: str, spans: Sequence[tuple[int, int]], draw: Callable[[], str]) -> Iterator[Sentence]:
    """The sentence with a name drawn in the place of each plain one, where it holds such."""
    out, at, made = "", 0, []
    for start, end in spans:
        name = text[start:end]
        if plain(name) and text.count(name) == 1 and not any(f"{char}的" in text[end:] for char in name):
            name = draw()
        out += text[at:start]
        made.append((len(out), len(out) + len(name)))
        out, at = out + name, end
    if made:
        yield out + text[at:], tuple(made)


def plain(name: str) -> bool:
    """A family name of one character and a given name, without title."""
    return bool(_PLAIN.fullmatch(name)) and name[0] in SURNAMES and _TITLED.isdisjoint(name)


def holed(known: Iterable[Sentence], dice: random.Random) -> Iterator[Sentence]:
    """Sentences in which a name is cut already: nothing is to be found there, what is beside it still is."""
    for text, spans in known:
        if spans and dice.random() < 0.4:
            start, end = dice.choice(spans)
            moved = len(_TOKEN) - (end - start)
            rest = tuple((a, b) if b <= start else (a + moved, b + moved) for a, b in spans if a != start)
            yield text[:start] + _TOKEN + text[end:], rest


def train(known: Iterable[Sentence]) -> dict[str, Any]:
    """What learned.py reads: what each slot says for each label, a byte each, and their unit; what one label says for the next;
    the characters with which a name may begin."""
    known = [*known]
    begins = frozenset(text[start] for text, spans in known for start, _ in spans) | {name[0] for name in SURNAMES}
    begins |= frozenset(ascii_uppercase)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for text, spans in known:
        folded = fold(text)
        seen, ruled = learned.prepared(folded, before_names(folded))
        labels = [LABELS[learned.OUTSIDE]] * len(text)
        for start, end in spans:
            labels[start:end] = "B" + "I" * (end - start - 1)
        columns = marks.slots(seen, lexicon.words(folded), ruled).T.tolist()
        trainer.append([[*map(str, column)] for column in columns], labels)
    trainer.set_params({"c1": 0.0, "c2": RIDGE, "max_iterations": ROUNDS, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        tagger = pycrfsuite.Tagger()
        tagger.open(f"{folder}/model")
        told = tagger.info()
    slots = np.zeros((1 << marks.BITS, 3), np.float32)
    for (slot, label), weight in told.state_features.items():
        slots[int(slot), LABELS.index(label)] = weight
    moves = np.array([[told.transitions.get((a, b), NEVER) for b in LABELS] for a in LABELS], np.float32)
    return packed(slots, moves, begins)


def packed(slots: learned.Floats, moves: learned.Floats, begins: Iterable[str]) -> dict[str, Any]:
    """As learned.py reads it: a byte a weight, and their unit."""
    scale = np.float32(np.abs(slots).max() / 127)
    return {
        "slots": np.round(slots / scale).astype(np.int8),
        "scale": scale,
        "moves": moves,
        "begins": "".join(sorted(begins)),
    }


def mean(files: Sequence[Path]) -> dict[str, Any]:
    """The mean of several learnings; a name may begin with what it may in any of them."""
    slots, moves, begins = [], [], set[str]()
    for file in files:
        with np.load(file) as held:
            slots.append(held["slots"].astype(np.float32) * held["scale"])
            moves.append(held["moves"])
            begins.update(str(held["begins"]))
    return packed(np.mean(slots, 0), np.mean(moves, 0, dtype=np.float32), begins)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--check", action="store_true", help="learn from nine tenths, ask of the last")
    either.add_argument("--write", action="store_true", help="keep the weights in the package")
    either.add_argument("--mean", nargs="+", type=Path, metavar="FILE", help="keep the mean of these weights in the package")
    asked = parser.parse_args()
    if asked.mean:
        np.savez_compressed(learned.WEIGHTS, **mean(asked.mean))
        return
    known, dice = sentences(), random.Random(20251128)
    back = known[::10] if asked.check else []
    seen = [sentence for n, sentence in enumerate(known) if not asked.check or n % 10]
    seen = [*seen, *twice(seen)]
    found = train([*seen, *others(seen, dice), *holed(seen, dice)])
    print(f"{len(known)} sentences, {np.count_nonzero(found['slots'].any(1))} slots, {len(found['begins'])} beginnings")
    with tempfile.TemporaryDirectory() as folder:
        learned.WEIGHTS = learned.WEIGHTS if asked.write else Path(folder) / "weights.npz"
        np.savez_compressed(learned.WEIGHTS, **found)
        if back:
            print(judged(back))


def judged(known: Iterable[Sentence]) -> str:
    """Of the names in these sentences, how many are found, and how many more are cut."""
    there = right = wrong = 0
    for text, spans in known:
        cuts = [(span.start, span.end) for span in find(text) if span.kind == "姓名"]
        there += len(spans)
        right += sum(any(a <= start and end <= b for a, b in cuts) for start, end in spans)
        wrong += sum(not any(a < end and start < b for start, end in spans) for a, b in cuts)
    return f"names {there}, found {right}, cut and no name {wrong}"


if __name__ == "__main__":
    main()
