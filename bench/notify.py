"""What telling costs: messages planned from the log, and messages sent to a gateway that runs as a process beside."""

import argparse
import os
import sys
import time
from typing import Any

from common import ROOT, city, own_folder, peak_mb, show, texts

SECRET = "a secret of the benchmark"
BATCH = 500


def measure(calls: int) -> dict[str, Any]:
    """Record calls of parties with phones, number their facts; then plan, then send."""
    sys.path.insert(0, str(ROOT))
    from tests.notify.servers import Provider, free_port  # the gateway of the contract tests

    port = free_port()
    gateway = Provider([str(ROOT / "tests" / "notify" / "provider.py"), str(port), SECRET], port)
    os.environ |= {"HUYING_TEXTS": "huying.adapters.http_texts.HttpTexts", "HUYING_TEXTS_URL": gateway.url}
    os.environ |= {"HUYING_TEXTS_SECRET": SECRET, "HUYING_SITE": "https://city.example"}
    with own_folder():
        city()
        record(calls)
        gateway.start()
        try:
            return figures(calls, plan(), send(), len(gateway.taken))
        finally:
            gateway.stop()


def record(calls: int) -> None:
    """Calls of as many people, each with the facts of its receipt, and most with those of its dispatch."""
    from huying.events.sequence import Sequencer  # all of this needs Django, which is ready only now
    from huying.kernel import actions
    from huying.kernel.intake import NewCall
    from huying.people import parties
    from huying.people.actors import Actor

    said = texts()
    for first in range(0, calls, BATCH):
        news = [
            NewCall(
                key=f"bench-{n}", kind="appeal", sort="help", title="请来看一看", text=said[n % len(said)], channel="web",
                caller=parties.draft_of_phone(f"138{n:08d}"),
            )
            for n in range(first, min(first + BATCH, calls))
        ]  # fmt: skip
        actions.open_calls(Actor(name="visitor"), news)
    Sequencer().run_dry()


def plan() -> dict[str, float]:
    """Read every fact and plan what it gives to tell."""
    from huying.notify import reader  # likewise
    from huying.notify.models import Message, Notice

    began = time.process_time()
    facts = reader.run()
    spent = time.process_time() - began
    return {"facts": facts, "notices": Notice.objects.count(), "messages": Message.objects.count(), "cpu": spent}


def send() -> dict[str, float]:
    """Hand everything over, as if its hour had come."""
    from huying.base import clock  # likewise
    from huying.notify.models import Message
    from huying.notify.sender import Sender

    Message.objects.update(next_try_at=clock.now())
    sender, sent = Sender(), 0
    began, wall = time.process_time(), time.monotonic()
    while tried := sender.once():
        sent += tried
    return {"sent": sent, "cpu": time.process_time() - began, "wall": time.monotonic() - wall}


def figures(calls: int, planned: dict[str, float], sent: dict[str, float], taken: int) -> dict[str, Any]:
    """Counts, and rates per CPU-second of the sending process alone."""
    from django.db import connection  # likewise

    return {
        "database": connection.vendor,
        "calls": calls,
        "facts": planned["facts"],
        "notices": planned["notices"],
        "messages": planned["messages"],
        "planned_per_cpu_s": round(planned["messages"] / planned["cpu"]),
        "facts_per_cpu_s": round(planned["facts"] / planned["cpu"]),
        "sent": sent["sent"],
        "taken_by_the_gateway": taken,
        "sent_per_cpu_s": round(sent["sent"] / sent["cpu"]),
        "sent_per_s": round(sent["sent"] / sent["wall"]),
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=5000)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    arguments = parser.parse_args()
    show(measure(arguments.calls))
