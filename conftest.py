"""The ground every test stands on: a folder of its own for all that is written, and a real database.

Here and not in tests/, so that it also holds for the tests that lie beside the code they try.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before Django starts: nothing a test writes may reach a real city's data. Each process of xdist has its own folder.
DATA = Path(tempfile.mkdtemp(prefix="huying-test-"))
os.environ["HUYING_DATA"] = str(DATA)
(DATA / "static").mkdir()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
# Playwright's event loop runs in the thread that also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django  # noqa: E402  (after the environment is set)
from django.conf import settings  # noqa: E402
from django.core.management.commands import flush  # noqa: E402

from huying.base import clock  # noqa: E402
from tools import texts  # noqa: E402

texts.compile_all()
django.setup()
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
if ON_POSTGRES:
    # TRUNCATE makes a new file of every table and index and syncs each: half a second a test. What a test leaves is deleted.
    from django.db.backends.postgresql.operations import DatabaseOperations  # the driver may be missing elsewhere

    _truncate = DatabaseOperations.sql_flush

    def _delete(self: Any, style: Any, tables: Any, *, reset_sequences: bool = False, allow_cascade: bool = False) -> list[str]:
        if reset_sequences or not tables:
            return _truncate(self, style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        # rows that point at each other go in any order
        deletes = [f"DELETE FROM {self.quote_name(table)};" for table in tables]
        return ["SET LOCAL session_replication_role = replica;", *deletes, "SET LOCAL session_replication_role = origin;"]

    DatabaseOperations.sql_flush = _delete
# After each test that commits Django would make its permissions anew, which nothing here asks for.
flush.emit_post_migrate_signal = lambda *args, **kept: None
if not ON_POSTGRES:
    # A file, not memory: transactions, locks and WAL are those of the real thing, across threads too.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(DATA / "test.sqlite3")

# How long an example takes says more about the neighbours on the machine than about the code; bench/ measures.
hypothesis.settings.register_profile("huying", deadline=None)
hypothesis.settings.load_profile("huying")

pytest_plugins = ["tests.small_city", "tests.small_things", "tests.people", "tests.small_offers", "tests.browser"]


_WITH_DATABASE = frozenset({"db", "transactional_db", "live_server"})


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip on SQLite what only PostgreSQL can show; leave out on PostgreSQL what asks no database, and was seen on SQLite."""
    if ON_POSTGRES:
        asks = [item for item in items if item.get_closest_marker("django_db") or _WITH_DATABASE.intersection(_fixtures(item))]
        config.hook.pytest_deselected(items=list(set(items).difference(asks)))
        items[:] = asks
        return
    skip = pytest.mark.skip(reason="SQLite lets one writer in at a time: shown on PostgreSQL")
    for item in items:
        if item.get_closest_marker("postgres_only"):
            item.add_marker(skip)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(autouse=True)
def _clock_of_the_wall() -> Iterator[None]:
    """Whatever a test does to the clock ends with it."""
    yield
    clock.set_offset(timedelta())


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """What a test leaves behind in the environment is taken back, so that those after it run as ever, in whatever order."""
    before = _environment()
    done = yield
    os.environ.update(before)
    for name in _environment().keys() - before.keys():
        del os.environ[name]
    return done
