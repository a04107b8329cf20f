"""The worker goes round so often that nobody waits, and so seldom that a round has something to do."""

import threading

import pytest

from huying.config import worker


@pytest.mark.parametrize(
    ("read", "worked", "spent", "wait"),
    [
        (0, 0, 0.1, worker.IDLE_SECONDS),
        (12, 0, 0.1, worker.ROUND_SECONDS - 0.1),
        (12, 0, 5.0, 0.0),
        (worker.BACKLOG, 0, 0.0, 0.0),
        (0, 1, 0.0, 0.0),  # timers and the like do a batch at a time: there may be more
        (12, 1, 0.0, 0.0),
    ],
)
def test_it_waits_out_its_round_unless_more_is_waiting(read: int, worked: int, spent: float, wait: float) -> None:
    assert worker.pause(read, worked, spent) == pytest.approx(wait)


class Ending(threading.Event):
    """Ends whoever waits for it, and remembers for how long he would have waited."""

    waited: float | None = None

    def wait(self, timeout: float | None = None) -> bool:
        self.waited = timeout
        self.set()
        return True


def test_whoever_sends_waits_for_nothing_while_there_is_something_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    batches, stop = [20, 20, 0], Ending()
    monkeypatch.setattr(worker.Sender, "once", lambda _self: batches.pop(0))
    monkeypatch.setattr(worker.relays, "sweep", lambda: 0)
    worker.Teller().run(stop)
    assert batches == [] and stop.waited == worker.IDLE_SECONDS
