"""A provider of text messages and of relay numbers as a process, as in docs/telling.md; it can fail in every way worth it.

    python tests/notify/provider.py PORT SECRET [--cert FILE] [--forgets]

`--forgets`: it keeps to no keys and answers no questions, as many do. `POST /control` sets how the next requests go,
`GET /received` tells what it took, `POST /report` makes it send a delivery report, `POST /begin` makes it forget all. All
state is in memory; it binds to loopback.
"""

import argparse
import hashlib
import hmac
import json
import ssl
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway(ThreadingHTTPServer):
    """What it took, and how it is told to behave."""

    daemon_threads = True

    def __init__(self, port: int, secret: str, forgets: bool) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.secret, self.forgets = secret, forgets
        self.lock = threading.Lock()
        self.begin()

    def begin(self) -> None:
        """As it is when nothing was taken yet."""
        self.taken: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.lines: dict[str, dict[str, str]] = {}  # of the relay: phone and number by line
        self.requests = 0
        self.control: dict[str, Any] = {}

    def behaviour(self) -> dict[str, Any]:
        """How this request goes; a behaviour holds for `times` requests."""
        with self.lock:
            self.requests += 1
            now = dict(self.control)
            if now:
                self.control["times"] -= 1
                if self.control["times"] <= 0:
                    self.control = {}
            return now

    def take(self, key: str, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Keep a message; under a key that is known it is the same one."""
        with self.lock:
            known = None if self.forgets else next((m for m in self.taken if m["key"] == key), None)
            if known is None:
                known = {"id": f"m-{len(self.taken) + 1}", "key": key, **message}
                self.taken.append(known)
                return 202, {"id": known["id"]}
            same = all(known.get(name) == message.get(name) for name in ("phone", "line", "template", "values"))
            return (200, {"id": known["id"]}) if same else (409, {"error": "key_used"})


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Gateway
    disable_nagle_algorithm = True  # head and body are two writes: else each answer waits 40 ms

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        if self.path == "/received":
            with self.server.lock:
                self._answer(
                    200,
                    {
                        "lines": self.server.lines,
                        "taken": self.server.taken,
                        "asked": self.server.asked,
                        "requests": self.server.requests,
                    },
                )
        elif not self._signed(b""):
            self._answer(401, {"error": "signature"})
        elif self._broken(self.server.behaviour(), before=True):
            return
        else:
            self._tell(self.path.rpartition("/")[2])

    def _tell(self, key: str) -> None:
        with self.server.lock:
            self.server.asked.append(key)
            found = next((m for m in self.server.taken if m["key"] == key), None)
        if self.server.forgets:
            self._answer(405, {"error": "no_questions"})
        else:
            self._answer(200, {"id": found["id"]}) if found else self._answer(404, {"error": "unknown"})

    def do_PUT(self) -> None:
        """A number for a line: the same one however often it is asked for."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        behaviour = self.server.behaviour()
        if self._broken(behaviour, before=True):
            return
        if not self._signed(body):
            self._answer(401, {"error": "signature"})
            return
        if "refuse" in behaviour:
            self._answer(behaviour["refuse"], {"error": "no"}, behaviour.get("retry_after"))
            return
        with self.server.lock:
            line = self.server.lines.setdefault(self._last(), {"number": f"95013-{len(self.server.lines) + 1:06}"})
            line["phone"] = json.loads(body)["phone"]
        if not self._broken(behaviour, before=False):
            self._answer(200, {"number": behaviour.get("number", line["number"])})

    def do_DELETE(self) -> None:
        if not self._signed(b""):
            self._answer(401, {"error": "signature"})
            return
        with self.server.lock:
            gone = self.server.lines.pop(self._last(), None)
        self._answer(204 if gone else 404, {})

    def _last(self) -> str:
        return self.path.rpartition("/")[2]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/control":
            with self.server.lock:
                self.server.control = {"times": 1, **json.loads(body)}
            self._answer(200, {})
        elif self.path == "/begin":
            with self.server.lock:
                self.server.begin()
            self._answer(200, {})
        elif self.path == "/report":
            self._answer(200, {"status": self._report(json.loads(body), "report", ("key", "state", "reason"))})
        elif self.path == "/heard":
            self._answer(200, {"status": self._report(json.loads(body), "heard", ("key", "line", "text"))})
        else:
            self._message(body)

    def _message(self, body: bytes) -> None:
        behaviour = self.server.behaviour()
        if self._broken(behaviour, before=True):
            return
        if not self._signed(body):
            self._answer(401, {"error": "signature"})
            return
        message = json.loads(body)
        if "line" in message:
            with self.server.lock:
                known = self.server.lines.get(message["line"])
            if known is None:
                self._answer(404, {"error": "no_line"})
                return
            message["phone"] = known["phone"]
        if not (len(message["phone"]) == 11 and message["phone"].startswith("1") and message["phone"].isdigit()):
            self._answer(400, {"error": "phone"})
            return
        if "refuse" in behaviour:
            self._answer(behaviour["refuse"], {"error": behaviour.get("error", "no")}, behaviour.get("retry_after"))
            return
        status, answer = self.server.take(self.headers["Idempotency-Key"], message)
        if not self._broken(behaviour, before=False):
            self._answer(status, answer)

    def _broken(self, behaviour: dict[str, Any], *, before: bool) -> bool:
        """Wait or drop the connection, as told, before the message is taken or after."""
        when = "before" if before else "after"
        if behaviour.get("hang") == when:
            time.sleep(behaviour["seconds"])
        if behaviour.get("drop") == when:
            self.close_connection = True
            self.connection.close()
            return True
        if not before and "answer" in behaviour:
            self._answer(behaviour["answer"], {"error": "late"})
            return True
        return False

    def _signed(self, body: bytes) -> bool:
        moment, given = self.headers.get("X-Huying-Time", ""), self.headers.get("X-Huying-Signature", "")
        signed = f"{self.command}\n{self.path}\n{moment}\n{hashlib.sha256(body).hexdigest()}"
        return hmac.compare_digest(given, hmac.digest(self.server.secret.encode(), signed.encode(), "sha256").hex())

    def _report(self, asked: dict[str, Any], word: str, names: tuple[str, ...]) -> int:
        body = json.dumps({name: asked[name] for name in names if name in asked}).encode()
        moment = str(int(time.time()) + asked.get("shift", 0))
        signed = f"{word}\n\n{moment}\n{hashlib.sha256(body).hexdigest()}"
        secret = asked.get("secret", self.server.secret).encode()
        headers = {"X-Huying-Time": moment, "X-Huying-Signature": hmac.digest(secret, signed.encode(), "sha256").hex()}
        request = urllib.request.Request(asked["to"], body, headers | {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as fault:
            return fault.code

    def _answer(self, status: int, body: dict[str, Any], retry_after: int | None = None) -> None:
        raw = b"" if status == 204 else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        if retry_after:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        self.wfile.write(raw)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("secret")
    parser.add_argument("--cert")
    parser.add_argument("--forgets", action="store_true")
    arguments = parser.parse_args()
    gateway = Gateway(arguments.port, arguments.secret, arguments.forgets)
    if arguments.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.cert)
        gateway.socket = context.wrap_socket(gateway.socket, server_side=True)
    gateway.serve_forever()
