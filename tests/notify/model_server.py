"""A language model with an OpenAI-compatible address as a process: it keeps what it was asked, and can fail in every way.

    python tests/notify/model_server.py PORT KEY

`POST /control` sets how the next questions go, `GET /received` tells what came. It binds to loopback.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOLD = "- 请写上哪天修好\n- 第二个问题没有答\n多余的话"


class Model(ThreadingHTTPServer):
    """What it was asked, and how it is told to behave."""

    daemon_threads = True

    def __init__(self, port: int, key: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.key = key
        self.asked: list[dict[str, Any]] = []
        self.control: dict[str, Any] = {}


class Handler(BaseHTTPRequestHandler):
    """One question."""

    protocol_version = "HTTP/1.1"
    server: Model
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._answer(200, json.dumps(self.server.asked).encode())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        if self.path == "/control":
            self.server.control = body
            self._answer(200, b"{}")
            return
        how = self.server.control
        self.server.asked.append({"path": self.path, "key": self.headers.get("Authorization", ""), "body": body})
        if self.headers.get("Authorization") != f"Bearer {self.server.key}":
            self._answer(401, b'{"error": "key"}')
        elif how.get("drop"):
            self.close_connection = True
            self.connection.close()
        else:
            time.sleep(how.get("wait", 0))
            text = how.get("text", TOLD)
            whole = json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()
            self._answer(how.get("status", 200), how.get("raw", "").encode() or whole, how.get("drip", 0))

    def _answer(self, status: int, raw: bytes, drip: float = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        try:
            for at in range(0, len(raw), 8 if drip else len(raw) or 1):
                self.wfile.write(raw[at : at + 8] if drip else raw)
                self.wfile.flush()
                time.sleep(drip)
        except OSError:  # whoever asked has gone
            self.close_connection = True


if __name__ == "__main__":
    Model(int(sys.argv[1]), sys.argv[2]).serve_forever()
