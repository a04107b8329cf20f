"""Answers looked over: what a check costs, and how often real answers are told each thing.

    huying bench answers FILE --json

FILE is a table (csv or csv.gz) with title, body and reply. Each reply is looked over against its message, with the pack's
plainer words; copies are not looked for. `held` is the share that would be shown to the officer before they are sent.
"""

import argparse
import csv
import gzip
import io
import time
from collections import Counter
from pathlib import Path
from typing import Any

from common import city, own_folder, percentile, show

MANY_LIGHT = 4  # as channels/desk/advising.py has it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="figures as JSON (they always are)")
    asked = parser.parse_args()
    with own_folder():
        city()
        show(measured(rows(asked.file)))


def rows(file: Path) -> list[dict[str, str]]:
    """The table."""
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def measured(table: list[dict[str, str]]) -> dict[str, Any]:
    """The shares of each kind, and the CPU time of each check."""
    from huying.city import queries
    from huying.reading.answers import LIGHT, Looked, look_over

    plainer = {row["word"]: row["plain"] for row in queries.setting("answers.plain", [])}
    told, held, times = Counter[str](), 0, list[float]()
    for row in table:
        began = time.process_time()
        found = look_over(row["reply"], Looked(row["body"], row["title"], plainer=plainer))
        times.append((time.process_time() - began) * 1000)
        told.update({one.kind for one in found} or {"nothing"})
        held += any(one.kind not in LIGHT for one in found) or len(found) >= MANY_LIGHT
    shares = {kind: round(count / len(table), 3) for kind, count in told.most_common()}
    cost = {"mean": round(sum(times) / len(times), 3), "p50": percentile(times, 0.5), "p99": percentile(times, 0.99)}
    cpu = {name: round(value, 3) for name, value in cost.items()}
    return {"answers": len(table), "shares": shares, "held": round(held / len(table), 3), "cpu_ms": cpu}


if __name__ == "__main__":
    main()
