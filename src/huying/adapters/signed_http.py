"""Signed JSON over HTTP, as both the gateway for text messages and the relay speak it (docs/telling.md).

The standard library's client is enough: few requests, no redirects, no cookies, no proxies out of the environment, and
every wait bounded. A connection is kept for the next message only where the gateway keeps to keys: on a connection that the
other side has just closed nobody knows whether the request was read.
"""

import hashlib
import hmac
import json
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from huying.base import clock
from huying.base.outside import Forged, NotDelivered, Refused, Unsure

SECONDS = 10.0  # each wait: for the connection, and for each piece of the answer
MOST_BYTES = 64 * 1024  # of an answer
SKEW_SECONDS = 300.0  # older reports are somebody's recording
NOT_TAKEN = {429, 503}
_CODE = re.compile(r"[\w.:-]{1,60}")


class SignedHttp:
    """One gateway: its address, our name there, and the secret that signs both ways. `settings_of` names what to check."""

    def __init__(self, url: str, account: str, secret: str, *, keeps: bool, settings_of: str) -> None:
        self._url, self._account, self._secret = urlsplit(url), account, secret
        self._keeps, self._settings_of = keeps, settings_of
        self._kept = threading.local()
        self._tls = ssl.create_default_context() if self._url.scheme == "https" else None
        if self._tls and settings.CA:
            self._tls.load_verify_locations(settings.CA)

    def told(self, word: str, headers: Mapping[str, str], body: bytes) -> Any:
        """What the other side tells us by itself, signed over `word`. Raises Forged."""
        moment, given = headers.get("X-Huying-Time", ""), headers.get("X-Huying-Signature", "")
        if not hmac.compare_digest(given.encode(), self._signature(word, "", moment, body).encode()):
            raise Forged("the signature does not fit")
        if not moment.isdigit() or abs(int(moment) - clock.now().timestamp()) > SKEW_SECONDS:
            raise Forged("too old, or the clocks differ by more than five minutes")
        try:
            return json.loads(body)
        except ValueError as fault:
            raise Forged("not JSON") from fault

    def fault(self, status: int, answer: Any, wait: int) -> NotDelivered:
        """What a status that is no success means for this message."""
        if status in NOT_TAKEN:
            return NotDelivered(f"the gateway answers {status}", wait=wait, down=True)
        if status >= 500:
            return Unsure(f"the gateway answers {status}", wait=wait, down=True)
        if status in (401, 403) or status // 100 == 3:
            return NotDelivered(f"the gateway answers {status}: check {self._settings_of}_URL, _ID and _SECRET", down=True)
        said = code(answer.get("error", "") if isinstance(answer, dict) else "")
        return Refused(f"the gateway refuses it: {status} {said}")

    def ask(self, key: str) -> str | None:
        """What it calls the message of that key; None when it has none. Raises NotDelivered."""
        try:
            status, answer, wait = self.request("GET", f"/messages/{key}", b"", key)
        except Unsure as fault:  # a question changes nothing
            raise NotDelivered(str(fault), down=True) from fault
        if status == 404:
            return None
        if status == 200:
            return id_of(answer)
        raise NotDelivered(f"the gateway answers {status}", wait=wait, down=True)

    # --- One request --------------------------------------------------------------------------------------------------

    def request(self, method: str, path: str, body: bytes, key: str) -> tuple[int, Any, int]:
        """Status, answer, and how long to wait. Raises NotDelivered (no connection), Unsure (it broke afterwards)."""
        kept: HTTPConnection | None = getattr(self._kept, "connection", None)
        if kept is not None:
            try:
                return self._asked(kept, method, path, body, key)
            except Unsure:
                self._drop()  # closed while it lay idle: once more on a fresh one, under the same key
        return self._asked(self._connected(), method, path, body, key)

    def _asked(self, connection: HTTPConnection, method: str, path: str, body: bytes, key: str) -> tuple[int, Any, int]:
        whole = self._url.path + path
        try:
            connection.request(method, whole, body or None, self._headers(method, whole, body, key))
            response = connection.getresponse()
            raw = response.read(MOST_BYTES + 1)
        except (OSError, HTTPException) as fault:
            self._drop()
            raise Unsure(f"the gateway's connection broke ({type(fault).__name__})", down=True) from fault
        self._keep(connection, response)
        try:
            answer = json.loads(raw) if raw else {}
        except ValueError:
            answer = {}
        return response.status, answer, _wait(response.headers.get("Retry-After", ""))

    def _connected(self) -> HTTPConnection:
        host, port = self._url.hostname or "", self._url.port
        made = HTTPConnection(host, port, timeout=SECONDS) if self._tls is None else None
        connection = made or HTTPSConnection(host, port, timeout=SECONDS, context=self._tls)
        try:
            connection.connect()
        except OSError as fault:
            raise NotDelivered(f"the gateway cannot be reached ({type(fault).__name__})", down=True) from fault
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _keep(self, connection: HTTPConnection, response: HTTPResponse) -> None:
        if self._keeps and not response.will_close and response.isclosed():
            self._kept.connection = connection
        else:
            connection.close()
            self._kept.connection = None

    def _drop(self) -> None:
        kept, self._kept.connection = getattr(self._kept, "connection", None), None
        if kept is not None:
            kept.close()

    def _headers(self, method: str, path: str, body: bytes, key: str) -> dict[str, str]:
        moment = str(int(clock.now().timestamp()))
        return {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Huying-Account": self._account,
            "X-Huying-Time": moment,
            "X-Huying-Signature": self._signature(method, path, moment, body),
        }

    def _signature(self, method: str, path: str, moment: str, body: bytes) -> str:
        signed = f"{method}\n{path}\n{moment}\n{hashlib.sha256(body).hexdigest()}"
        return hmac.digest(self._secret.encode(), signed.encode(), "sha256").hex()


def id_of(answer: Any) -> str:
    """What the other side calls what it took. Raises Unsure."""
    found = answer.get("id") if isinstance(answer, dict) else None
    if not found:
        raise Unsure("the gateway's answer is not understood")
    return str(found)[:80]


def code(text: object) -> str:
    """A reason as a code; anything else could hold a phone number."""
    found = str(text)
    return found if _CODE.fullmatch(found) and not re.search(r"\d{7}", found) else ""


def _wait(text: str) -> int:
    return min(int(text), 3600) if text.isascii() and text.isdigit() else 0
