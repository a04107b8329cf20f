"""How fast and how sure dispatch suggests a bearer, on a file of messages.

    python bench/dispatch.py --messages FILE [--limit N] [--json]

FILE is a CSV (gz too) with a column `text`, or `title` and `body`. The messages are read, measured and forgotten; the
city is the pack in packs/chongqing, loaded into a database of its own in a temporary folder. Prints CPU-milliseconds
for a message (the whole of suggest(), the pack's mark included), messages per CPU-second, and `coverage`: the share of
messages whose duty is sure enough, by the pack's own threshold, to go out by itself once the place is known.
"""

import argparse
import csv
import gzip
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs" / "chongqing"


def messages_of(path: Path, limit: int) -> list[str]:
    """The texts of `path`, at most `limit` of them."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))[:limit]
    return [row.get("text") or f"{row.get('title', '')}。{row.get('body', '')}" for row in rows]


def prepare(folder: str) -> None:
    """A database of its own under `folder`, with the pack loaded."""
    os.environ["HUYING_DATA"] = folder
    os.environ.pop("HUYING_DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")
    # Only now: settings read the environment when they are imported.
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from huying.city import pack  # models need django.setup() first

    pack.load(PACK)


def cpu_ms(act: Callable[[str], Any], texts: Sequence[str]) -> list[float]:
    """CPU-milliseconds of this process for `act` on each text."""
    spent = []
    for text in texts:
        started = time.process_time_ns()
        act(text)
        spent.append((time.process_time_ns() - started) / 1e6)
    return spent


def measure(texts: Sequence[str]) -> dict[str, Any]:
    """The figures, on the prepared city. Each message is said to come from the city's first street."""
    from huying.city.models import Area, Setting  # after prepare()
    from huying.kernel import dispatch

    area = Area.objects.filter(level="street", valid_to=None).order_by("key").first()
    threshold = Setting.objects.filter(key="dispatch.confidence").values_list("value", flat=True).first() or 0.9
    dispatch.suggest(texts[0], area)  # the first one reads the city
    spent = cpu_ms(lambda text: dispatch.suggest(text, area), texts)
    plain = cpu_ms(lambda text: dispatch.suggest(text[:150], area), texts)
    sure = [found[0].confidence >= threshold for found in (dispatch.suggest(text, area) for text in texts) if found]
    return {
        "messages": len(texts),
        "median_length": statistics.median(map(len, texts)),
        "cpu_ms_mean": round(statistics.mean(spent), 3),
        "cpu_ms_p99": round(statistics.quantiles(spent, n=100)[98], 3),
        "cpu_ms_of_150_characters": round(statistics.mean(plain), 3),
        "messages_per_cpu_second": round(1000 / statistics.mean(spent)),
        "suggested": round(len(sure) / len(texts), 3),
        "threshold": threshold,
        "coverage": round(sum(sure) / len(texts), 3),
    }


def main() -> int:
    """Read the command line, measure, print. Ends with 2 and one line where the messages are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=Path, required=True, help="CSV or CSV.gz with text, or title and body")
    parser.add_argument("--limit", type=int, default=3000, help="read at most this many messages")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    if not options.messages.is_file():
        print(f"{options.messages}: no such file; dispatch was not measured. Name a CSV of messages.", file=sys.stderr)
        return 2
    texts = messages_of(options.messages, options.limit)
    if len(texts) < 2:
        print(f"{options.messages}: fewer than two messages; dispatch was not measured.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
        prepare(folder)
        figures = measure(texts)
    print(json.dumps(figures) if options.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
