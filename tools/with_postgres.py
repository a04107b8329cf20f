"""Run a command beside a PostgreSQL of its own, and stop that server whatever happens.

    python tools/with_postgres.py COMMAND ARGUMENT...

The cluster lies in a temporary folder, listens on a free port of 127.0.0.1, keeps fsync on, and belongs to the user
`postgres` when this runs as root (initdb refuses root). The command finds it by HUYING_DATABASE_URL. Only the server
that was started here is ever stopped, by its own process id.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SERVER_USER = "postgres"
START_SECONDS = 60


class NoServer(RuntimeError):
    """PostgreSQL is missing or does not start; the message says what to do."""


def binaries() -> Path:
    """The folder of the newest installed server's programs. Raises NoServer."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    raise NoServer("PostgreSQL is missing: run tools/setup test")


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner() -> str | None:
    """The user the server must run as: its own when we are root, else ourselves (None)."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SERVER_USER)
    except KeyError as fault:
        raise NoServer(f"initdb refuses root, and there is no user {SERVER_USER}: run tools/setup test") from fault
    return SERVER_USER


def _make_cluster(folder: Path, password: str, owner: str | None) -> None:
    secret = folder / "password"
    secret.write_text(password)
    for path in (folder, secret):
        path.chmod(0o700)
        if owner:
            shutil.chown(path, owner, owner)
    command: list[str | Path] = [binaries() / "initdb", "-D", folder / "data", "-U", "huying", f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
    done = subprocess.run(command, user=owner, group=owner, extra_groups=[] if owner else None, cwd="/", capture_output=True)
    if done.returncode:
        raise NoServer(done.stderr.decode(errors="replace"))


def _start(folder: Path, port: int, owner: str | None) -> subprocess.Popen[bytes]:
    command: list[str | Path] = [
        binaries() / "postgres",
        "-D",
        folder / "data",
        "-p",
        str(port),
        "-k",
        folder,
        "-c",
        "listen_addresses=127.0.0.1",
    ]
    command += ["-c", "max_connections=100", "-c", "shared_buffers=256MB", "-c", "timezone=UTC"]
    groups: list[str] | None = [] if owner else None
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C reaches us first, and we stop it in order.
        return subprocess.Popen(
            command, user=owner, group=owner, extra_groups=groups, cwd="/", stdout=log, stderr=log, start_new_session=True
        )


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoServer(log.read_text(errors="replace"))
        time.sleep(0.1)


def _answers(port: int) -> bool:
    program = binaries() / "pg_isready"
    return subprocess.run([program, "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode == 0


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh server, which lives as long as the block. Raises NoServer."""
    owner, password, port = _owner(), secrets.token_hex(16), free_port()
    folder = Path(tempfile.mkdtemp(prefix="huying-pg-"))
    server = None
    try:
        _make_cluster(folder, password, owner)
        server = _start(folder, port, owner)
        _wait_for(server, port, folder / "log")
        yield f"postgres://huying:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # fast shutdown: no waiting for clients
            server.wait(START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    """Run `command` with the address in its environment; its exit code is ours."""
    if not command:
        print(__doc__)
        return 2
    # So that the server is stopped too when somebody stops us.
    signal.signal(signal.SIGTERM, _stop)
    try:
        with postgres() as address:
            return subprocess.run(command, env={**os.environ, "HUYING_DATABASE_URL": address}, check=False).returncode
    except NoServer as fault:
        print(f"PostgreSQL: {fault}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
