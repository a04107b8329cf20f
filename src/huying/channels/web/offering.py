"""An offer in words: why it is made, what is filled in and from where, what stands as answered, and what only she knows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.channels.parts import words
from huying.channels.web import areas, fields, guidance
from huying.channels.web.fields import FieldView
from huying.channels.web.guidance import both, none_of_them
from huying.city import catalogue, things
from huying.city import offers as rules
from huying.city import queries as city
from huying.city.things import Both, Decided
from huying.features.services import drafts
from huying.features.services.models import Draft
from huying.features.services.offering.models import Kind
from huying.features.services.offering.queries import LookRow, OfferView

FROM = {
    "account": gettext_lazy("来自您的登录信息"),
    "person": gettext_lazy("来自人口库"),
    "child": gettext_lazy("来自人口库"),
    "before": gettext_lazy("来自您上次填的表"),
}
KNOWN_BY = {
    Kind.BIRTH: gettext_lazy("您哪天满多少岁"),
    Kind.CHILDREN: gettext_lazy("孩子几岁了，姓名和身份证号用来填表"),
    Kind.RESIDENCE: gettext_lazy("用来填表，不用您自己写"),
    Kind.DOCUMENTS: gettext_lazy("快到期时提醒您换"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """An offer on a card: what, why, by when."""

    token: str
    name: str
    why: str
    until: str
    filled: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A field that needs nothing of her: its value as she reads it, and where it is from."""

    name: str
    title: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that stands as answered; `sure`: it follows from what was looked at."""

    ask: str
    said: str
    sure: bool


@dataclass(frozen=True, slots=True)
class KindView:
    """What she may let us look at, what for, and whether she does."""

    key: str
    name: str
    text: str
    things: tuple[str, ...]
    given: bool


def card(view: OfferView) -> Card:
    """The offer as it stands on a page of hers."""
    name = both(view.thing.whole.thing.name)
    return Card(view.offer.token, name, why_of(view), words.day(view.offer.until), len(view.sources))


def why_of(view: OfferView) -> str:
    """Why it is offered to her."""
    return both(view.why).replace("{day}", words.day(view.day)).replace("{name}", view.name)


def kinds(given: set[str], *, register: bool) -> list[KindView]:
    """What can be agreed to here: of the registers only where one is attached, and only what a rule looks at."""
    used: dict[str, list[str]] = {}
    for rule in rules.rules():
        for kind in rule.uses:
            found = used.setdefault(kind, [])
            thing = things_name(rule.thing)
            if thing not in found:
                found.append(thing)
    shown = [kind for kind in Kind if kind.value in used and (register or kind == Kind.DOCUMENTS)]
    return [
        KindView(kind.value, str(kind.label), str(KNOWN_BY[kind]), tuple(used[kind.value]), kind.value in given)
        for kind in shown
    ]


def things_name(code: str) -> str:
    """What a thing is called today."""
    found = catalogue.thing(code)
    return both(found.whole.thing.name) if found else code


def answered(view: OfferView, decided: Decided) -> list[Answered]:
    """The answers with which it is offered."""
    rule = rules.rule(view.offer.rule)
    sure = set(rule.answers) if rule else set()
    asked = things.asked(view.thing.whole.thing, decided.answers)
    found = []
    for question in asked:
        answer = decided.answers.get(question.key)
        texts = {option.key: both(option.text) for option in question.options}
        said = str(answer) if isinstance(answer, int) else _("、").join(texts[key] for key in answer or ())
        if answer == ():
            said = none_of_them()
        found.append(Answered(both(question.ask), said, question.key in sure))
    return found


def parted(
    view: OfferView, draft: Draft, decided: Decided, faults: Mapping[str, str]
) -> tuple[list[Filled], list[FieldView], list[FieldView]]:
    """What is filled in, the same as fields to correct, and the fields that only she can fill in."""
    values = drafts.values_of(draft)
    # she answered nothing: why a field is asked for is told above, once
    rows = [replace(row, because=()) for row in fields.views(view.thing, decided, values, {}, faults)]
    known = {name for name in view.sources if name in values}
    filled = [
        _filled(view, asked.field.schema, row, values[row.name]) for asked, row in _pairs(decided, rows) if row.name in known
    ]
    return filled, [row for row in rows if row.name in known], [row for row in rows if row.name not in known]


def _pairs(decided: Decided, rows: list[FieldView]) -> list[tuple[things.Asked, FieldView]]:
    return list(zip(decided.fields, rows, strict=True))


def _filled(view: OfferView, schema: Mapping[str, Any], row: FieldView, value: Any) -> Filled:
    said = fields.shown(schema, value)
    shown = masked(said) if schema.get("x-personal") == "identity" else said
    return Filled(row.name, row.title, shown, str(FROM[view.sources[row.name].partition(".")[0]]))


def masked(number: str) -> str:
    """A number as its owner recognises it over her shoulder: 5001**********0028."""
    return f"{number[:4]}{'*' * max(len(number) - 8, 0)}{number[-4:]}" if len(number) > 8 else number


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A look of a rule at a register, as she reads it."""

    what: str
    why: str
    at: str
    trial: bool


def seen(row: LookRow) -> SeenLine:
    """Who looked at what, and for which thing."""
    at, labels = words.moment(row.look.at), dict(Kind.choices)
    if not row.look.rule:
        return SeenLine(_("主动服务核对了您的身份证号是不是您本人的"), _("您要用主动服务，先核对是不是本人"), at, False)
    what = _("主动服务看了您的%(what)s") % {
        "what": _("、").join(str(labels[name]) for name in row.look.fields if name in labels)
    }
    why = _("看要不要替您办“%(thing)s”") % {"thing": both(row.thing)} if row.thing else ""
    return SeenLine(what, why, at, row.look.trial)


def place(area_key: str) -> str:
    """Where it is done, in words; '' where that is not known."""
    area = city.area_by_key(area_key) if area_key else None
    return areas.line(area) if area else ""


def grounds(view: OfferView) -> tuple[Both, ...]:
    """By which law the rule looks and offers."""
    rule = rules.rule(view.offer.rule)
    return rule.ground if rule else ()


def bodies(view: OfferView, decided: Decided) -> list[tuple[str, str]]:
    """Each item that is done, and whose it is."""
    return [(both(step.item.name), both(step.item.body.name)) for step in decided.steps]


def days(view: OfferView, decided: Decided) -> int:
    """Working days for all of it."""
    return guidance.lanes(view.thing, decided)[1]
