"""Real processes on free ports of this machine: a gateway for text messages, a mail server, and a certificate for both."""

import atexit
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar

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
    hangs: bool = False  # a request may still wait in it, and be taken after the test that sent it

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

    @property
    def runs(self) -> bool:
        """Whether it was neither ended nor has it ended."""
        return self.process is not None and self.process.poll() is None

    def begin(self) -> None:
        """Forget whatever it took, and how it was told to behave."""

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

    def begin(self) -> None:
        self._post("/begin", {})

    def behave(self, **behaviour: Any) -> None:
        """How the next request goes (`times` for more)."""
        self.hangs = self.hangs or "hang" in behaviour
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

    def begin(self) -> None:
        for name in ("letters.jsonl", "mode"):
            (self.folder / name).unlink(missing_ok=True)

    def behave(self, mode: str) -> None:
        (self.folder / "mode").write_text(mode)

    @property
    def letters(self) -> list[dict[str, Any]]:
        file = self.folder / "letters.jsonl"
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


# Those that nobody uses now, by their options. A process is begun once and serves one test after another: it starts longer than
# most of them take.
_idle: dict[tuple[str, ...], list[Running]] = {}
_R = TypeVar("_R", bound=Running)


@contextmanager
def provider(*options: str, tls: bool = False) -> Iterator[Provider]:
    """A gateway that runs and has taken nothing yet."""

    def new() -> Provider:
        port = free_port()
        return Provider([str(HERE / "provider.py"), str(port), SECRET, *options], port, tls=tls)

    if tls:  # with a certificate of its test
        running = new()
        running.start()
        try:
            yield running
        finally:
            running.stop()
        return
    with _lent(("provider", *options), new) as lent:
        yield lent


@contextmanager
def mail_box() -> Iterator[MailBox]:
    """A mail server that runs and holds no letter; its `folder/ca.pem` is who vouches for it."""

    def new() -> MailBox:
        folder, port = Path(tempfile.mkdtemp(prefix="huying-box-")), free_port()
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return MailBox([str(HERE / "mail_server.py"), str(port), str(certificate(folder)), str(folder)], port, folder=folder)

    with _lent(("mail",), new) as lent:
        yield lent


@contextmanager
def _lent(kind: tuple[str, ...], new: Callable[[], _R]) -> Iterator[_R]:
    """One that is idle, or a new one; idle again afterwards, where the test did not end it."""
    idle: list[_R] = _idle.setdefault(kind, [])  # type: ignore[assignment]
    running = idle.pop() if idle else new()
    if not running.runs:
        running.start()
        atexit.register(running.stop)
    running.begin()
    try:
        yield running
    finally:
        if running.hangs:
            running.stop()
        elif running.runs:
            idle.append(running)


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
