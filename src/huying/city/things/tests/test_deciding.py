"""From answers to items, fields and papers, each with why; and what it spares."""

from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from huying.city.things import Reason, Whole, asked, compare, counted, decide, holds
from huying.city.things.cases import every
from huying.city.things.shape import Option, Question
from huying.city.things.tests.made import GIVEN, TEXT, entry, item, question, whole, wholes

pytestmark = pytest.mark.once

SHOP = whole(
    [question("sells", "food", "books"), question("cooked", "yes", "no", when={"sells": "food"})],
    [
        entry("register", may_skip=False),
        entry(
            "food",
            {"sells": "food"},
            ("register",),
            materials={"drawing": {"cooked": "yes"}},
            fields={"size": {"cooked": "yes"}},
        ),
        entry("sign", None, ("register",), may_skip=True, without=("photo",)),
    ],
    [
        item("register", 1, papers=["card"], fields=["name", "phone?"], visits=2),
        item("food", 5, papers=["licence", "drawing", "card"], fields=["name", "size"], visits=2, visits_here=1),
        item("sign", 2, papers=["licence", "photo"], fields=["name", "phone"]),
    ],
)


def test_a_condition_brings_its_item_with_the_answer_as_why() -> None:
    found = decide(SHOP, {"sells": "food", "cooked": "no"})
    assert found.codes == ("register", "food", "sign")
    assert [step.because for step in found.steps] == [(), (Reason("sells", ("food",)),), ()]
    assert decide(SHOP, {"sells": "books"}).codes == ("register", "sign")


def test_a_paper_is_asked_once_for_all_items_that_want_it() -> None:
    found = decide(SHOP, {"sells": "food", "cooked": "yes"})
    papers = {paper.material.key: paper for paper in found.materials}
    assert papers["card"].items == ("register", "food") and papers["card"].because == ()
    assert papers["licence"].items == ("food", "sign")
    assert papers["drawing"].because == (Reason("cooked", ("yes",)),)
    assert [paper.material.key for paper in found.to_bring] == ["drawing"]
    assert "photo" not in papers


def test_a_field_is_asked_once_and_needed_when_one_item_needs_it() -> None:
    found = decide(SHOP, {"sells": "books"})
    assert {one.field.name: (one.required, one.items) for one in found.fields} == {
        "name": (True, ("register", "sign")),
        "phone": (True, ("register", "sign")),
    }
    assert {one.field.name: one.required for one in decide(SHOP, {"sells": "books"}, frozenset({"sign"})).fields}[
        "phone"
    ] is False


def test_only_what_may_be_skipped_is_skipped() -> None:
    assert decide(SHOP, {"sells": "books"}, frozenset({"sign", "register"})).codes == ("register",)


def test_an_answer_to_a_question_that_is_not_asked_does_not_count() -> None:
    found = decide(SHOP, {"sells": "books", "cooked": "yes"})
    assert found.answers == {"sells": ("books",)} and found.complete


def test_what_is_not_answered_waits() -> None:
    assert [one.key for one in decide(SHOP, {"sells": "food"}).waiting] == ["cooked"]
    assert [one.key for one in decide(SHOP, {}).waiting] == ["sells"]


@pytest.mark.parametrize(
    "given", [{"sells": "nothing"}, {"sells": ["food", "books"]}, {"sells": 3}, {"other": "x"}, {"sells": []}]
)
def test_an_answer_that_cannot_be_is_left_out(given: dict[str, Any]) -> None:
    assert counted(SHOP.thing, given) == {}


def test_a_question_that_wants_one_choice_at_least_waits_for_it() -> None:
    ticked = Question("lines", TEXT, "many", (Option("water", TEXT), Option("power", TEXT)), 1, 0, None, None)
    made = whole([ticked], [entry("a", {"lines": "water"})], [item("a")])
    assert [one.key for one in decide(made, {"lines": []}).waiting] == ["lines"]
    assert decide(made, {"lines": ["water"]}).codes == ("a",)
    assert {"lines": ()} not in every(made.thing, 99)


def test_one_by_one_and_here_are_counted() -> None:
    found = compare(SHOP, {"sells": "food", "cooked": "yes"})
    alone, here = found.alone, found.here
    assert (alone.applications, alone.forms, alone.materials, alone.visits, alone.days) == (3, 3, 5, 5, 8)
    assert (here.applications, here.forms, here.materials, here.visits, here.days) == (1, 1, 1, 1, 6)


def test_one_trip_serves_the_items_of_one_counter_unless_one_waits_for_another() -> None:
    rows = [item(code, 1, visits=2, visits_here=1) for code in ("a", "b", "c")]
    side_by_side = whole([], [entry(code) for code in ("a", "b", "c")], rows)
    assert compare(side_by_side, {}).here.visits == 1
    in_a_row = whole([], [entry("a"), entry("b", None, ("a",)), entry("c")], rows)
    assert compare(in_a_row, {}).here.visits == 2


@settings(deadline=None)
@given(any_thing=wholes(), said=GIVEN)
def test_everything_asked_for_is_asked_by_an_item_of_the_case(any_thing: Whole, said: dict[str, Any]) -> None:
    found = decide(any_thing, said)
    for part in (*found.fields, *found.materials):
        assert part.items and set(part.items) <= set(found.codes)
    assert len({one.field.name for one in found.fields}) == len(found.fields)
    assert len({one.material.key for one in found.materials}) == len(found.materials)
    for step in found.steps:
        assert holds(step.entry.done, found.answers)
    Draft202012Validator.check_schema(found.schema())


@settings(deadline=None)
@given(any_thing=wholes(), said=GIVEN)
def test_here_it_is_never_more_than_one_by_one(any_thing: Whole, said: dict[str, Any]) -> None:
    found = compare(any_thing, said)
    for name in ("applications", "forms", "materials", "visits", "days"):
        assert getattr(found.here, name) <= getattr(found.alone, name)


@settings(deadline=None)
@given(any_thing=wholes(), said=GIVEN)
def test_deciding_what_counted_decides_the_same(any_thing: Whole, said: dict[str, Any]) -> None:
    found = decide(any_thing, said)
    assert decide(any_thing, found.answers) == found
    assert {one.key for one in asked(any_thing.thing, found.answers)} == set(found.answers) | {q.key for q in found.waiting}
