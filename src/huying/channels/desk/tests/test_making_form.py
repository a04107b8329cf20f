"""A thing's file and its form are the same thing: whatever is pressed and typed, nothing is lost between them."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.channels.desk.making.fields import Builder, FieldView, Form, ItemRow, PairView, QuestionRow, WhenView, paths
from huying.city.pack.faults import Faults
from huying.city.pack.made import said
from huying.city.pack.source import Source
from huying.city.pack.things import layout
from huying.city.pack.things.layout import Catalogue
from huying.features.services.making import form, yaml_text
from huying.features.services.making.placing import placed
from huying.features.services.making.yaml_text import Data

pytestmark = pytest.mark.once
CITY = Path(__file__).parents[5] / "packs" / "chongqing"
FILES = sorted((CITY / "things").glob("*.yaml"))
ODD = """\
# everything that is odd, and none of it sound
code: 007
name: just a name
who: person
promise: {days: 3}
text: {zh: 有, en: "say \\"yes\\"", fr: oui}
synonyms: 一个
unknown: [1, {a: null}, true]
questions:
  - key: q1
    ask: {zh: '是: 否 #', en: " spaces "}
    options: [{key: 'yes', zh: 是}, {key: 5, zh: 五}]
    when: {all: [{q2: 'yes'}, {not: {q3: {at_least: 3}}}]}
  - {}
  - key: q1
    kind: number
    least: 0x10
    options: nothing
items:
  - item: dog-licence
    when: {q1: ['yes', 'yes']}
    after: dog
    may_skip: perhaps
    materials: {a: {q1: 'yes'}, b: }
"""


@cache
def catalogue() -> Catalogue:
    faults = Faults()
    return layout.read(Source(CITY, faults), faults)


@pytest.fixture(scope="module")
def things() -> Catalogue:
    return catalogue()


class Browser:
    """What a browser sends of a page on which nothing was touched: of boxes and choices those that are chosen."""

    def __init__(self, shown: Form) -> None:
        self.sent: dict[str, list[str]] = {}
        self.text(shown.code, shown.promise)
        self.pairs(shown.name, shown.text)
        self.select(shown.event)
        self.ticks(shown.who)
        for box in (shown.synonyms, shown.ground):
            self.sent[box.name] = [box.value.replace("\n", "\r\n")]
        for question in shown.questions:
            self.question(question)
        for item in shown.items:
            self.item(item)

    def text(self, *fields: FieldView) -> None:
        for one in fields:
            self.sent[one.name] = ["".join(one.value.splitlines())]

    def select(self, one: FieldView) -> None:
        self.sent[one.name] = [choice.key for choice in one.choices if choice.chosen]

    def ticks(self, one: FieldView) -> None:
        if one.value:
            self.text(one)
        elif one.choices:
            self.sent[f"{one.name}~"] = ["1"]
            self.select(one)

    def pairs(self, *rows: PairView) -> None:
        for row in rows:
            self.text(*row.both)

    def when(self, one: WhenView) -> None:
        if not one.simple:
            self.sent[one.name] = [one.text]
            return
        if one.parts:
            self.sent[f"{one.name}~"] = ["1"]
        for part in one.parts:
            if part.number:
                self.sent[f"{part.name}.at_least"], self.sent[f"{part.name}.at_most"] = [part.least], [part.most]
            else:
                self.sent[part.name] = [choice.key for choice in part.choices if choice.chosen]

    def question(self, row: QuestionRow) -> None:
        self.pairs(row.ask, row.hint)
        self.select(row.kind)
        self.text(row.key, *row.bounds)
        self.when(row.when)
        for option in row.options:
            self.text(*option.fields)

    def item(self, row: ItemRow) -> None:
        self.when(row.when)
        self.ticks(row.after)
        self.ticks(row.without)
        self.pairs(row.why)
        self.sent[f"{row.skip.name}~"], self.sent[row.skip.name] = ["1"], ["true"] if row.skip.choices[0].chosen else []
        self.text(*row.more)


def page(data: Data, things: Catalogue) -> dict[str, list[str]]:
    return Browser(Builder(data, things, {}).form()).sent


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_thing_of_the_city_goes_through_form_and_file_unchanged(file: Path, things: Catalogue) -> None:
    text = file.read_text(encoding="utf-8")
    data = yaml_text.data_of(text)
    assert data is not None
    assert said(yaml_text.write(data)) == said(text)
    assert form.filled(data, page(data, things)) == data


def test_so_does_what_is_odd_or_wrong(things: Catalogue) -> None:
    data = yaml_text.data_of(ODD)
    assert data is not None
    assert yaml_text.data_of(yaml_text.write(data)) == data
    assert said(yaml_text.write(data)) == said(ODD)
    assert form.filled(data, page(data, things)) == data


def test_what_would_lose_something_has_no_form() -> None:
    for text in ("code: a\ncode: b\n", "a: &x 1\nb: *x\n", "- a\n", "code: [", ""):
        assert yaml_text.data_of(text) is None


DEEDS = st.one_of(
    st.sampled_from(["add:questions", "add:items:dog-licence", "add:items:passport", "add:items:nothing-like-it", "save", ""]),
    st.builds(
        "{}:{}:{}".format, st.sampled_from(["up", "down", "drop"]), st.sampled_from(["questions", "items"]), st.integers(-1, 6)
    ),
    st.builds("add:options:{}".format, st.integers(0, 4)),
    st.builds("drop:options:{}:{}".format, st.integers(0, 4), st.integers(0, 3)),
    st.text(max_size=12),
)
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["yes", "no", "12", "-1", "true", "~", "#", "{a: b}", "{not: {born: home}}", "[x, y]", "是: 否", "'", '"', "a\r\nb", ""]
    ),
)
STEPS = st.lists(
    st.tuples(DEEDS, st.lists(st.tuples(st.integers(0, 400), st.lists(WORDS, max_size=2)), max_size=4)), min_size=1, max_size=6
)


@settings(max_examples=25)
@given(file=st.sampled_from([*FILES[::6], None]), steps=STEPS)
def test_any_row_of_edits_keeps_file_and_form_the_same(file: Path | None, steps: list) -> None:
    data = yaml_text.data_of(file.read_text(encoding="utf-8") if file else ODD)
    things = catalogue()
    assert data is not None
    for deed, typed in steps:
        sent = page(data, things)
        names = sorted(sent)
        for number, values in typed:
            sent[names[number % len(names)]] = values or [""]
        data = form.done(form.filled(data, sent), deed)
        text = yaml_text.write(data)
        assert yaml_text.data_of(text) == data, text
        assert form.filled(data, page(data, things)) == data, text
        placed(text, [], paths(data))


def test_what_is_typed_is_what_the_file_says(things: Catalogue) -> None:
    data = yaml_text.data_of((CITY / "things" / "restaurant.yaml").read_text(encoding="utf-8"))
    assert data is not None
    sent = page(data, things)
    sent |= {"promise": ["7"], "name.zh": ["开馆子"], "synonyms": ["一\r\n二\r\n\r\n三"]}
    sent |= {
        "items.0.when?licence": ["shop", "firm"],
        "items.7.when?area.at_least": ["200"],
        "items.7.when?area.at_most": ["900"],
    }
    sent |= {"items.1.after": ["shop-registration"], "items.1.may_skip": ["true"], "items.6.when?sign": []}
    made = form.filled(data, sent)
    assert made["promise"] == "7" and made["name"] == {"zh": "开馆子", "en": "Opening a restaurant"}
    assert made["synonyms"] == ["一", "二", "三"]
    assert made["items"][0]["when"] == {"licence": ["shop", "firm"]}
    assert made["items"][7]["when"] == {"area": {"at_least": "200", "at_most": "900"}}
    assert made["items"][1]["after"] == ["shop-registration"] and made["items"][1]["may_skip"] == "true"
    assert "when" not in made["items"][6]
    assert "at_least: 200, at_most: 900" in yaml_text.write(made) and "may_skip: true" in yaml_text.write(made)


def test_a_condition_that_ticks_cannot_show_stands_as_it_is_written(things: Catalogue) -> None:
    data = yaml_text.data_of((CITY / "things" / "restaurant.yaml").read_text(encoding="utf-8"))
    assert data is not None
    shown = Builder(data, things, {}).form().items[5].when
    assert not shown.simple and shown.text == "{not: {sells: [cooked, drinks]}}"
    sent = page(data, things) | {"items.5.when": ["{any: [{sign: 'yes'}, {not: {sells: cooked}}]}"]}
    assert form.filled(data, sent)["items"][5]["when"] == {"any": [{"sign": "yes"}, {"not": {"sells": "cooked"}}]}


def test_a_question_that_becomes_a_number_has_bounds_instead_of_options(things: Catalogue) -> None:
    data = form.done(yaml_text.data_of(yaml_text.BLANK) or {}, "add:questions")
    made = form.filled(data, page(data, things) | {"questions.0.kind": ["number"]})
    assert made["questions"][0]["least"] == "0" and "options" not in made["questions"][0]
    back = form.filled(made, page(made, things) | {"questions.0.kind": [""]})
    assert len(back["questions"][0]["options"]) == 2 and "least" not in back["questions"][0]


def test_rows_change_places_and_an_item_that_goes_is_waited_for_by_none(things: Catalogue) -> None:
    data = yaml_text.data_of((CITY / "things" / "dog.yaml").read_text(encoding="utf-8"))
    assert data is not None
    codes = [row["item"] for row in data["items"]]
    assert [row["item"] for row in form.done(data, "down:items:0")["items"]][:2] == [codes[1], codes[0]]
    gone = form.done(data, "drop:items:0")
    assert codes[0] not in yaml_text.write(gone)


def test_a_fault_is_named_at_its_field() -> None:
    from huying.city.pack.faults import Fault  # a name of the check, for this test alone

    text = "code: a\nname: {zh: 甲, en: ''}\nquestions:\n  - key: q1\n    ask: {zh: 问, en: Ask}\n    when: {q9: 'yes'}\n"
    data = yaml_text.data_of(text)
    assert data is not None
    faults = [
        Fault("x", 2, 7, "name: 缺少“en”；请补上"),
        Fault("x", 6, 12, "没有“q9”这一问；请改成问过的"),
        Fault("x", 4, 5, "“options”不能空着；请填上"),
        Fault("x", 1, 1, "“promise”不能空着；请填上"),
        Fault("x", 1, 1, "别的"),
    ]
    found = placed(text, faults, paths(data))
    assert found == {
        "name.en": ["请填上"],
        "questions.0.when": ["没有“q9”这一问；请改成问过的"],
        "questions.0.options": ["请填上"],
        "promise": ["请填上"],
        "": ["别的"],
    }
