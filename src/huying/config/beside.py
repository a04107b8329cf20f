"""What takes seconds of a processor runs in a process of its own, so that no page waits for it."""

import logging
import os
import subprocess
import sys
import time

log = logging.getLogger(__name__)


class Beside:
    """One command of the house, started again when its time has come and the last run has ended."""

    def __init__(self, arguments: list[str], every_seconds: float) -> None:
        self._arguments, self._every = arguments, every_seconds
        self._next = time.monotonic() + every_seconds  # not while the house starts
        self._running: subprocess.Popen[bytes] | None = None

    def look(self) -> int:
        """Start it when it is due; 1 when it was started."""
        if self._running is not None:
            code = self._running.poll()
            if code is None:
                return 0
            if code:
                log.error("%s ended with %s", " ".join(self._arguments), code)
            self._running = None
        if time.monotonic() < self._next:
            return 0
        self._next = time.monotonic() + self._every
        command = [sys.executable, "-m", "huying.config.cli", *self._arguments]
        # nosec B603: our own command, and no word of a stranger in it
        self._running = subprocess.Popen(  # nosec B603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.nice(10)
        )
        return 1
