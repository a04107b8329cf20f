"""Asking the database in its own words."""

import pytest

from huying.events.asking import any_row, marks

pytestmark = pytest.mark.django_db


def test_it_is_said_whether_there_is_a_row() -> None:
    assert any_row("SELECT 1 WHERE 1 = %s", [1])
    assert not any_row("SELECT 1 WHERE 1 = %s", [2])


def test_a_list_has_a_mark_for_each_value() -> None:
    assert marks([7, 8, 9]) == "%s, %s, %s"
