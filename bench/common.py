"""What every benchmark shares: a folder and a database of its own, the pack, CPU time and memory read from the system."""

import json
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def own_folder() -> Iterator[Path]:
    """A fresh HUYING_DATA on a real disk, removed afterwards. BENCH_DIR names another place (a tmpfs would flatter fsync)."""
    base = Path(os.environ.get("BENCH_DIR", ROOT / "build"))
    base.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=base))
    os.environ["HUYING_DATA"] = str(folder)
    os.environ["HUYING_APPEALS_PER_ADDRESS"] = str(10**9)  # counted as ever, and never too many
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def city() -> dict[str, int]:
    """Set Django up, make the database and load the pack; the pack's counts."""
    from huying.config import setup

    setup.ready()
    from django.conf import settings

    from huying.city import pack

    pack.load(settings.PACK)
    from huying.city.models import Area, Department, Duty

    return {"areas": Area.objects.count(), "departments": Department.objects.count(), "duties": Duty.objects.count()}


def peak_mb() -> float:
    """The largest memory this process has held, in MB (Linux counts ru_maxrss in KB)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def floor_cpu_ms(folder: Path, times: int = 300) -> float:
    """The floor: one row inserted with sqlite3 alone, one commit each, WAL and synchronous=FULL. CPU milliseconds each."""
    db = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE call (id INTEGER PRIMARY KEY, number TEXT UNIQUE, text TEXT)")
    began = time.process_time()
    for n in range(times):
        db.execute("INSERT INTO call (number, text) VALUES (?, ?)", (str(n), "路灯不亮" * 30))
    return round((time.process_time() - began) / times * 1000, 3)


def texts() -> list[str]:
    """What people write about, one for each duty of the pack: no two alike, so few are asked whether they mean the same."""
    found = []
    for file in sorted((ROOT / "packs" / "chongqing" / "duties").glob("*.yaml")):
        found += [line.split("text:", 1)[1].strip() for line in file.read_text().splitlines() if line.startswith("  text:")]
    return [f"您好，{text}请派人来看一看。" for text in found]


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show(figures: dict[str, Any]) -> None:
    """Print the figures as JSON."""
    json.dump(figures, sys.stdout, ensure_ascii=False, indent=1)
    print()
