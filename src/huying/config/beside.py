"""What takes seconds of a processor runs in a process of its own, so that no page waits for it."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Beside:
    """One command of the house, started again when its time has come, it is `due`, and the last run has ended.

    After a run that failed it waits `after_fault` seconds.
    """

    def __init__(
        self,
        arguments: list[str],
        every_seconds: float,
        due: Callable[[], bool] = lambda: True,
        after_fault: float = 0.0,
    ) -> None:
        self._arguments, self._every, self._due, self._after_fault = arguments, every_seconds, due, after_fault
        self._next = time.monotonic() + every_seconds  # not while the house starts
        self._running: subprocess.Popen[bytes] | None = None

    def look(self) -> int:
        """Start it when it is due; 1 when it was started."""
        if self._running is not None:
            code = self._running.poll()
            if code is None:
                return 0
            if code:
                log.error("%s ended with %s; run it by hand to see why", " ".join(self._arguments), code)
                self._next = max(self._next, time.monotonic() + self._after_fault)
            self._running = None
        if time.monotonic() < self._next:
            return 0
        self._next = time.monotonic() + self._every
        if not self._due():
            return 0
        command = [sys.executable, "-m", "huying.config.cli", *self._arguments]
        # nosec B603: our own command, and no word of a stranger in it
        self._running = subprocess.Popen(  # nosec B603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.nice(10)
        )
        return 1
