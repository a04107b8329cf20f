"""Make a new reader: out of a labelled history, or out of what dispatchers have chosen since. SciPy is needed only here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from huying.base import clock
from huying.city import queries as city
from huying.kernel import dispatch, learned, lessons, proving
from huying.kernel.learned import Running
from huying.kernel.models import Learned
from huying.kernel.routing import desk_of
from huying.reading import figures
from huying.reading.evaluating import Message
from huying.reading.linear import Linear, empty, saved
from huying.reading.training import examples, train
from huying.reading.twins import clusters

JUDGES = 3  # held-back lessons below which nothing is judged by them
# How sharply a reader that learned nothing yet goes by the duties: a few corrections leave what was clear before clear.
STEADY = 5.0


class NothingToLearn(ValueError):
    """There is nothing to learn from; the words say why."""


def labels_of(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The type of department that each name means: by `given`, a duty's key, a type, or a department's name.

    Of those alone that bear duties: to others nothing is dispatched.
    """
    types = set(dispatch.types())
    by_name = {name: department.type for department in city.departments() for name in (department.name, department.short)}
    found = {}
    for name in names:
        meant = given.get(name, name)
        duty = city.duty(meant)
        if duty is not None:
            found[name] = desk_of(duty)[0]
        elif meant in types or meant in by_name:
            found[name] = meant if meant in types else by_name[meant]
    return {name: bears for name, bears in found.items() if bears in types}


def from_file(messages: Sequence[Message], name: str, given: Mapping[str, str], left_out: int = 0) -> Learned:
    """A reader of a labelled history. It runs at once if it is better than what runs. Raises NothingToLearn.

    `left_out`: how many rows of the file said nothing or bore no label.
    """
    meant = labels_of({message.label for message in messages}, given)
    if unknown := sorted(set(given.values()) - labels_of(given.values(), {}).keys()):
        raise NothingToLearn(f"--map: {'、'.join(unknown[:5])} is no department, type of department or duty of this city.")
    known = [message._replace(label=meant[message.label]) for message in messages if message.label in meant]
    kept = _without_copies(known, [example.text for example in lessons.examples() if example.held])
    if len({message.label for message in known}) < 2:
        strange = "、".join(sorted({m.label for m in messages} - meant.keys())[:5])
        raise NothingToLearn(f"the labels name no departments of this city: {strange}. Say which they mean with --map FILE.")
    if len({message.label for message in kept}) < 2:
        raise NothingToLearn("all of it are near copies of what is held back to judge by")
    card = {"data": name, "left_out": left_out + len(messages) - len(known), "copies_of_judges": len(known) - len(kept)}
    model, told, better = _learned(kept)
    found, held = learned.running(), [example for example in lessons.examples() if example.held]
    mine, theirs = ([one.right for one in proving.ask(each, held)] for each in (model, _base(found)))
    card |= told
    return _kept("file", model, card, found, _judged(card, mine, theirs, len(held), better and found is None))


def _without_copies(given: Sequence[Message], held: Sequence[str]) -> list[Message]:
    """What is no near copy of what a new reader is judged by: else whoever learned it would win by that alone."""
    if not held:
        return list(given)
    found = clusters([*held, *(message.written for message in given)])
    judges = set(found[: len(held)])
    return [one for one, cluster in zip(given, found[len(held) :], strict=True) if cluster not in judges]


def _learned(given: Sequence[Message]) -> tuple[Linear, dict[str, Any], bool]:
    """A reader, what its card tells of it, and whether it is right more often than the duties' words."""
    texts, labels = [message.text for message in given], [message.label for message in given]
    names, like = dispatch.types(), dispatch.likeness(texts)
    cluster = clusters([message.written for message in given])
    done = train(examples(texts, labels, cluster, like), names, proving.FOLDS)
    right = np.array([said == truth for said, truth in zip(done.said, labels, strict=True)], dtype=bool)
    accuracy = float(right.mean())
    pairs = list(zip(done.confidence.tolist(), right.tolist(), strict=True))
    alone = float(np.mean([s == t for s, t in zip(proving.likeliest(like, names), labels, strict=True)]))
    card = {
        "messages": len(texts),
        "accuracy": round(accuracy, 4),
        "by_duties_alone": round(alone, 4),
        **_told(labels, done.said, pairs),
    }
    card["measured"] = proving.measured(pairs)
    return done.model, card, accuracy > alone


def from_lessons() -> Learned:
    """The running reader, moved by what dispatchers chose since. It runs at once if it is better. Raises NothingToLearn."""
    found, given = learned.running(), lessons.examples()
    until = found.until if found else None
    fresh = [example for example in given if until is None or example.at > until]
    learned_from = [example for example in fresh if not example.held]
    if not learned_from:
        raise NothingToLearn("nobody has dispatched by hand since the last time: there is nothing to learn from")
    before = _base(found)
    base = proving.weighed(before, learned_from)
    model = proving.moved(base, learned_from)
    # what people chose is what dispatch was unsure of: by that alone it would look worse than it is
    beside = lessons.stayed(min(example.at for example in fresh))
    held = [one for one in fresh if one.held]
    unseen = [*learned_from, *held]
    asked = proving.ask_in_turns(base, learned_from, [*held, *beside])
    pairs = [(one.sure, one.right) for one in asked]
    card = {
        "data": "lessons",
        "messages": len(learned_from),
        "until": max(example.at for example in fresh).isoformat(),
        **_told([one.truth for one in asked], [one.said for one in asked], pairs),
        "measured": proving.measured(pairs, found.measured if found else ()),
    }
    older = [one for one in given if one.held and until is not None and one.at <= until]
    mine = [one.right for one in [*asked[: len(unseen)], *proving.ask(model, older)]]
    theirs = [one.right for one in proving.ask(before, [*unseen, *older])]
    return _kept("lessons", model, card, found, _judged(card, mine, theirs, sum(one.held for one in given)))


def _told(truth: Sequence[str], said: Sequence[str], pairs: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """The figures of each class, of messages asked before they were learned, and what share could go out by itself."""
    per_class = figures.per_label(truth, said)
    sure, right = np.array([sure for sure, _ in pairs]), np.array([right for _, right in pairs], dtype=bool)
    promise = float(city.setting("dispatch.precision", learned.PROMISE))
    return {
        "asked": len(pairs),
        "macro_f1": round(figures.macro_f1(per_class), 4),
        "coverage": round(figures.coverage_at(promise, sure, right)[0], 4),
        "promise": promise,
        "per_class": {label: asdict(of) for label, of in per_class.items()},
    }


def _base(found: Running | None) -> Linear:
    names = dispatch.types()
    return found.model.widened(names) if found else empty(names, STEADY, 1.0)


def _judged(card: dict[str, Any], mine: Sequence[bool], theirs: Sequence[bool], held: int, otherwise: bool = False) -> bool:
    """Whether a reader is better than what runs, both asked what neither had learned: which is right, message by message.

    `otherwise` where fewer than JUDGES lessons are `held` back: too little to tell.
    """
    if held < JUDGES:
        return otherwise
    card["judged"] = {"lessons": len(mine), "right": sum(mine), "running": sum(theirs)}
    return proving.beats(mine, theirs)


def _kept(how: str, model: Linear, card: dict[str, Any], against: Running | None, better: bool) -> Learned:
    """Keep it with its card; promote it where it is `better` than what runs."""
    card |= {"date": clock.today().isoformat(), "better": better, "against": against.number if against else None}
    row = Learned(made_at=clock.now(), how=how, card=card, data=saved(model))
    row.save()
    learned.tidy()
    if better:
        learned.promote(row.pk)
        row.refresh_from_db()
    return row
