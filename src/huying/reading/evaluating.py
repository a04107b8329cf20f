"""Measure readers on labelled messages, with no near copy of a test message among those learned from."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from huying.reading import figures
from huying.reading.grams import Floats, Ints, chosen, counts_of
from huying.reading.likeness import Likeness, as_shares, sureness
from huying.reading.linear import Linear
from huying.reading.training import Examples, examples, fold_of, taught_itself, train
from huying.reading.twins import clusters

PROMISE = 0.97
SURE = 0.9  # as dispatch asks for, unless a pack says otherwise, where nothing was measured yet


class NothingLeft(ValueError):
    """All there was to learn from are near copies of what is asked."""


class Message(NamedTuple):
    """A labelled message, and in which of several files it stands."""

    text: str
    label: str
    file: int = 0
    cut: str = ""  # as it stood there, where it was cut into words

    @property
    def written(self) -> str:
        """As it stood in its file: by that its near copies are found."""
        return self.cut or self.text


@dataclass
class Answers:
    """What was said of each test message, how surely, and what that took."""

    truth: list[str]
    said: list[str]
    confidence: list[float]
    promised: list[bool]  # surer than what kept the promise on messages of the training side
    dropped: int = 0
    seconds: float = 0.0

    def figures(self) -> dict[str, Any]:
        """The figures, as they are printed."""
        found = figures.per_label(self.truth, self.said)
        right = np.array([t == s for t, s in zip(self.truth, self.said, strict=True)], dtype=bool)
        sure, kept = np.array(self.confidence), np.array(self.promised, dtype=bool)
        coverage, _ = figures.coverage_at(PROMISE, sure, right)
        return {
            "messages": len(self.truth),
            "macro_f1": round(figures.macro_f1(found), 4),
            "accuracy": round(float(right.mean()), 4),
            "per_class": {label: asdict(of) for label, of in found.items()},
            "coverage_at_97": round(coverage, 4),
            "alone": {
                "coverage": round(float(kept.mean()), 4),
                "precision": round(float(right[kept].mean()), 4) if kept.any() else None,
            },
            "calibration_error": round(figures.calibration_error(sure, right), 4),
            "messages_per_cpu_second": round(len(self.truth) / self.seconds) if self.seconds else None,
            "dropped_near_copies": self.dropped,
        }


def held_apart(learned: Sequence[Message], asked: Sequence[Message], likeness: Likeness | None = None) -> Answers:
    """Learn from some messages, without near copies of what is asked, and answer the others."""
    cluster = np.array(clusters([m.written for m in [*learned, *asked]]))
    split = np.arange(len(learned)), np.arange(len(learned), len(cluster))
    return _answered([*learned, *asked], cluster, [split], likeness)


def in_folds(messages: Sequence[Message], asked: int, folds: int, likeness: Likeness | None = None) -> Answers:
    """Answer each message of file `asked` after learning from all whose cluster is in another of `folds` parts."""
    cluster = np.array(clusters([message.written for message in messages]))
    mine = np.flatnonzero([message.file == asked for message in messages])
    part = fold_of(cluster[mine], folds)
    everything = np.arange(len(messages))
    splits = [(np.setdiff1d(everything, mine[part == fold]), mine[part == fold]) for fold in range(folds)]
    return _answered(messages, cluster, splits, likeness)


def _answered(
    messages: Sequence[Message], cluster: Ints, splits: Sequence[tuple[Ints, Ints]], likeness: Likeness | None
) -> Answers:
    names = likeness.labels if likeness else tuple(sorted({message.label for message in messages}))
    texts = [message.text for message in messages]
    like = likeness.read(texts) if likeness else None
    whole = examples(texts, [message.label for message in messages], cluster.tolist(), like)
    answers = Answers([], [], [], [])
    for learned, asked in splits:
        kept = learned[~np.isin(cluster[learned], cluster[asked])]
        answers.dropped += len(learned) - len(kept)
        if not len(kept):
            raise NothingLeft("every message to learn from is a near copy of one that is asked: name others with --train")
        _fold(answers, whole, names, kept, [messages[n] for n in asked], like[asked] if like is not None else None)
    return answers


def _fold(
    answers: Answers, whole: Examples, names: Sequence[str], kept: Ints, asked: Sequence[Message], like: Floats | None
) -> None:
    given = whole.some(kept)
    trained = train(given, names, folds=3)
    right = np.array([t == s for t, s in zip(given.labels, trained.said, strict=True)])
    _, threshold = figures.coverage_at(PROMISE, trained.confidence, right)
    shares, seconds = timed(trained.model, [message.text for message in asked], like)
    answers.seconds += seconds
    answers.truth += [message.label for message in asked]
    answers.said += [names[n] for n in shares.argmax(axis=1)]
    answers.confidence += shares.max(axis=1).tolist()
    answers.promised += (shares.max(axis=1) >= threshold).tolist()


def timed(model: Linear, texts: Sequence[str], like: Floats | None = None) -> tuple[Floats, float]:
    """The shares of texts, and the CPU seconds that reading them took (likeness is reckoned before)."""
    began = time.process_time()
    shares = model.shares(model.read(texts), like)
    return shares, time.process_time() - began


def unlabelled(asked: Sequence[Message], likeness: Likeness, folds: int) -> Iterator[tuple[str, Answers]]:
    """Without any label: by the labels' own texts alone, and after a reader has taught itself on unlabelled messages.

    Each part of the messages is asked of a reader that taught itself on the others and saw no near copy of it.
    """
    texts, names = [message.text for message in asked], likeness.labels
    scores = likeness.scores(texts)
    like = as_shares(scores)
    sure = sureness(scores)
    yield "by_texts_alone", replace(_plain(asked, names, like), confidence=sure, promised=[one >= SURE for one in sure])
    rows, part = counts_of(texts), fold_of(np.array(clusters([message.written for message in asked])), folds)
    found = np.zeros_like(like)
    for fold in range(folds):
        test, rest = np.flatnonzero(part == fold), np.flatnonzero(part != fold)
        model = taught_itself(chosen(rows, rest), like[rest], names)
        found[test] = model.shares(model.margins(model.vocabulary.weighed(chosen(rows, test))), like[test])
    yield "taught_itself", _plain(asked, names, found)


def _plain(asked: Sequence[Message], names: Sequence[str], found: NDArray[np.floating]) -> Answers:
    said = [names[n] for n in found.argmax(axis=1)]
    return Answers([m.label for m in asked], said, found.max(axis=1).tolist(), [False] * len(asked))
