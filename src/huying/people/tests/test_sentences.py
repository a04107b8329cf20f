"""Recall and precision on sentences written by somebody who had not seen the rules: half of them, the other is locked."""

import pytest

from huying.people.cutting import Span
from huying.people.tests.marked import OPEN_HALF, Marked, judge, sentences

pytestmark = pytest.mark.once
RECALL, PRECISION = 0.98, 0.95


def test_what_identifies_a_person_is_found_and_little_else() -> None:
    told = judge(sentences(OPEN_HALF))
    assert told.recall >= RECALL, "\n".join(told.missed)
    assert told.precision >= PRECISION, "\n".join(told.wrong)


@pytest.mark.parametrize("file", [f"sentences_{writer}" for writer in ("more", "third", "fourth", "fifth", "sixth")])
def test_of_sentences_that_came_later_no_less_is_found_than_before(file: str) -> None:
    """Writers whom the rules did not know at first; what they taught stays."""
    told = judge(sentences(OPEN_HALF.with_name(f"{file}.jsonl")))
    assert told.recall >= RECALL, "\n".join(told.missed)
    assert told.precision >= PRECISION, "\n".join(told.wrong)


@pytest.mark.parametrize("writer", ["seventh", "eighth", "ninth", "tenth"])
def test_of_writers_whose_sentences_taught_no_name_nearly_as_much_is_found(writer: str) -> None:
    """Rules were mended with these in sight, but none of them is among those that names were learned from."""
    told = judge(sentences(OPEN_HALF.with_name(f"sentences_{writer}.jsonl")))
    assert told.recall >= 0.97, "\n".join(told.missed)
    assert told.precision >= PRECISION, "\n".join(told.wrong)


@pytest.mark.parametrize(("writer", "recall"), [("eleventh", 0.93), ("twelfth", 0.92)])
def test_of_writers_who_name_people_by_words_most_is_found(writer: str, recall: float) -> None:
    """A son called 付款 (payment), a grandson called 农民 (farmer), a doctor told by trade and family name."""
    told = judge(sentences(OPEN_HALF.with_name(f"sentences_{writer}.jsonl")))
    assert told.recall >= recall, "\n".join(told.missed)
    assert told.precision >= PRECISION, "\n".join(told.wrong)


def test_no_kind_is_forgotten() -> None:
    told = judge(sentences(OPEN_HALF))
    assert {kind for kind in told.spans if told.found[kind] < 0.95 * told.spans[kind]} == set()


def test_the_spans_of_the_file_stand_where_they_say() -> None:
    rows = sentences(OPEN_HALF)
    assert len(rows) == 150
    assert all(0 <= start < end <= len(row.text) for row in rows for start, end, _ in row.spans)


@pytest.mark.parametrize(
    ("cut", "recall", "precision"),
    [([], 0, 1), ([Span(2, 5, "电话")], 0, 1), ([Span(0, 9, "电话")], 1, 1), ([Span(9, 11, "姓名")], 0, 0)],
)
def test_the_judge_is_strict(cut: list[Span], recall: float, precision: float) -> None:
    told = judge([Marked("打138-1234，谢谢您啊", ((1, 9, "phone"),))], lambda _text: cut)
    assert (told.recall, told.precision) == (recall, precision)
