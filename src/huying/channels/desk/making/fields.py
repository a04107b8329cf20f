"""A draft's data as the fields of its form, each with what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from huying.channels.desk.making.said import Asked, asked_of, both, words_of
from huying.city.pack.tables import Row
from huying.city.pack.things.layout import Catalogue
from huying.features.services.making.form import asked_before, chosen_of, is_simple, lines_of, names_of, rows_of, text_of
from huying.features.services.making.yaml_text import Data

Faults = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: what is sent, what is read, whether it is chosen."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field: `name` is its path, `id` the same for the page."""

    name: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    faults: tuple[str, ...] = ()
    hint: str = ""

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-").replace("?", "-")

    @property
    def ticked(self) -> str:
        """What is chosen, in words."""
        return _("、").join(one.text for one in self.choices if one.chosen)


@dataclass(frozen=True, slots=True)
class PairView:
    """A text in both languages, side by side."""

    label: str
    zh: FieldView
    en: FieldView
    faults: tuple[str, ...]

    @property
    def both(self) -> tuple[FieldView, FieldView]:
        return self.zh, self.en


@dataclass(frozen=True, slots=True)
class PartView:
    """One question's part of a condition: options to tick, or bounds."""

    name: str
    ask: str
    choices: tuple[Choice, ...]
    least: str
    most: str
    number: bool


@dataclass(frozen=True, slots=True)
class WhenView:
    """A condition: in words, and in parts where it can be shown so, else as it is written."""

    name: str
    words: str
    simple: bool
    parts: tuple[PartView, ...]
    text: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option of a question: both languages, and its code."""

    number: int
    title: str
    fields: tuple[FieldView, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of the form."""

    number: int
    title: str
    key: FieldView
    ask: PairView
    kind: FieldView
    is_number: bool
    bounds: tuple[FieldView, ...]
    hint: PairView
    when: WhenView
    options: tuple[OptionRow, ...]
    faults: tuple[str, ...]

    @property
    def place(self) -> str:
        return str(self.number)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of the form, with what the catalogue says of it."""

    number: int
    name: str
    body: str
    days: int
    known: bool
    when: WhenView
    after: FieldView
    without: FieldView
    skip: FieldView
    why: PairView
    more: tuple[FieldView, ...]  # papers and fields that are asked for in some cases only, as they are written
    faults: tuple[str, ...]

    @property
    def place(self) -> str:
        return str(self.number)

    @property
    def opened(self) -> bool:
        """Whether something stands in what is folded away."""
        ticked = any(one.chosen for one in (*self.without.choices, *self.skip.choices))
        return bool(ticked or self.more or self.why.zh.value or self.why.faults or self.without.faults)


@dataclass
class Form:
    """The whole form. `rest`: faults that no field shows."""

    code: FieldView
    name: PairView
    text: PairView
    event: FieldView
    who: FieldView
    promise: FieldView
    synonyms: FieldView
    ground: FieldView
    questions: list[QuestionRow]
    items: list[ItemRow]
    section: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


def paths(data: Data) -> set[str]:
    """Every place at which the form shows a fault."""
    found = {
        "code",
        "name",
        "name.zh",
        "name.en",
        "text",
        "text.zh",
        "text.en",
        "event",
        "who",
        "promise",
        "synonyms",
        "ground",
    }
    found |= {"questions", "items"}
    for number, row in enumerate(rows_of(data, "questions")):
        at = f"questions.{number}"
        found |= {at, *(f"{at}.{name}" for name in ("key", "ask", "ask.zh", "ask.en", "kind", "least", "most", "when"))}
        found |= {f"{at}.{name}" for name in ("hint", "hint.zh", "hint.en", "options")}
        for place in range(len(rows_of(row, "options"))):
            found |= {f"{at}.options.{place}", *(f"{at}.options.{place}.{name}" for name in ("key", "zh", "en"))}
    for number in range(len(rows_of(data, "items"))):
        at = f"items.{number}"
        names = ("when", "after", "why", "why.zh", "why.en", "may_skip", "without", "materials", "fields")
        found |= {at, *(f"{at}.{name}" for name in names)}
    return found


class Builder:
    """Makes the form of one draft."""

    def __init__(self, data: Data, things: Catalogue, faults: Faults) -> None:
        self.data, self.things, self.faults = data, things, faults
        self.items = things.items.by_key("code")
        self.asked: Asked = asked_of(data)

    def form(self) -> Form:
        """All of it."""
        data, events = self.data, self.things.common["events"].rows
        return Form(
            code=self._text(data, "code", _("代号（英文，发布后不能改）")),
            name=self._pair(data, "name", _("叫什么")),
            text=self._pair(data, "text", _("一句话说清楚")),
            event=self._select(
                data, "event", _("人生或经营的哪件大事"), [(row["key"], both(_row_both(row))) for row in events]
            ),
            who=self._ticks(data, "who", _("谁可以办"), [("person", _("个人")), ("firm", _("企业和商户"))]),
            promise=self._text(data, "promise", _("承诺多少个工作日办完")),
            synonyms=self._lines(data, "synonyms", _("平常怎么说（一行一种，至少三种）")),
            ground=self._lines(data, "ground", _("依据（一行一条，例如 household.7）")),
            questions=[self._question(number, row) for number, row in enumerate(rows_of(data, "questions"))],
            items=[self._item(number, row) for number, row in enumerate(rows_of(data, "items"))],
            section={name: self.faults.get(name, []) for name in ("questions", "items")},
            rest=self.faults.get("", []),
        )

    # --- Fields ---

    def _of(self, path: str) -> tuple[str, ...]:
        return tuple(self.faults.get(path, ()))

    def _text(self, row: Data, name: str, label: str, at: str = "", hint: str = "") -> FieldView:
        path = at + name
        return FieldView(path, label, text_of(row.get(name)), faults=self._of(path), hint=hint)

    def _lines(self, row: Data, name: str, label: str) -> FieldView:
        return FieldView(name, label, lines_of(row.get(name)), faults=self._of(name))

    def _pair(self, row: Data, name: str, label: str, at: str = "") -> PairView:
        path, value = at + name, row.get(name)
        parts = value if isinstance(value, dict) else {"zh": value}
        zh = FieldView(f"{path}.zh", _("中文"), text_of(parts.get("zh")), faults=self._of(f"{path}.zh"))
        en = FieldView(f"{path}.en", _("英文"), text_of(parts.get("en")), faults=self._of(f"{path}.en"))
        return PairView(label, zh, en, self._of(path))

    def _select(self, row: Data, name: str, label: str, known: Iterable[tuple[str, str]], at: str = "") -> FieldView:
        path, value = at + name, text_of(row.get(name))
        choices = [Choice(key, text, key == value) for key, text in known]
        if value not in {one.key for one in choices}:
            choices.insert(0, Choice(value, value or _("请选择"), chosen=True))
        return FieldView(path, label, value, tuple(choices), self._of(path))

    def _ticks(self, row: Data, name: str, label: str, known: Iterable[tuple[str, str]], at: str = "") -> FieldView:
        path, value = at + name, row.get(name)
        ticked = names_of(value)
        if ticked is None:
            return FieldView(path, label, text_of(value), faults=self._of(path))
        choices = [Choice(key, text, key in ticked) for key, text in known]
        there = {one.key for one in choices}
        choices += [Choice(key, key, chosen=True) for key in dict.fromkeys(ticked) if key not in there]
        return FieldView(path, label, "", tuple(choices), self._of(path))

    def _when(self, row: Data, at: str, before: int | None) -> WhenView:
        path, value = f"{at}when", row.get("when")
        questions = asked_before(self.data, before)
        simple = is_simple(value, questions)
        shown = value if simple and isinstance(value, dict) else {}
        parts = tuple(self._part(question, f"{path}?", shown) for question in questions) if simple else ()
        return WhenView(path, words_of(value, self.asked), simple, parts, text_of(value), self._of(path))

    def _part(self, question: Data, at: str, value: Data) -> PartView:
        key = text_of(question.get("key"))
        part, number = value.get(key), text_of(question.get("kind")) == "number"
        ask, options = self.asked.get(key, (key, {}))
        chosen = [] if number else chosen_of(part)
        bounds = part if number and isinstance(part, dict) else {}
        choices = () if number else tuple(Choice(one, text, one in chosen) for one, text in options.items())
        return PartView(at + key, ask, choices, text_of(bounds.get("at_least")), text_of(bounds.get("at_most")), number)

    # --- Rows ---

    def _question(self, number: int, row: Data) -> QuestionRow:
        at = f"questions.{number}."
        kinds = [("", _("选一个")), ("many", _("可以选几个")), ("number", _("填一个数"))]
        kind = text_of(row.get("kind"))
        bounds = ("least", _("最少选几个")) if kind == "many" else ("least", _("最小"))
        names = {"number": (bounds, ("most", _("最大"))), "many": (bounds,)}.get(kind, ())
        return QuestionRow(
            number=number,
            title=both(row.get("ask")) or _("第 {n} 问").format(n=number + 1),
            key=self._text(row, "key", _("代号"), at),
            ask=self._pair(row, "ask", _("怎么问"), at),
            kind=self._select({"kind": "" if kind == "one" else row.get("kind")}, "kind", _("怎么答"), kinds, at),
            is_number=kind == "number",
            bounds=tuple(self._text(row, name, label, at) for name, label in names),
            hint=self._pair(row, "hint", _("提示（可以不写）"), at),
            when=self._when(row, at, number),
            options=tuple(self._option(at, place, one) for place, one in enumerate(rows_of(row, "options"))),
            faults=(*self._of(at[:-1]), *self._of(f"{at}options")),
        )

    def _option(self, at: str, place: int, row: Data) -> OptionRow:
        inner, nth = f"{at}options.{place}.", {"n": place + 1}
        fields = (
            self._text(row, "zh", _("选项 {n}，中文").format(**nth), inner, _("中文")),
            self._text(row, "en", _("选项 {n}，英文").format(**nth), inner, _("英文")),
            self._text(row, "key", _("选项 {n}，代号").format(**nth), inner, _("代号")),
        )
        return OptionRow(place, both(row) or _("选项 {n}").format(**nth), fields, self._of(inner[:-1]))

    def _item(self, number: int, row: Data) -> ItemRow:
        at, code = f"items.{number}.", text_of(row.get("item"))
        found = self.items.get(code)
        more = []
        for name, label in (("materials", _("只在有的情形才要的材料")), ("fields", _("只在有的情形才填的内容"))):
            if row.get(name) is not None:
                more.append(self._text(row, name, label, at))
        return ItemRow(
            number=number,
            name=both(found["name"]) if found and found["name"] else code,
            body=body_of(found, self.things) if found else "",
            days=found["promised"] or 0 if found else 0,
            known=found is not None,
            when=self._when(row, at, None),
            after=self._ticks(row, "after", _("先办完哪些"), self._others(code), at),
            without=self._ticks(row, "without", _("这件事里不要"), asked_by(found, self.things), at),
            skip=self._flag(row, at),
            why=self._pair(row, "why", _("为什么要办（可以不写）"), at),
            more=tuple(more),
            faults=(*self._of(at[:-1]), *self._of(f"{at}item")),
        )

    def _flag(self, row: Data, at: str) -> FieldView:
        is_on = text_of(row.get("may_skip")).lower() == "true"
        label = _("申请人可以先不办这一件")
        return FieldView(f"{at}may_skip", label, choices=(Choice("true", label, is_on),), faults=self._of(f"{at}may_skip"))

    def _others(self, code: str) -> list[tuple[str, str]]:
        """The other items of the thing."""
        codes = [text_of(row.get("item")) for row in rows_of(self.data, "items")]
        return [(one, item_name(self.items.get(one), one)) for one in dict.fromkeys(codes) if one not in ("", code)]


def item_name(row: Row | None, code: str) -> str:
    """What an item is called."""
    return both(row["name"]) if row is not None and row["name"] else code


def body_of(row: Row, things: Catalogue) -> str:
    """Who bears an item, at which level."""
    if row["partner"]:
        found = things.partners.by_key().get(row["partner"])
        return str(found["name"]) if found else str(row["partner"])
    body = things.common["bodies"].by_key().get(row["department"])
    levels = {"city": _("市级"), "district": _("区县"), "street": _("镇街")}
    return f"{both(_row_both(body)) if body else row['department']}（{levels.get(row['level'], row['level'])}）"


def asked_by(row: Row | None, things: Catalogue) -> list[tuple[str, str]]:
    """The papers and fields that an item asks for."""
    if row is None:
        return []
    papers = things.common["materials"].by_key()
    found = [(key, both(_row_both(papers[key])) if key in papers else key) for key in _texts(row, "materials")]
    for name in _texts(row, "fields"):
        bare = name.removesuffix("?")
        own = row["define"].value if row["define"] else {}
        fragment = own.get(bare) or things.fields.get(bare)
        title = fragment.cell.value.get("title") if fragment and isinstance(fragment.cell.value, dict) else None
        found.append((bare, title.cell.text if title else bare))
    return found


def _texts(row: Row, column: str) -> Sequence[str]:
    cell = row[column]
    return [part.text for part in cell.value] if cell is not None and isinstance(cell.value, list) else []


def _row_both(row: Row) -> dict[str, Any]:
    return {"zh": row["zh"], "en": row["en"]}
