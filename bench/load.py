"""Appeals through the running server: how many a second, how long each waits, errors.

    huying bench load --clients 8 --seconds 20 --json

Starts `huying run` (SQLite FULL) or, with HUYING_DATABASE_URL, `huying web` and `huying worker` on that database, on a
free port of 127.0.0.1, and sends for a bounded time. Clients and server share the machine's cores.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from pathlib import Path
from typing import Any

from common import ROOT, own_folder, percentile, show
from create import QUESTION, STRIDE, TEXTS, TOKEN

MOST_SECONDS = 120


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def huying(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """A command of the house in a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "huying.config.cli", *arguments], cwd=ROOT, **options)


def until_up(port: int, seconds: float = 60) -> None:
    """Wait for the first page. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server did not come up")


class Client(threading.Thread):
    """Sends one appeal after another over one kept connection until the end."""

    def __init__(self, number: int, port: int, end: float, areas: list[str]) -> None:
        super().__init__()
        self.number, self.port, self.end, self.areas = number, port, end, areas
        self.taken: list[float] = []
        self.errors: list[str] = []
        self.asked = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        n = 0
        while time.monotonic() < self.end:
            n += 1
            began = time.perf_counter()
            try:
                connection.request("POST", "/appeal/", self.body(n), self.headers())
                answer = connection.getresponse()
                body = answer.read()
                if answer.status == 200 and QUESTION in body:
                    self.asked += 1
                elif answer.status not in (302, 303):
                    self.errors.append(f"status {answer.status}")
                    continue
            except OSError as fault:
                self.errors.append(repr(fault))
                connection.close()
                continue
            self.taken.append((time.perf_counter() - began) * 1000)

    def body(self, n: int) -> bytes:
        fields = {
            "csrfmiddlewaretoken": TOKEN,
            "key": uuid.uuid4().hex,
            "sort": "help",
            "text": TEXTS[(n * STRIDE + self.number * 59) % len(TEXTS)],
        }
        fields |= {"area": self.areas[(n * STRIDE + self.number * 7) % len(self.areas)], "place": "校门口", "openness": "named"}
        fields |= {"phone": f"13{self.number % 10}{n:08d}"}
        return urllib.parse.urlencode(fields).encode()

    def headers(self) -> dict[str, str]:
        return {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={TOKEN}"}


def cpu_seconds(pid: int) -> float:
    """CPU seconds of a process and of its children that live."""
    ticks = 0
    for child in [pid, *_children(pid)]:
        try:
            fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def rss_mb(pid: int) -> float:
    """Resident memory of the largest of a process and its children, in MB."""
    best = 0
    for child in [pid, *_children(pid)]:
        try:
            text = Path(f"/proc/{child}/status").read_text()
        except OSError:
            continue
        best = max(best, int(text.split("VmHWM:")[1].split()[0]))
    return round(best / 1024, 1)


def _children(pid: int) -> list[int]:
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def measure(clients: int, seconds: int, workers: int) -> dict[str, Any]:
    """Start the server, send, stop it, count."""
    with own_folder() as folder:
        subprocess.run(
            [sys.executable, "-m", "huying.config.cli", "load", str(ROOT / "packs" / "chongqing")],
            cwd=ROOT,
            check=True,
            stdout=sys.stderr,
        )
        areas = _areas()
        port = free_port()
        apart = bool(os.environ.get("HUYING_DATABASE_URL"))
        pages = ["web", "--workers", str(workers)] if apart else ["run"]
        servers = [huying(*pages, "--port", str(port), stdout=sys.stderr)]
        if apart:
            servers.append(huying("worker", stdout=sys.stderr))
        try:
            until_up(port)
            before = sum(cpu_seconds(s.pid) for s in servers)
            end = time.monotonic() + min(seconds, MOST_SECONDS)
            began = time.monotonic()
            threads = [Client(n, port, end, areas) for n in range(clients)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            span = time.monotonic() - began
            spent = sum(cpu_seconds(s.pid) for s in servers) - before
            memory = max(rss_mb(s.pid) for s in servers)
        finally:
            for server in servers:
                server.send_signal(signal.SIGTERM)
                server.wait(20)
        assert folder.exists()
    taken = [ms for t in threads for ms in t.taken]
    errors = [e for t in threads for e in t.errors]
    asked = sum(t.asked for t in threads)
    return {
        "database": "postgresql" if apart else "sqlite",
        "creates": len(taken) - asked,
        "asked_whether_the_same": asked,
        "creates_per_second": round((len(taken) - asked) / span, 1),
        "p50_ms": round(percentile(taken, 0.5), 1),
        "p99_ms": round(percentile(taken, 0.99), 1),
        "errors": len(errors),
        "first_errors": errors[:3],
        "server_cpu_ms": round(spent / max(1, len(taken)) * 1000, 2),
        "server_memory_mb": memory,
        "web_processes": workers if apart else 1,
        "clients": clients,
        "seconds": seconds,
    }


def _areas() -> list[str]:
    """Keys of streets, read from the pack's own file."""
    lines = (ROOT / "packs" / "chongqing" / "areas.csv").read_text().splitlines()
    names = lines[0].split(",")
    rows = [dict(zip(names, line.split(","), strict=False)) for line in lines[1:]]
    return [r["key"] for r in rows if r["level"] == "street" and not r["valid_to"]]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes of pages; with PostgreSQL alone")
    arguments = parser.parse_args()
    show(measure(arguments.clients, arguments.seconds, arguments.workers))
