"""Recall and precision on sentences written by people who had not seen the rules. Others of theirs are kept apart, locked."""

import pytest

from huying.people.cutting import Span
from huying.people.tests.marked import OPEN, Marked, judge, sentences

pytestmark = pytest.mark.once
RECALL, PRECISION = 0.98, 0.95


def test_what_identifies_a_person_is_found_and_little_else() -> None:
    told = judge(sentences(OPEN))
    assert told.recall >= RECALL, "\n".join(told.missed)
    assert told.precision >= PRECISION, "\n".join(told.wrong)


def test_no_kind_is_forgotten() -> None:
    told = judge(sentences(OPEN))
    assert {kind for kind in told.spans if told.found[kind] < 0.95 * told.spans[kind]} == set()


def test_the_spans_of_the_file_stand_where_they_say() -> None:
    rows = sentences(OPEN)
    assert len(rows) == 450
    assert all(0 <= start < end <= len(row.text) for row in rows for start, end, _ in row.spans)


@pytest.mark.parametrize(
    ("cut", "recall", "precision"),
    [([], 0, 1), ([Span(2, 5, "电话")], 0, 1), ([Span(0, 9, "电话")], 1, 1), ([Span(9, 11, "姓名")], 0, 0)],
)
def test_the_judge_is_strict(cut: list[Span], recall: float, precision: float) -> None:
    told = judge([Marked("打138-1234，谢谢您啊", ((1, 9, "phone"),))], lambda _text: cut)
    assert (told.recall, told.precision) == (recall, precision)
