"""A secret that somebody left in a file is named, and what was looked at is let be."""

import subprocess
from pathlib import Path

import pytest

from tools import leaks

# put together here, or this file would be named itself
KEY = "-----BEGIN " + "PRIVATE KEY-----\n"


def test_what_was_looked_at_is_let_be_by_its_own_text_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project itself is looked through by the guard, before the tests."""
    monkeypatch.setattr(leaks, "ROOT", tmp_path)
    monkeypatch.setattr(leaks, "ACCEPTED", tmp_path / "leaks.json")
    (tmp_path / "notes.md").write_text(f"first line\n{KEY}", encoding="utf-8")
    monkeypatch.setattr(leaks.accepted, "__defaults__", (tmp_path / "leaks.json",))
    assert leaks.main([]) == 1
    leaks.main(["--accept"])
    assert leaks.main([]) == 0
    (tmp_path / "more.md").write_text(KEY, encoding="utf-8")
    assert leaks.main([]) == 1, "in another file nobody looked at it"


def test_a_key_is_named_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(f"first line\n{KEY}", encoding="utf-8")
    [(name, line, kind, _digest)] = leaks.found(tmp_path)
    assert (name, line, kind) == ("notes.md", 2, "Private Key")


def test_what_is_made_by_machines_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "key.txt").write_text(KEY, encoding="utf-8")
    assert leaks.found(tmp_path) == []


def test_no_tracked_file_is_a_link() -> None:
    """A link leads somewhere on one machine only: `.venv` as a link once kept a clean checkout from being set up."""
    if not (leaks.ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-s"], cwd=leaks.ROOT, capture_output=True, text=True, check=True).stdout
    assert [line for line in listed.splitlines() if line.startswith("120000")] == []
