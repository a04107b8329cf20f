"""A command beside the worker: started when it is due, once at a time, and after a failure much later."""

import logging
import sys
import time
from pathlib import Path

import pytest

from huying.config.beside import Beside

AGAIN = 3600.0


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Beside:
    """One whose process fails at once."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    return Beside(["dispatch", "learn"], 0.0, after_fault=AGAIN)


def test_what_failed_is_said_and_tried_again_much_later(failing: Beside, caplog: pytest.LogCaptureFixture) -> None:
    assert failing.look() == 1
    assert failing._running is not None
    failing._running.wait(10)
    with caplog.at_level(logging.ERROR):
        assert failing.look() == failing.look() == 0
    assert [record.message for record in caplog.records] == ["dispatch learn ended with 1; run it by hand to see why"]
    assert failing._next > time.monotonic() + AGAIN - 100


def test_what_is_not_due_is_not_started() -> None:
    assert Beside(["dispatch", "learn"], 0.0, due=lambda: False).look() == 0


def test_what_runs_is_not_started_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 20\n")
    slow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(slow))
    beside = Beside([], 0.0)
    assert beside.look() == 1
    assert beside.look() == 0
    assert beside._running is not None
    beside._running.kill()
    beside._running.wait(10)
