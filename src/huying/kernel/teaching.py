"""Make a new reader: out of a labelled history, or out of what dispatchers have chosen since. SciPy is needed only here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from huying.base import clock
from huying.city import queries as city
from huying.kernel import desks, dispatch, learned, lessons
from huying.kernel.lessons import Example
from huying.kernel.models import Learned
from huying.kernel.routing import desk_of
from huying.reading import figures
from huying.reading.adapting import adapted
from huying.reading.evaluating import Message
from huying.reading.grams import Floats
from huying.reading.linear import Linear, empty, saved
from huying.reading.training import examples, fold_of, train
from huying.reading.twins import clusters

MEASURED_MOST = 1500  # pairs of confidence and right that a card keeps
FOLDS = 3
JUDGES = 3  # held-back lessons below which nothing is judged by them


class NothingToLearn(ValueError):
    """There is nothing to learn from; the words say why."""


def labels_of(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The type of department that each name means: by `given`, a duty's key, a type, or a department's name."""
    types = {department.type for department in city.departments()}
    by_name = {name: department.type for department in city.departments() for name in (department.name, department.short)}
    found = {}
    for name in names:
        meant = given.get(name, name)
        duty = city.duty(meant)
        if duty is not None:
            found[name] = desk_of(duty)[0]
        elif meant in types or meant in by_name:
            found[name] = meant if meant in types else by_name[meant]
    return found


def from_file(messages: Sequence[Message], name: str, given: Mapping[str, str]) -> Learned:
    """A reader of a labelled history. It runs at once if it is better than what runs. Raises NothingToLearn."""
    meant = labels_of({message.label for message in messages}, given)
    kept = [(message.text, meant[message.label]) for message in messages if message.label in meant]
    if len({label for _, label in kept}) < 2:
        unknown = "、".join(sorted({m.label for m in messages} - meant.keys())[:5])
        raise NothingToLearn(f"the labels name no departments of this city: {unknown}. Say which they mean with --map FILE.")
    texts, labels = [text for text, _ in kept], [label for _, label in kept]
    names, like = dispatch.types(), dispatch.likeness(texts)
    done = train(examples(texts, labels, clusters(texts), like, None), names, FOLDS)
    right = np.array([t == s for t, s in zip(labels, done.said, strict=True)], dtype=bool)
    accuracy = float(right.mean())
    alone = float(np.mean([s == t for s, t in zip(_likeliest(like, names), labels, strict=True)]))
    card = {
        "data": name,
        "messages": len(kept),
        "left_out": len(messages) - len(kept),
        "accuracy": round(accuracy, 4),
        "per_class": {k: asdict(v) for k, v in figures.per_label(labels, done.said).items()},
        "by_duties_alone": round(alone, 4),
        "measured": _measured(done.confidence.tolist(), right.tolist()),
    }
    return _kept("file", done.model, card, accuracy > alone)


def from_lessons() -> Learned:
    """The running reader, moved by what dispatchers chose since. It runs at once if it is better. Raises NothingToLearn."""
    given = lessons.examples()
    learned_from = [example for example in given if not example.held]
    if not learned_from:
        raise NothingToLearn("nobody has dispatched by hand yet: there is nothing to learn from")
    base = _base()
    model = _moved(base, learned_from)
    # what people chose is what dispatch was unsure of: by that alone it would look worse than it is
    pairs = _asked_in_turns(base, learned_from) + _said(model, lessons.stayed())
    found = learned.running()
    measured = pairs if len(pairs) >= learned.FEWEST or found is None else list(found.measured)
    card = {"data": "lessons", "messages": len(learned_from), "measured": _measured(*zip(*measured, strict=True))}
    return _kept("lessons", model, card, None)


def _base() -> Linear:
    found = learned.running()
    names = dispatch.types()
    return found.model.widened(names) if found else empty(names, desks.SHARPNESS, 1.0)


def _moved(base: Linear, given: Sequence[Example]) -> Linear:
    texts, marks = [example.text for example in given], [dispatch.marks(example.area) for example in given]
    like = dispatch.likeness(texts, base.labels)
    kept = [n for n, example in enumerate(given) if example.label in base.labels]
    found = examples(texts, [example.label for example in given], range(len(given)), like, marks).some(np.array(kept))
    return adapted(base, found, base.labels) if kept else base


def _asked_in_turns(base: Linear, given: Sequence[Example]) -> list[tuple[float, bool]]:
    """What a reader that had not seen them would have said of the lessons: how surely, and whether rightly."""
    part = fold_of(np.array(clusters([example.text for example in given])), FOLDS)
    pairs: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        asked = [given[n] for n in np.flatnonzero(part == fold).tolist()]
        rest = [given[n] for n in np.flatnonzero(part != fold).tolist()]
        if asked:
            pairs += _said(_moved(base, rest) if rest else base, asked)
    return pairs


def _said(model: Linear, asked: Sequence[Example]) -> list[tuple[float, bool]]:
    if not asked:
        return []
    texts, marks = [example.text for example in asked], [dispatch.marks(example.area) for example in asked]
    found = model.shares(model.read(texts, marks), dispatch.likeness(texts, model.labels))
    said = _likeliest(found, model.labels)
    return [(float(row.max()), name == one.label) for row, name, one in zip(found, said, asked, strict=True)]


def _likeliest(found: Floats, names: Sequence[str]) -> list[str]:
    """The label of each row's largest value; '' where several are as large: whoever cannot tell has not said it."""
    once = (found == found.max(axis=1, keepdims=True)).sum(axis=1) == 1
    return [names[int(n)] if single else "" for n, single in zip(found.argmax(axis=1), once, strict=True)]


def _measured(sure: Sequence[float], right: Sequence[bool]) -> list[list[float | bool]]:
    step = max(1, len(sure) // MEASURED_MOST)
    return [[round(float(s), 4), bool(r)] for s, r in list(zip(sure, right, strict=True))[::step]]


def _kept(how: str, model: Linear, card: dict[str, Any], better: bool | None) -> Learned:
    """Keep it with its card, judged against what runs on held-back lessons; promote it where it is better."""
    found = learned.running()
    held = [example for example in lessons.examples() if example.held]
    judged = len(held) >= JUDGES
    if judged:
        mine = sum(right for _, right in _said(model, held))
        theirs = sum(right for _, right in _said(_base(), held))
        card["judged"] = {"lessons": len(held), "right": mine, "running": theirs}
        better = mine > theirs
    card |= {"date": clock.today().isoformat(), "better": bool(better) and (judged or found is None)}
    card["against"] = found.number if found else None
    row = Learned(made_at=clock.now(), how=how, card=card, data=saved(model))
    row.save()
    learned.tidy()
    if card["better"]:
        learned.promote(row.pk)
        row.refresh_from_db()
    return row
