"""The worker starts learning as a process of its own, and says where that failed."""

import logging
import sys
import time

import pytest

from huying.config import worker
from huying.config.worker import Worker
from huying.kernel import learned, lessons

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> Worker:
    """A worker that is due to learn, in a process that fails at once."""
    monkeypatch.setattr(lessons, "count", lambda: 1)
    monkeypatch.setattr(learned, "due", lambda: True)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    monkeypatch.setattr(worker, "LEARN_SECONDS", 0.0)
    return Worker()


def test_learning_that_failed_is_said_and_tried_again_much_later(due: Worker, caplog: pytest.LogCaptureFixture) -> None:
    due._learn()
    process = due._learning
    assert process is not None
    process.wait(10)
    with caplog.at_level(logging.ERROR):
        due._learn()
        due._learn()
    assert [record.message for record in caplog.records] == [
        "learning from dispatchers' choices ended with 1; see what huying dispatch learn says"
    ]
    assert due._learning is None
    assert due._next_learning > time.monotonic() + 3000
