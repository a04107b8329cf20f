"""A linear reader: what each character run says for and against each label, on top of what is likely anyway.

`weights` may be learned from thousands of messages or be empty; `likeness` (how like a label's own texts a message is)
counts beside them. Both together, on one scale, give a calibrated probability for each label.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zipfile import BadZipFile

import msgspec
import numpy as np
from numpy.typing import NDArray

from huying.reading.common import trim
from huying.reading.grams import Floats, Ints, Rows, Runs, Vocabulary, batches, counted, runs_of, summed
from huying.reading.segment import fold
from huying.reading.similar import shorten

PHRASE_LONGEST = 12
_FORM = 1  # of a saved model; another is refused


class Unreadable(ValueError):
    """A saved model that this version cannot read."""


@dataclass(frozen=True)
class Linear:
    """Immutable, so threads share it. `sharpness` and `of_likeness` were fitted on texts it was not trained on."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats  # a row a run, a column a label
    bias: Floats
    sharpness: float = 1.0
    of_likeness: float = 1.0

    def margins(self, rows: Rows) -> Floats:
        """How far each text (a row) lies on the side of each label, by its runs alone."""
        found = summed(self.weights[rows.columns].astype(np.float32) * rows.values[:, None], rows.starts)
        return (found + self.bias).astype(np.float32)

    def read(self, texts: Sequence[str], marks: Sequence[Sequence[str]] | None = None) -> Floats:
        """The margins of texts, each with what else is known of it (its place)."""
        step = 128
        parts = [
            self.margins(self.vocabulary.vectors(batch, marks[n * step : (n + 1) * step] if marks else None))
            for n, batch in enumerate(batches(texts, step))
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.labels)), dtype=np.float32)

    def shares(self, margins: Floats, likeness: Floats | None = None) -> Floats:
        """The probability of each label: a row a text, summing to one."""
        return shares(margins, likeness, self.sharpness, self.of_likeness)

    def of_runs(self, runs: Runs, marks: Sequence[str]) -> Floats:
        """The margins of the one text whose runs these are."""
        return self.margins(self.vocabulary.weighed(counted(runs, 1, [marks])))

    def phrases(self, text: str, label: str, most: int = 3, runs: Runs | None = None) -> list[str]:
        """The stretches of `text` that speak most for `label` and less for the others, heaviest first.

        `runs`: those of `text`, where they were looked for before.
        """
        at = self.labels.index(label)
        gain = self._gains(text, at, runs or runs_of([text]))
        return _stretches(shorten(text), gain, most)

    def _gains(self, text: str, at: int, runs: Runs) -> NDArray[np.float64]:
        """What each character adds to a label over the mean of the others, through all the runs it stands in."""
        columns = self.vocabulary.number[runs.hash]
        gain = np.zeros(len(shorten(text)) + 1)
        known = columns >= 0
        if not known.any() or len(self.labels) < 2:
            return gain
        rows = self.weights[columns[known]]
        count = len(self.labels)
        others = (rows.sum(axis=1) - rows[:, at]) / (count - 1)
        worth = (rows[:, at] - others) * self.vocabulary.rarity[columns[known]] / runs.length[known]
        begins, ends = runs.start[known], runs.start[known] + runs.length[known]
        gain += np.bincount(begins, worth, len(gain)) - np.bincount(ends, worth, len(gain))
        return np.cumsum(gain)

    def widened(self, labels: Sequence[str]) -> "Linear":
        """The same model with further labels, of which it knows nothing yet."""
        fresh = [label for label in labels if label not in self.labels]
        if not fresh:
            return self
        weights = np.concatenate([self.weights, np.zeros((len(self.weights), len(fresh)), dtype=self.weights.dtype)], axis=1)
        # what it never met is as unlikely as the rarest of what it has
        floor = self.bias.min() if len(self.bias) else 0.0
        bias = np.concatenate([self.bias, np.full(len(fresh), floor, dtype=np.float32)])
        return replace(self, labels=(*self.labels, *fresh), weights=weights, bias=bias)


def shares(margins: Floats, likeness: Floats | None, sharpness: float, of_likeness: float) -> Floats:
    """Softmax of the margins and the likeness on one scale."""
    sums = margins if likeness is None else margins + of_likeness * likeness
    scaled = sharpness * sums
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def empty(labels: Sequence[str], sharpness: float, of_likeness: float) -> Linear:
    """A reader that has learned nothing: likeness alone decides."""
    nothing = Vocabulary(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    weights = np.zeros((0, len(labels)), dtype=np.float32)
    return Linear(tuple(labels), nothing, weights, np.zeros(len(labels), dtype=np.float32), sharpness, of_likeness)


def _stretches(text: str, gain: NDArray[np.float64], most: int) -> list[str]:
    """Unbroken stretches whose characters all speak for it, without function words at their ends."""
    folded, found = fold(text), list[tuple[float, str]]()
    floor = max(gain.max(initial=0.0) * 0.25, 1e-9)
    begin = 0
    for at in range(len(text) + 1):
        if at < len(text) and gain[at] >= floor and folded[at].isalnum() and at - begin < PHRASE_LONGEST:
            continue
        if at - begin < 2:
            begin = at + 1
            continue
        left, right = trim(folded, begin, at)
        if right - left > 1:
            found.append((float(gain[left:right].sum()), text[left:right]))
        begin = at + 1
    kept: list[str] = []
    for _, phrase in sorted(found, key=lambda pair: -pair[0]):
        if len(kept) < most and not any(phrase in other or other in phrase for other in kept):
            kept.append(phrase)
    return kept


def saved(model: Linear) -> bytes:
    """The model as bytes: numbers and labels, no text of anybody."""
    head = {"form": _FORM, "labels": model.labels, "sharpness": model.sharpness, "of_likeness": model.of_likeness}
    file = io.BytesIO()
    np.savez_compressed(
        file,
        head=np.frombuffer(msgspec.json.encode(head), dtype=np.uint8),
        hashes=model.vocabulary.hashes.astype(np.uint32),
        rarity=model.vocabulary.rarity.astype(np.float16),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
    )
    return file.getvalue()


def loaded(data: bytes) -> Linear:
    """The model of `saved`. Raises Unreadable."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            head: Mapping[str, Any] = msgspec.json.decode(file["head"].tobytes())
            if head["form"] != _FORM:
                raise Unreadable("the model was saved by another version; train it anew")
            hashes: Ints = file["hashes"].astype(np.int64)
            vocabulary = Vocabulary(hashes, file["rarity"].astype(np.float32))
            weights, bias = file["weights"].astype(np.float32), file["bias"].astype(np.float32)
    except (OSError, KeyError, ValueError, EOFError, BadZipFile, msgspec.DecodeError) as fault:
        raise Unreadable(str(fault)) from fault
    return Linear(tuple(head["labels"]), vocabulary, weights, bias, head["sharpness"], head["of_likeness"])
