"""What both databases must agree on."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from huying.config import environment
from huying.events.prepared import prepared_rows


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    told = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue())


@pytest.mark.django_db
def test_an_acknowledged_write_is_on_the_disk() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW fsync")
            assert cursor.fetchone() == ("on",)
        else:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)  # FULL


@pytest.mark.once
def test_a_request_is_not_a_transaction() -> None:
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_behind_a_pooler_that_keeps_nothing_it_is_not_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_DATABASE_PREPARES", "0")
    monkeypatch.setenv("HUYING_DATABASE_URL", "postgres://somebody@host/name")
    off = environment.database(Path())["OPTIONS"]["prepare_threshold"]
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", off)
    assert prepared_rows("SELECT %s::bigint * 41", [2]) == [(82,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%* 41'")
        assert cursor.fetchone() == (0,)
