"""Real processes on free ports of this machine: a gateway for text messages, a mail server, and a certificate for both."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = Path(__file__).parent
SECRET = "a secret of the gateway and us"
START_SECONDS = 20.0


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A server process that can be ended and started again at the same port."""

    command: list[str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, *self.command])
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, f"{self.command}: ended"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{self.command}: does not answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)
            self.process = None


@dataclass
class Provider(Running):
    """The gateway, and what its process says it took."""

    tls: bool = False
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def behave(self, **behaviour: Any) -> None:
        """How the next request goes (`times` for more)."""
        self._post("/control", behaviour)

    def report(self, to: str, key: str, state: str, **more: Any) -> int:
        """Let it send a delivery report to us; the status we answered it with."""
        return int(self._post("/report", {"to": to, "key": key, "state": state, **more})["status"])

    def hear(self, to: str, line: str, text: str, key: str, **more: Any) -> int:
        """She answers to a line's number: let it tell us; the status we answered it with."""
        return int(self._post("/heard", {"to": to, "line": line, "text": text, "key": key, **more})["status"])

    @property
    def lines(self) -> dict[str, dict[str, str]]:
        """The relay's lines: phone and number of each."""
        found: dict[str, dict[str, str]] = self.received()["lines"]
        return found

    def received(self) -> dict[str, Any]:
        """taken: the messages it took; asked: the keys it was asked about; requests: how many."""
        with urllib.request.urlopen(f"{self.url}/received", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    @property
    def taken(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.received()["taken"]
        return found

    def _post(self, path: str, body: Any) -> Any:
        request = urllib.request.Request(self.url + path, json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)


@dataclass
class MailBox(Running):
    """The mail server, and the letters its process kept."""

    folder: Path = Path()

    def behave(self, mode: str) -> None:
        (self.folder / "mode").write_text(mode)

    @property
    def letters(self) -> list[dict[str, Any]]:
        file = self.folder / "letters.jsonl"
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


@contextmanager
def provider(*options: str, tls: bool = False) -> Iterator[Provider]:
    """A gateway that runs."""
    port = free_port()
    running = Provider([str(HERE / "provider.py"), str(port), SECRET, *options], port, tls=tls)
    running.start()
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def mail_box(folder: Path) -> Iterator[MailBox]:
    """A mail server that runs; `folder/ca.pem` is who vouches for it."""
    folder.mkdir(parents=True, exist_ok=True)
    port, cert = free_port(), certificate(folder)
    running = MailBox([str(HERE / "mail_server.py"), str(port), str(cert), str(folder)], port, folder=folder)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def certificate(folder: Path) -> Path:
    """A certificate for this machine that vouches for itself, with its key; `folder/ca.pem` is the part that is trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "ca.pem").write_bytes(pem)
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "server.pem").write_bytes(secret + pem)
    return folder / "server.pem"
