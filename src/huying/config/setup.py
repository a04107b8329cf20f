"""Make ready what any command needs: Django, the data folder, and a database that is made and migrated."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.db import connection
from django.db.utils import DatabaseError, OperationalError

from huying.base import clock
from huying.config import garbage
from huying.config.environment import BadSetting

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor


def ready(migrate: bool = True) -> None:
    """Set Django up and bring the database to this version. Raises BadSetting with one line that says what to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
    django.setup()
    from django.conf import settings  # settings read the environment, which is complete only now

    folder(settings.DATA)
    folder(settings.STATIC_ROOT)  # whitenoise warns where it is missing
    if connection.vendor == "sqlite":
        folder(Path(settings.DATABASES["default"]["NAME"]).parent)
    if settings.DEMO:
        demo_clock(settings.DATA)
    if migrate:
        _migrate()
    garbage.settle()


def demo_clock(data: Path) -> None:
    """Let the demo's clock be moved, and take up where it stood. Raises BadSetting when its file is damaged."""
    file = data / "clock"
    try:
        clock.configure(file)
    except (OSError, ValueError) as fault:
        raise BadSetting(f"{file}: the demo's clock cannot be read. Delete the file, and it shows today again") from fault


def folder(path: Path) -> None:
    """Make a folder. Raises BadSetting when it cannot be made or written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadSetting(
            f"{path}: cannot be made ({fault.strerror}). Name another folder with --data or HUYING_DATA."
        ) from fault
    if not os.access(path, os.W_OK):
        raise BadSetting(f"{path}: cannot be written. Name another folder with --data or HUYING_DATA.")


def _migrate() -> None:
    from django.db.migrations.executor import MigrationExecutor  # needs the apps, which are ready only now

    try:
        executor = MigrationExecutor(connection)
        if _between(executor) or executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _one_migrates(_take_steps)
        _partitions()
    except OperationalError as fault:
        raise BadSetting(database_line(fault)) from fault
    except (DatabaseError, sqlite3.Error) as fault:
        raise BadSetting(f"the database cannot be used: {str(fault).splitlines()[0]}") from fault


def _take_steps() -> None:
    """Bring the tables to this version; nobody else is at it now. Raises BadSetting where that cannot be done."""
    from django.core.management import call_command  # needs the apps, which are ready only now
    from django.db.migrations.executor import MigrationExecutor  # likewise

    if part := _between(MigrationExecutor(connection)):
        raise BadSetting(
            f"the database is of an early version and lacks some steps of {part}. "
            "Start the last version before 2026-11-28 on it once, then this one."
        )
    call_command("migrate", verbosity=0, interactive=False)


def _between(executor: "MigrationExecutor") -> str:
    """The part of which a database took some of the steps that are one now, or ''. Django would leave that part out."""
    taken = executor.loader.applied_migrations
    for step in executor.loader.disk_migrations.values():
        if 0 < sum(replaced in taken for replaced in step.replaces) < len(step.replaces):
            return step.app_label
    return ""


def _one_migrates(work: Callable[[], None]) -> None:
    """On PostgreSQL two processes may start together: the second waits, then finds nothing left to do."""
    if connection.vendor != "postgresql":
        work()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(1215652201)")
        try:
            work()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(1215652201)")


def _partitions() -> None:
    from huying.events import partitions  # its models need the apps

    partitions.ensure()


def database_line(fault: OperationalError) -> str:
    """A fault of the database in one line: where, what, and what to do."""
    detail = str(fault).strip().splitlines()[0]
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        hint = (
            "is the disk full or the folder write-protected?" if "full" not in detail else "the disk is full: free some space"
        )
        return f"{name}: {detail} ({hint})"
    place = "{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    return f"PostgreSQL at {place} does not answer: {detail}. Check HUYING_DATABASE_URL and that the server runs."
