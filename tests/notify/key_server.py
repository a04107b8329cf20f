"""A key service of its own process that speaks the transit interface: versions of a key, wrap, unwrap, rotate, trim."""

import base64
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "a token of the key service"
versions: dict[int, bytes] = {1: os.urandom(32)}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(*self._right(lambda: (200, {"data": {"latest_version": max(versions)}})))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body: dict[str, Any] = json.loads(raw) if raw else {}
        self._answer(*self._right(lambda: self._done(self.path.split("/")[3:], body)))

    def _right(self, then: Any) -> tuple[int, Any]:
        return then() if self.headers.get("X-Vault-Token") == TOKEN else (403, {"errors": ["permission denied"]})

    def _done(self, parts: list[str], body: dict[str, Any]) -> tuple[int, Any]:
        if parts[1] != "huying":
            return 404, {"errors": []}
        if parts[0] == "encrypt":
            newest, nonce = max(versions), os.urandom(12)
            bound = base64.b64decode(body["associated_data"])
            text = nonce + AESGCM(versions[newest]).encrypt(nonce, base64.b64decode(body["plaintext"]), bound)
            return 200, {"data": {"ciphertext": f"vault:v{newest}:{base64.b64encode(text).decode()}"}}
        if parts[0] == "decrypt":
            try:
                version, text = int(body["ciphertext"].split(":")[1][1:]), base64.b64decode(body["ciphertext"].split(":")[2])
                raw = AESGCM(versions[version]).decrypt(text[:12], text[12:], base64.b64decode(body["associated_data"]))
            except (InvalidTag, KeyError, ValueError):
                return 400, {"errors": ["cannot decrypt"]}
            return 200, {"data": {"plaintext": base64.b64encode(raw).decode()}}
        if parts[2] == "rotate":
            versions[max(versions) + 1] = os.urandom(32)
        if parts[2] == "trim":
            for old in [v for v in versions if v < body["min_available_version"]]:
                del versions[old]
        return 204, None

    def _answer(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode() if body is not None else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *said: Any) -> None:
        """Nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
