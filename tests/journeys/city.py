"""The demo as a process of its own on a free port, with data that is made once and copied for whoever needs it fresh."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

PASSWORD = "huying-demo"
START_SECONDS = 60.0
OURS = ("HUYING_DATABASE_URL", "HUYING_DATA", "HUYING_DEMO", "DJANGO_SETTINGS_MODULE")  # of the tests, not of the demo
HUYING = (sys.executable, "-m", "huying.config.cli")


@dataclass(frozen=True, slots=True)
class City:
    """A demo that answers at `url`; what it says of faults stands in `log`."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the process, and only this one."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def complaints(self) -> str:
        """What the server logged of faults: nothing, in a good run."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in lines if re.search(r"ERROR|CRITICAL|Traceback", line))


def environment(data: Path) -> dict[str, str]:
    """This process's environment without what belongs to its own tests."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {"HUYING_DATA": str(data)}


def make_once(shared: Path) -> Path:
    """The demo's data, made by the first worker that asks; the others wait for it."""
    made = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = shared / "demo.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            _run("demo", "--no-serve", data=unfinished)
            unfinished.rename(made)
    return made


def _run(*words: str, data: Path) -> None:
    done = subprocess.run([*HUYING, *words], env=environment(data), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def start(made: Path, data: Path) -> City:
    """A demo of its own upon a copy of the data."""
    shutil.copytree(made, data)
    port = free_port()
    log = data / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen([*HUYING, "demo", "--port", str(port)], env=environment(data), stdout=out, stderr=out)
    city = City(f"http://127.0.0.1:{port}", data, log, process)
    _wait(city)
    return city


def _wait(city: City) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and city.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{city.url}/privacy/", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    city.stop()
    raise AssertionError(f"the demo did not start:\n{city.log.read_text(encoding='utf-8')}")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
