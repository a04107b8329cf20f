"""The model's process as tests hold it."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.notify.servers import HERE, Running, free_port

KEY = "a key of ours at the model"


class Model(Running):
    """The server, and what its process says it was asked."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def asked(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/received", timeout=10) as answer:
            found: list[dict[str, Any]] = json.load(answer)
            return found

    def behave(self, **how: Any) -> None:
        """How questions go from now on."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/control", json.dumps(how).encode())
        with urllib.request.urlopen(request, timeout=10):
            pass


@contextmanager
def model() -> Iterator[Model]:
    """A model that runs."""
    port = free_port()
    running = Model([str(HERE / "model_server.py"), str(port), KEY], port)
    running.start()
    try:
        yield running
    finally:
        running.stop()
