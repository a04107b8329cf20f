"""Conditions over answers: what holds, why, and what is no condition."""

from typing import Any

import pytest
from hypothesis import given

from huying.city.things import BadCondition, Reason, because, condition, holds
from huying.city.things.answering import counted
from huying.city.things.cases import every
from huying.city.things.conditions import Answer
from huying.city.things.tests.made import CONDITIONS, GIVEN, MANY, NUMBER, ONE, entry, item, question, whole

pytestmark = pytest.mark.once

ASKED = [question("one", *ONE), question("many", *MANY, kind="many"), question("number", kind="number", most=NUMBER)]


@pytest.mark.parametrize(
    ("plain", "answers", "expected"),
    [
        (None, {}, True),
        ({"one": "a"}, {"one": ("a",)}, True),
        ({"one": ["a", "b"]}, {"one": ("b",)}, True),
        ({"one": "a"}, {"one": ("b",)}, False),
        ({"one": "a"}, {}, False),
        ({"not": {"one": "a"}}, {}, True),
        ({"many": ["x"]}, {"many": ("x", "y")}, True),
        ({"many": ["x"]}, {"many": ()}, False),
        ({"one": "a", "many": "x"}, {"one": ("a",), "many": ()}, False),
        ({"any": [{"one": "a"}, {"many": "x"}]}, {"one": ("b",), "many": ("x",)}, True),
        ({"all": [{"one": "a"}, {"many": "x"}]}, {"one": ("a",), "many": ("x",)}, True),
        ({"number": {"at_least": 3}}, {"number": 3}, True),
        ({"number": {"at_least": 3}}, {"number": 2}, False),
        ({"number": {"at_least": 3, "at_most": 5}}, {"number": 6}, False),
        ({"number": {"at_least": 3}}, {"number": ("a",)}, False),
    ],
)
def test_a_condition_says_whether_it_holds(plain: Any, answers: dict[str, Any], expected: bool) -> None:
    assert holds(condition(plain), answers) is expected


@pytest.mark.parametrize(
    ("plain", "at", "what"),
    [
        ([], (), "map"),
        ({}, (), "map"),
        ({"any": []}, ("any",), "list"),
        ({"all": [{"one": "a"}, 3]}, ("all", 1), "map"),
        ({"one": []}, ("one",), "options"),
        ({"one": ["a", True]}, ("one", 1), "option"),
        ({"one": 1}, ("one",), "option"),
        ({"number": {"over": 3}}, ("number", "over"), "bound"),
        ({"number": {"at_least": "3"}}, ("number", "at_least"), "number"),
        ({"number": {"at_least": True}}, ("number", "at_least"), "number"),
        ({"number": {"at_least": 5, "at_most": 3}}, ("number",), "bounds"),
        ({"number": {}}, ("number",), "bounds"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(plain: Any, at: tuple[Any, ...], what: str) -> None:
    with pytest.raises(BadCondition) as refused:
        condition(plain)
    assert (at, what) in [(flaw.at, flaw.what) for flaw in refused.value.flaws]


def test_a_condition_nested_too_deep_is_refused() -> None:
    plain: dict[str, Any] = {"one": "a"}
    for _ in range(40):
        plain = {"not": plain}
    with pytest.raises(BadCondition):
        condition(plain)


def test_because_names_the_answers_that_count_and_no_others() -> None:
    found = condition({"any": [{"one": ["a", "b"]}, {"many": "x"}, {"number": {"at_least": 5}}]})
    assert because(found, {"one": ("a",), "many": ("y",), "number": 7}) == (Reason("one", ("a",)), Reason("number", 7))
    assert because(condition({"not": {"one": "a"}}), {"one": ("b",)}) == (Reason("one", ("b",)),)
    assert because(condition(None), {"one": ("a",)}) == ()


@given(plain=CONDITIONS, said=GIVEN)
def test_the_reasons_alone_make_a_condition_without_not_hold(plain: dict[str, Any], said: dict[str, Any]) -> None:
    found = condition(plain)
    answers = counted(whole(ASKED, [], []).thing, said)
    if holds(found, answers) and "not" not in repr(plain):
        alone: dict[str, Answer] = {}
        for reason in because(found, answers):  # of one question, ticks may be the reason of two parts
            before = alone.get(reason.question)
            both_ticked = isinstance(before, tuple) and isinstance(reason.answer, tuple)
            alone[reason.question] = (*before, *reason.answer) if both_ticked else reason.answer  # type: ignore[misc]
        assert holds(found, alone)


@given(plain=CONDITIONS, said=GIVEN)
def test_not_turns_every_condition(plain: dict[str, Any], said: dict[str, Any]) -> None:
    answers = counted(whole(ASKED, [], []).thing, said)
    assert holds(condition({"not": plain}), answers) is not holds(condition(plain), answers)


@given(plain=CONDITIONS, said=GIVEN)
def test_whatever_is_answered_is_like_one_of_the_cases(plain: dict[str, Any], said: dict[str, Any]) -> None:
    """The proofs try finitely many numbers; no other number may behave otherwise."""
    thing = whole(ASKED, [entry("i", plain)], [item("i")]).thing
    full = counted(thing, {"one": "a", "many": [], "number": 0} | said)
    alike = [case for case in every(thing, 20_000) if all(case[name] == full[name] for name in ("one", "many"))]
    assert holds(condition(plain), full) in {holds(condition(plain), case) for case in alike}
