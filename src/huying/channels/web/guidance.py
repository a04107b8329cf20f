"""情形引导 as its page shows it: the questions, what follows from each answer and why, and what that saves. Words only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huying.city import things
from huying.city.catalogue import InForce
from huying.city.things import Answers, Both, Decided, Item, Lane, Question, Reason, Thing
from huying.features.services import awaiting

MOST_NUMBER = 9  # digits of a number that is typed
NONE = "-"  # in an address: none of the options; no option is called so


def both(text: Both | None) -> str:
    """A text in the reader's language."""
    if text is None:
        return ""
    return text.en if (get_language() or "").startswith("en") else text.zh


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that may be chosen."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as it stands on the page; `typed` is the number that was given."""

    key: str
    ask: str
    hint: str
    kind: str
    choices: tuple[Choice, ...]
    typed: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class StepView:
    """An item that follows: whose it is, and why it is done. `because`: the answers, in their words."""

    code: str
    name: str
    body: str
    why: str
    because: tuple[str, ...]
    may_skip: bool
    skipped: bool
    fee: str
    visit: str = ""  # of one that wants her at the counter: that it does, and how long it takes from then


@dataclass(frozen=True, slots=True)
class PaperView:
    """A material, and what it is for."""

    key: str
    name: str
    issuer: str
    because: tuple[str, ...]
    items: tuple[str, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class LaneView:
    """A bar of the timeline, in hundredths of the whole."""

    name: str
    days: int
    start: float
    width: float
    longest: bool


def given_of(query: QueryDict, thing: Thing) -> dict[str, str | int | list[str]]:
    """The answers in an address, as far as they are any."""
    found: dict[str, str | int | list[str]] = {}
    for question in thing.questions:
        values = query.getlist(question.key)
        if not values:
            continue
        if question.kind == "number":
            text = values[-1].strip()
            if text.isascii() and text.isdigit() and len(text) <= MOST_NUMBER:
                found[question.key] = int(text)
        else:
            found[question.key] = values if question.kind == "many" else values[-1]
    return found


def questions(thing: Thing, answers: Answers, query: QueryDict) -> list[QuestionView]:
    """The questions that are asked now."""
    return [_question(question, answers, query) for question in things.asked(thing, answers)]


def _question(question: Question, answers: Answers, query: QueryDict) -> QuestionView:
    given = answers.get(question.key)
    chosen = given if isinstance(given, tuple) else ()
    choices = tuple(Choice(option.key, both(option.text), option.key in chosen) for option in question.options)
    if question.kind == "many" and question.least == 0:  # that nothing is ticked can mean that she is not there yet
        choices = (*choices, Choice(NONE, none_of_them(), given == ()))
    typed = query.get(question.key, "")[:MOST_NUMBER] if question.kind == "number" else ""
    hint, numbers = both(question.hint), (question.least, question.most)
    return QuestionView(question.key, both(question.ask), hint, question.kind, choices, typed, *numbers)


def said(thing: Thing, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """The answers that are why, in the words that were chosen."""
    asked = {question.key: question for question in thing.questions}
    return tuple(_said(asked[reason.question], reason) for reason in reasons if reason.question in asked)


def none_of_them() -> str:
    """What she ticks who wants none of the options."""
    return _("都不选")


def _said(question: Question, reason: Reason) -> str:
    if isinstance(reason.answer, int):
        return f"{both(question.ask)} {reason.answer}"
    if not reason.answer:
        return none_of_them()
    texts = {option.key: both(option.text) for option in question.options}
    return _("、").join(texts[key] for key in reason.answer if key in texts)


def steps(found: InForce, decided: Decided, everything: Decided) -> list[StepView]:
    """The items of these answers, those she left out among them."""
    thing, done = found.whole.thing, set(decided.codes)
    return [
        StepView(
            code=step.item.code,
            name=both(step.item.name),
            body=both(step.item.body.name),
            why=both(step.entry.why),
            because=said(thing, step.because),
            may_skip=step.entry.may_skip,
            skipped=step.item.code not in done,
            fee=both(step.item.fee.text) if step.item.fee else "",
            visit=_visit(step.item),
        )
        for step in everything.steps
    ]


def _visit(item: Item) -> str:
    if not awaiting.may_want(item):
        return ""
    if not item.promised:
        return _("要到窗口一次：约好时间来，当场办结")
    told = {"days": item.promised}
    return ngettext("要到窗口一次：约好时间来，来了以后 %(days)s 个工作日内", "要到窗口一次：约好时间来，来了以后 %(days)s 个工作日内",
                    item.promised) % told  # fmt: skip


def papers(found: InForce, decided: Decided) -> list[PaperView]:
    """The materials of these answers, those to bring first."""
    whole = found.whole
    rows = [
        PaperView(
            key=paper.material.key,
            name=both(paper.material.name),
            issuer=both(paper.material.issuer.name),
            because=said(whole.thing, paper.because),
            items=tuple(both(whole.items[code].name) for code in paper.items),
            held=paper.material.held,
        )
        for paper in decided.materials
    ]
    return sorted(rows, key=lambda row: row.held)


def lanes(found: InForce, decided: Decided) -> tuple[list[LaneView], int]:
    """The bars of the timeline in the order in which they begin, and the days of the whole."""
    rows = things.schedule(found.whole, decided.codes)
    days = max((lane.end for lane in rows), default=0)
    scale = 100 / max(days, 1)
    return [_lane(found, lane, scale) for lane in sorted(rows, key=lambda lane: lane.start)], days


def _lane(found: InForce, lane: Lane, scale: float) -> LaneView:
    name, width = both(found.whole.items[lane.code].name), max(lane.days * scale, 3.0)
    return LaneView(name, lane.days, round(min(lane.start * scale, 97.0), 2), round(width, 2), lane.longest)


def query_of(answers: Answers, skipped: Sequence[str] | frozenset[str]) -> str:
    """The answers as an address carries them."""
    pairs: list[tuple[str, str]] = []
    for key, answer in answers.items():
        pairs += [(key, one) for one in answer or (NONE,)] if isinstance(answer, tuple) else [(key, str(answer))]
    return urlencode(pairs + [("skip", code) for code in sorted(skipped)])


def bodies(decided: Decided) -> int:
    """How many bodies work on it."""
    return len({step.item.body.key for step in decided.steps})


def as_query(answers: Mapping[str, object]) -> dict[str, str | int | list[str]]:
    """Answers as they are kept, as an address gives them."""
    return {key: value for key, value in answers.items() if isinstance(value, str | int | list)}
