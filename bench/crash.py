"""kill -9 of web and worker under load: nothing acknowledged is lost, nothing is doubled by sending again.

    huying bench crash --kills 20 --json

Runs `huying web` and `huying worker` as processes of their own, on SQLite or on the database of HUYING_DATABASE_URL, at a
free port of 127.0.0.1. A few clients send appeals, each with a key of its own, and send the same again until the city says
it has it (and now and then once more after that). Asked whether they mean what others told nearby, some join it and most go
on. Meanwhile both processes are killed, again and again. At the end the tables are compared with what was acknowledged, and
the log is checked: each fact against its commitment, versions without gaps, states rebuilt from the facts against the tables.

Ends with 1 when something was lost or doubled, the log does not verify, or a client gave up: then there was too little load.
"""

import argparse
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from common import ROOT, own_folder, percentile, show
from create import QUESTION, STRIDE, TEXTS, TOKEN
from load import _areas, free_port, until_up

MOST_KILLS = 100
PAUSE_SECONDS = 0.1  # between two appeals of one client: the load is bounded
CATCH_UP_SECONDS = 90
AGAIN_SHARE = 0.2  # of acknowledged appeals are sent once more
LIKE_BEFORE = 5  # every fifth appeal is about the same, in the same street, as the one before
JOIN_SHARE = 0.3  # of those asked whether they mean the same join it
OFFERED = re.compile(rb'name="join" value="([^"]+)"')  # what is there already, the likeliest first, and last: none of them


@dataclass(slots=True)
class Ack:
    """The city's word that it has an appeal: the number it gave, and how long that took with all sending again."""

    key: str
    number: str
    seconds: float


class Sender(threading.Thread):
    """Sends one appeal after another, each until it is acknowledged, until `stop` is set."""

    def __init__(self, number: int, port: int, areas: list[str], stop: threading.Event) -> None:
        super().__init__()
        self.number, self.port, self.areas, self.stop = number, port, areas, stop
        self.random = random.Random(number)
        self.acks: list[Ack] = []
        self.resent = self.asked = self.joined = 0
        self.fault = ""

    def run(self) -> None:
        n = 0
        try:
            while not self.stop.is_set():
                n += 1
                self.tell(n)
                time.sleep(PAUSE_SECONDS)
        except AssertionError as fault:
            self.fault = str(fault)

    def tell(self, n: int) -> None:
        """One appeal until it is acknowledged, now and then sent once more as it was."""
        key = f"crash-{uuid.uuid4().hex}"
        body = self.body(key, n)
        began = time.monotonic()
        number = self.until_acknowledged(body)
        self.acks.append(Ack(key, number, time.monotonic() - began))
        if self.random.random() < AGAIN_SHARE:
            self.resent += 1
            self.acks.append(Ack(key, self.until_acknowledged(body), 0.0))

    def until_acknowledged(self, body: bytes) -> str:
        """Send until the city answers with a number. Raises AssertionError: it refused, or asked what it had an answer to."""
        answered = body
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                connection.request("POST", "/appeal/", answered, self.headers())
                answer = connection.getresponse()
                page = answer.read()
                if answer.status in (302, 303):
                    return number_in(answer.headers.get_all("Set-Cookie") or [])
                if answer.status < 500:
                    assert answer.status == 200 and QUESTION in page and answered is body, f"status {answer.status}"
                    answered = body + b"&join=" + self.word(page)
                    continue
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            self.resent += 1
            time.sleep(0.1)

    def word(self, page: bytes) -> bytes:
        """What this client says when asked whether she means what is there already: the button's value."""
        first, *_others, none = OFFERED.findall(page)
        joins = self.random.random() < JOIN_SHARE
        self.asked, self.joined = self.asked + 1, self.joined + joins
        return urllib.parse.quote_plus(first if joins else none).encode()

    def body(self, key: str, n: int) -> bytes:
        what = n - (n % LIKE_BEFORE == 0)
        text = TEXTS[(what * STRIDE + self.number * 59) % len(TEXTS)]
        fields = {"csrfmiddlewaretoken": TOKEN, "key": key, "sort": "help", "text": text}
        fields |= {"area": self.areas[(what * 13 + self.number) % len(self.areas)], "place": "校门口", "openness": "named"}
        return urllib.parse.urlencode(fields | {"phone": f"13{self.number % 10}{n:08d}"}).encode()

    def headers(self) -> dict[str, str]:
        return {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={TOKEN}"}


def number_in(cookies: list[str]) -> str:
    """The call's number, out of the cookie that the next page reads."""
    from django.core import signing  # the key to it lies in the folder that own_folder has made

    for line in cookies:
        morsel = SimpleCookie(line).get("done")
        if morsel:
            return str(signing.loads(morsel.value, salt="huying.done")[1])
    raise AssertionError("acknowledged without a number")


class Server:
    """A command of the house that can be killed with all its children and started again."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.start()

    def start(self) -> None:
        """Start it in a process group of its own."""
        command = [sys.executable, "-m", "huying.config.cli", *self.arguments]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=quiet, stderr=quiet)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End the whole group at once, without a word of warning, and reap it."""
        os.killpg(self.process.pid, number)
        self.process.wait(30)


def measure(kills: int, clients: int) -> dict[str, Any]:
    """Load the pack, start, send and kill; then compare."""
    with own_folder():
        load = [sys.executable, "-m", "huying.config.cli", "load", str(ROOT / "packs" / "chongqing")]
        subprocess.run(load, cwd=ROOT, check=True, stdout=sys.stderr)
        from huying.config import setup  # settings read the folder's name, which own_folder has just set

        setup.ready(migrate=False)
        port, stop = free_port(), threading.Event()
        servers = {"web": Server("web", "--port", str(port)), "worker": Server("worker")}
        threads = [Sender(n, port, _areas(), stop) for n in range(clients)]
        try:
            until_up(port)
            for thread in threads:
                thread.start()
            killed = kill_again_and_again(servers, port, kills)
            stop.set()
            for thread in threads:
                thread.join(60)
            behind = catch_up()
        finally:
            stop.set()
            for server in servers.values():
                server.kill(signal.SIGTERM)
        return figures(threads, killed, behind)


def kill_again_and_again(servers: dict[str, Server], port: int, kills: int) -> dict[str, int]:
    """Each round kills worker and web at moments of their own and starts them again; how often each was killed."""
    moments, killed = random.Random(20), dict.fromkeys(servers, 0)
    for turn in range(min(kills, MOST_KILLS)):
        names = ("web", "worker") if turn % 2 else ("worker", "web")
        time.sleep(moments.uniform(0.4, 1.6))
        for name in names:
            servers[name].kill()
            killed[name] += 1
            time.sleep(moments.uniform(0, 0.3))
        for name in names:
            servers[name].start()
        until_up(port)
    time.sleep(1)
    return killed


def catch_up() -> int:
    """Wait until the worker has numbered every fact; how many are left when time is over."""
    from huying.events.models import Fact, FactOrder  # its models need Django, which is ready only now

    end = time.monotonic() + CATCH_UP_SECONDS
    while (behind := Fact.objects.count() - FactOrder.objects.count()) and time.monotonic() < end:
        time.sleep(0.5)
    return behind


def figures(threads: list[Sender], killed: dict[str, int], behind: int) -> dict[str, Any]:
    """What was acknowledged against what the tables and the log say."""
    from django.db import connection  # likewise

    from huying.events.verify import verify
    from huying.kernel import rebuild
    from huying.kernel.models import Call

    acks = [ack for thread in threads for ack in thread.acks]
    numbers = dict(Call.objects.filter(key__startswith="crash-").values_list("key", "number"))
    keys, pairs = {ack.key for ack in acks}, {(ack.key, ack.number) for ack in acks}
    checked, different = verify(), list(rebuild.differences())
    waited = [ack.seconds for ack in acks if ack.seconds]
    return {
        "database": connection.vendor,
        "kills": min(killed.values()),
        "killed": killed,
        "acknowledged": len(keys),
        "lost": sum(numbers.get(ack.key) != ack.number for ack in acks),
        "doubled": Call.objects.count() - len(numbers) + len(pairs) - len(keys),
        "log_verifies": not (checked.faults or different or behind),
        "log_faults": [*checked.named, *different[:20]],
        "facts": checked.facts,
        "facts_unnumbered": behind,
        "resent": sum(thread.resent for thread in threads),
        "longest_wait_s": round(max(waited), 1),
        "p50_wait_s": round(percentile(waited, 0.5), 2),
        "clients": len(threads),
        "clients_stuck": sum(thread.is_alive() for thread in threads),
        "clients_gave_up": [thread.fault for thread in threads if thread.fault],
        "asked_whether_the_same": sum(thread.asked for thread in threads),
        "joined": sum(thread.joined for thread in threads),
    }


def holds(found: dict[str, Any]) -> bool:
    """Whether nothing was lost or doubled, the log verifies, and every client worked to the end."""
    nothing = ("lost", "doubled", "clients_stuck", "clients_gave_up")
    return bool(found["acknowledged"] and found["log_verifies"]) and not any(found[name] for name in nothing)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="rounds; each kills web and worker once")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    arguments = parser.parse_args()
    result = measure(arguments.kills, arguments.clients)
    show(result)
    sys.exit(0 if holds(result) else 1)
