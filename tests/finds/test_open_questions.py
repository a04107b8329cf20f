"""The open half of the questions: what was reached may not be lost. They were looked at; tests/locked/ holds the rest."""

import pytest

from tests.finds.asking import HERE, PACK, finder, labels, questions, share_in_first

pytestmark = pytest.mark.once
LONG = 10
WRITERS = ["first_open.jsonl", "second_open.jsonl", "third_open.jsonl"]


@pytest.mark.parametrize("file", WRITERS)
@pytest.mark.parametrize(("first", "least"), [(1, 0.90), (3, 0.96)])
def test_the_right_thing_is_among_the_first(file: str, first: int, least: float) -> None:
    assert share_in_first(questions(HERE / file), first) >= least


def test_no_question_was_copied_into_the_pack() -> None:
    """Short ones two people hit upon by themselves: 异地就医备案 is what it is called."""
    asked = {one.text for file in WRITERS for one in questions(HERE / file)}
    told = "".join(file.read_text("utf-8") for file in (PACK / "things" / "words").glob("*.yaml"))
    assert [text for text in asked if len(text) > LONG and text in told] == []


def test_every_label_leads_to_something_that_is_found() -> None:
    known = {label.split(":", 1)[1] for label in finder()[0].labels}
    assert [label for label, right in labels().items() if not right & known] == []
