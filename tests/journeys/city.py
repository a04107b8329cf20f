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
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
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
    more: dict[str, str]  # settings beside the demo's own

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


def environment(data: Path, more: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """This process's environment without what belongs to its own tests, and `more`."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    # what dispatch learns depends on which journeys came before: the one about learning asks for it
    return kept | {"HUYING_DATA": str(data), "HUYING_LEARNS": "0"} | dict(more)


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


def start(made: Path, data: Path, more: Mapping[str, str] = MappingProxyType({}), ahead: timedelta = timedelta()) -> City:
    """A demo of its own upon a copy of the data; its clock is `ahead` of the wall's."""
    shutil.copytree(made, data)
    _set_clock(data, ahead)
    return _serve(data, free_port(), dict(more))


def start_again(city: City, later: timedelta) -> City:
    """The same city at the same address, ended and started again, `later` by its own clock."""
    city.stop()
    assert city.complaints() == ""
    _set_clock(city.data, timedelta(seconds=float((city.data / "clock").read_text())) + later)
    return _serve(city.data, int(city.url.rpartition(":")[2]), city.more)


def _set_clock(data: Path, ahead: timedelta) -> None:
    if ahead:
        (data / "clock").write_text(str(ahead.total_seconds()))


def _serve(data: Path, port: int, more: dict[str, str]) -> City:
    log = data / "server.log"
    with log.open("wb") as out:
        command = [*HUYING, "demo", "--port", str(port)]
        process = subprocess.Popen(command, env=environment(data, more), stdout=out, stderr=out)
    city = City(f"http://127.0.0.1:{port}", data, log, process, more)
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
