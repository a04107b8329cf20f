"""The city's key in a key service with the transit interface of HashiCorp Vault and OpenBao: the key never leaves it.

A wrapped data key is the byte 2, the key's version in four bytes, and the service's own text, `vault:v3:…`.
"""

import base64
import binascii
import json
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from huying.people.ports import ID_BYTES, KEY_BYTES, CannotOpen, KeyTrouble, key_id

WAY = b"\x02"
SECONDS = 5.0
MOST_BYTES = 64 * 1024
CONTEXT = base64.b64encode(b"huying data key").decode()


class TransitKeys:
    """Fulfils people.ports.Keeper."""

    def __init__(self) -> None:
        assert settings.KEY_SERVER is not None  # config names this adapter only where there is one
        self._server = settings.KEY_SERVER
        self._url = urlsplit(self._server.url)
        self._tls = ssl.create_default_context() if self._url.scheme == "https" else None
        if self._tls and settings.CA:
            self._tls.load_verify_locations(settings.CA)

    def newest(self) -> bytes:
        return _name(self._asked("GET", "keys")["latest_version"])

    def wrap(self, raw: bytes) -> bytes:
        answer = self._asked("POST", "encrypt", plaintext=base64.b64encode(raw).decode(), associated_data=CONTEXT)
        text = str(answer["ciphertext"])
        return WAY + _name(_version(text)) + text.encode()

    def unwrap(self, wrapped: bytes) -> bytes:
        text = wrapped[1 + ID_BYTES :].decode(errors="replace")
        if wrapped[:1] != WAY or key_id(wrapped) != _name(_version(text)):
            raise CannotOpen("not wrapped by the key service")
        answer = self._asked("POST", "decrypt", ciphertext=text, associated_data=CONTEXT)
        try:
            raw = base64.b64decode(str(answer["plaintext"]), validate=True)
        except binascii.Error as fault:
            raise self._trouble("its answer is not understood") from fault
        if len(raw) != KEY_BYTES:
            raise self._trouble("what it unwrapped is not a key")
        return raw

    def renew(self) -> bytes:
        self._asked("POST", "keys", "/rotate")
        return self.newest()

    def retire(self, gone: bytes) -> None:
        """Versions below the one after it are destroyed: the service keeps no gaps."""
        least = int.from_bytes(gone, "big") + 1
        self._asked("POST", "keys", "/config", min_decryption_version=least, min_encryption_version=0)
        self._asked("POST", "keys", "/trim", min_available_version=least)

    def _asked(self, method: str, what: str, more: str = "", **body: object) -> dict[str, Any]:
        path = f"{self._url.path}/{what}/{quote(self._server.key, safe='')}{more}"
        status, raw = self._answer(method, path, json.dumps(body).encode() if body else None)
        if what == "decrypt" and status == 400:
            raise CannotOpen("the key service does not open it")
        if status // 100 != 2:
            raise self._trouble(f"answers {status}. Check HUYING_KMS_KEY and the token's rights")
        try:
            data = json.loads(raw)["data"] if raw else {}
            if what in ("encrypt", "decrypt") or method == "GET":
                data[{"encrypt": "ciphertext", "decrypt": "plaintext"}.get(what, "latest_version")]
        except (ValueError, KeyError, TypeError) as fault:
            raise self._trouble("its answer is not understood") from fault
        return data or {}

    def _answer(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        host, port = self._url.hostname or "", self._url.port
        plain = HTTPConnection(host, port, timeout=SECONDS) if self._tls is None else None
        connection = plain or HTTPSConnection(host, port, timeout=SECONDS, context=self._tls)
        try:
            headers = {"X-Vault-Token": self._server.token, "Content-Type": "application/json"}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_BYTES)
        except (OSError, HTTPException) as fault:
            raise self._trouble(f"cannot be reached ({type(fault).__name__})") from fault
        finally:
            connection.close()

    def _trouble(self, what: str) -> KeyTrouble:
        return KeyTrouble(f"the key service {self._server.url}: {what}")


def _name(version: object) -> bytes:
    return int(str(version)).to_bytes(ID_BYTES, "big")


def _version(text: str) -> int:
    """3 of `vault:v3:…`. Raises CannotOpen."""
    parts = text.split(":")
    if len(parts) != 3 or not (parts[1][:1] == "v" and parts[1][1:].isdigit()):
        raise CannotOpen("not a text of the key service")
    return int(parts[1][1:])
