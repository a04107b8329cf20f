"""What both databases must agree on."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection


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
