"""From answers to what follows: which items, fields and papers, each with why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huying.city.things.answering import Given, counted, unanswered
from huying.city.things.conditions import ALWAYS, Answers, holds
from huying.city.things.reasons import Reason, because
from huying.city.things.shape import Entry, Field, Item, Material, Question, Whole


@dataclass(frozen=True, slots=True)
class Step:
    """An item of this case. `because`: the answers that brought it in; () when everybody needs it."""

    item: Item
    entry: Entry
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the one form: for which items, whether one of them needs it, and the answers that brought it in."""

    field: Field
    required: bool
    items: tuple[str, ...]
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A material of the one set, for which items, and the answers that brought it in."""

    material: Material
    items: tuple[str, ...]
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows from the answers. Not `complete`: questions wait, and what hangs on them may still come."""

    answers: Answers
    steps: tuple[Step, ...]
    fields: tuple[Asked, ...]
    materials: tuple[Paper, ...]
    waiting: tuple[Question, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(step.item.code for step in self.steps)

    @property
    def complete(self) -> bool:
        return not self.waiting

    @property
    def to_bring(self) -> tuple[Paper, ...]:
        """The papers the applicant hands in: those the city does not hold."""
        return tuple(paper for paper in self.materials if not paper.material.held)

    def schema(self) -> dict[str, Any]:
        """The one form as a JSON Schema 2020-12."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {asked.field.name: asked.field.schema for asked in self.fields},
            "required": [asked.field.name for asked in self.fields if asked.required],
            "additionalProperties": False,
        }


def decide(whole: Whole, given: Mapping[str, Given], skipped: frozenset[str] = frozenset()) -> Decided:
    """What the thing asks of somebody with these answers. `skipped`: items she does not want, where that is allowed."""
    answers = counted(whole.thing, given)
    steps = tuple(
        Step(whole.items[entry.item], entry, because(entry.done, answers))
        for entry in whole.thing.entries
        if holds(entry.done, answers) and not (entry.may_skip and entry.item in skipped)
    )
    waiting = unanswered(whole.thing, answers)
    return Decided(answers, steps, _fields(steps, answers), _papers(steps, answers), waiting)


def _fields(steps: tuple[Step, ...], answers: Answers) -> tuple[Asked, ...]:
    met: dict[str, list[tuple[Step, Field, tuple[Reason, ...]]]] = {}
    for step in steps:
        for field in step.item.fields:
            when = step.entry.fills.get(field.name, ALWAYS)
            if field.name not in step.entry.without and holds(when, answers):
                met.setdefault(field.name, []).append((step, field, because(when, answers)))
    return tuple(
        Asked(
            uses[0][1], any(f.required for _, f, _ in uses), _codes([s for s, _, _ in uses]), _why([(s, r) for s, _, r in uses])
        )
        for uses in met.values()
    )


def _papers(steps: tuple[Step, ...], answers: Answers) -> tuple[Paper, ...]:
    met: dict[str, list[tuple[Step, Material, tuple[Reason, ...]]]] = {}
    for step in steps:
        for material in step.item.materials:
            when = step.entry.asks.get(material.key, ALWAYS)
            if material.key not in step.entry.without and holds(when, answers):
                met.setdefault(material.key, []).append((step, material, because(when, answers)))
    return tuple(
        Paper(uses[0][1], _codes([s for s, _, _ in uses]), _why([(s, r) for s, _, r in uses])) for uses in met.values()
    )


def _codes(steps: list[Step]) -> tuple[str, ...]:
    return tuple(step.item.code for step in steps)


def _why(uses: list[tuple[Step, tuple[Reason, ...]]]) -> tuple[Reason, ...]:
    """() as soon as an item that everybody needs asks for it; else its own answers, or those that brought the items in."""
    each = [own or step.because for step, own in uses]
    return () if not all(each) else tuple(dict.fromkeys(reason for reasons in each for reason in reasons))
