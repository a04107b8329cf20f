"""Asking the database in its own words."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from huying.people.asking import any_row, marks, prepared_rows

pytestmark = pytest.mark.django_db


def test_it_is_said_whether_there_is_a_row() -> None:
    assert any_row("SELECT 1 WHERE 1 = %s", [1])
    assert not any_row("SELECT 1 WHERE 1 = %s", [2])


def test_a_list_has_a_mark_for_each_value() -> None:
    assert marks([7, 8, 9]) == "%s, %s, %s"


def test_what_is_prepared_finds_the_same_for_values_of_every_width() -> None:
    wide = "SELECT CAST(%s AS bigint)"
    for value in (1, 70_000, 5_000_000_000, 1):
        assert prepared_rows(wide, [value]) == [(value,)]


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_on_postgresql_it_is_planned_once_for_all_values() -> None:
    moment = datetime(2025, 11, 25, 9, 20, tzinfo=UTC)
    for value in (1, 70_000, 5_000_000_000):
        assert prepared_rows("SELECT %s::bigint, %s::timestamptz, %s::bigint[]", [value, moment, [value, 2]]) == [
            (value, moment, [value, 2])
        ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%$1::bigint, $2::timestamptz%%'")
        assert cursor.fetchone() == (1,)
