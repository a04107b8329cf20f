"""Pages while a reader learns: how long each waits, and how long without.

    huying bench beside [--json]

Starts `huying run` on a free port of 127.0.0.1, reads pages and sends appeals one after another, first alone, then while
`huying dispatch train` learns from a history beside it. Prints JSON.
"""

import argparse
import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import history
from common import ROOT, own_folder, percentile, show
from load import QUESTION, Client, _areas, free_port, huying, rss_mb, until_up

PAGES = ("/", "/appeal/", "/board/")
ALONE, MOST_SECONDS = 150, 400


class Reader:
    """Reads the pages and sends an appeal in turn."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._client = Client(1, port, 0, _areas())
        self._n = 0

    def once(self) -> float:
        """One page or appeal; the milliseconds that took. Raises AssertionError where it failed."""
        self._n += 1
        at = self._n % (len(PAGES) + 1)
        began = time.perf_counter()
        if at < len(PAGES):
            self._connection.request("GET", PAGES[at])
        else:
            self._connection.request("POST", "/appeal/", self._client.body(self._n), self._client.headers())
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status in (200, 302, 303) or QUESTION in body, (at, answer.status)
        return (time.perf_counter() - began) * 1000


def measure() -> dict[str, Any]:
    """Start the server, read alone and beside, stop it."""
    with own_folder() as folder:
        pack = [sys.executable, "-m", "huying.config.cli", "load", str(ROOT / "packs" / "chongqing")]
        subprocess.run(pack, cwd=ROOT, check=True, stdout=sys.stderr)
        messages = history.write(folder / "history.csv")
        port = free_port()
        server = huying("run", "--port", str(port), stdout=sys.stderr)
        try:
            until_up(port)
            reader = Reader(port)
            alone = [reader.once() for _ in range(ALONE)]
            began = time.monotonic()
            training = history.train(folder / "history.csv")
            beside = _while(lambda: training.poll() is None, reader)
            seconds = time.monotonic() - began
            assert training.wait(MOST_SECONDS) == 0
            memory = rss_mb(server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    return {
        "messages": messages,
        "training_seconds": round(seconds, 1),
        "alone": _waits(alone),
        "beside": _waits(beside),
        "server_memory_mb": memory,
    }


def _while(going: Callable[[], bool], reader: Reader) -> list[float]:
    taken = []
    while going():
        taken.append(reader.once())
        time.sleep(0.05)  # readers are no flood
    return taken


def _waits(taken: list[float]) -> dict[str, float]:
    found = {f"p{share}_ms": round(percentile(taken, share / 100), 1) for share in (50, 99)}
    return {"pages": len(taken), **found, "longest_ms": round(max(taken), 1)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    parser.parse_args()
    show(measure())
