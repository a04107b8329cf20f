"""The worker goes round so often that nobody waits, and so seldom that a round has something to do."""

import pytest

from huying.config import worker


@pytest.mark.parametrize(
    ("done", "spent", "wait"),
    [
        (0, 0.1, worker.IDLE_SECONDS),
        (12, 0.1, worker.ROUND_SECONDS - 0.1),
        (12, 5.0, 0.0),
        (worker.BACKLOG, 0.0, 0.0),
    ],
)
def test_it_waits_out_its_round_unless_more_is_waiting(done: int, spent: float, wait: float) -> None:
    assert worker.pause(done, spent) == pytest.approx(wait)
