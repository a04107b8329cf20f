"""Questions that are planned once."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from huying.events.prepared import prepared_rows

pytestmark = pytest.mark.django_db


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
