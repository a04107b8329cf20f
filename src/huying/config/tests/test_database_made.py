"""The database that whatever command comes first makes, where it was asked for; and one of an early version."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
HUYING = (sys.executable, "-m", "huying.config.cli")


def run(*words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    ours = ("HUYING_DATABASE_URL", "HUYING_DATA", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in ours} | more
    return subprocess.run([*HUYING, *words], env=kept, cwd=cwd, capture_output=True, text=True, check=False)


def test_it_lies_in_the_folder_that_the_option_names(tmp_path: Path) -> None:
    done = run("--data", str(tmp_path / "here"), "rates", "recompute", cwd=tmp_path, HUYING_DATA=str(tmp_path / "elsewhere"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "here" / "huying.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_one_that_took_every_early_step_is_taken_over_and_one_that_lacks_some_is_told(tmp_path: Path) -> None:
    assert run("rates", "recompute", cwd=tmp_path, HUYING_DATA=str(tmp_path)).returncode == 0
    file = tmp_path / "huying.sqlite3"
    with sqlite3.connect(file) as database:  # as it stood when each step was one of its own
        gone = "DELETE FROM django_migrations WHERE name LIKE '%squashed%'"
        assert database.execute(gone).rowcount == 7
    database.close()
    done = run("rates", "recompute", cwd=tmp_path, HUYING_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(file) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'kernel' AND name = '0015_pauses_overrun'")
        database.execute("DELETE FROM django_migrations WHERE name LIKE '%squashed%'")
    database.close()
    done = run("rates", "recompute", cwd=tmp_path, HUYING_DATA=str(tmp_path))
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "lacks some steps of kernel" in done.stderr
