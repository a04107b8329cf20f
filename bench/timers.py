"""The timer on a bad morning: 10,000 promises due at once, swept in batches to the first step and through all of them.

huying bench timers --json
"""

import argparse
import time
import uuid
from datetime import timedelta
from typing import Any

from common import city, own_folder, peak_mb, percentile, show


def open_calls(count: int) -> None:
    """That many calls of one street, whose answers are all due at the same moment."""
    from huying.kernel import actions
    from huying.kernel.intake import NewCall
    from huying.people.actors import SYSTEM

    text = "我们街上的路灯三天不亮了，晚上接孩子看不清台阶。"
    for first in range(0, count, 500):
        batch = min(500, count - first)
        rows = [
            NewCall(uuid.uuid4().hex, "appeal", "help", "路灯三天不亮", text, "web", area_key="500106001") for _ in range(batch)
        ]
        actions.open_calls(SYSTEM, rows)


def sweep() -> dict[str, Any]:
    """Sweep until nothing is due: steps, seconds, steps a second, and the longest that a batch kept the writer."""
    from huying.kernel import timers

    steps, held = 0, []
    began = time.perf_counter()
    while True:
        at = time.perf_counter()
        done = timers.sweep()
        held.append((time.perf_counter() - at) * 1000)
        if not done:
            break
        steps += done
    seconds = time.perf_counter() - began
    batches = held[:-1] or held
    return {
        "steps": steps,
        "seconds": round(seconds, 2),
        "steps_per_second": round(steps / seconds),
        "batch_ms_p50": round(percentile(batches, 0.5), 1),
        "batch_ms_max": round(max(batches), 1),
        "idle_sweep_ms": round(held[-1], 2),
    }


def measure(count: int) -> dict[str, Any]:
    """Open, let them fall due, sweep; then let every further step fall due, and sweep again."""
    with own_folder():
        counts = city()
        from django.db import connection

        from huying.base import clock
        from huying.kernel.models import Promise

        open_calls(count)
        first = Promise.objects.filter(what="answer").earliest("due_at").due_at
        clock.set_offset(first - clock.now() + timedelta(minutes=1))
        figures: dict[str, Any] = {"database": connection.vendor, "promises": Promise.objects.count()}
        figures["when_due"] = sweep()
        clock.set_offset(timedelta(days=60))
        figures["further_steps"] = sweep()
    return {**figures, "peak_memory_mb": peak_mb(), "pack": counts}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--promises", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    show(measure(parser.parse_args().promises))
