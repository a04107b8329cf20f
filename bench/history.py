"""A labelled history out of the pack's own duties, and a reader that learned from it: as many labels as the city has."""

import csv
import random
import subprocess
import sys
from pathlib import Path

from common import ROOT

TIMES, PIECES, PIECE = 24, 3, (8, 24)


def write(file: Path) -> int:
    """Letters of pieces of each duty's text and of one chance other's, with the duty as label; how many."""
    rng = random.Random(1)
    duties = _duties()
    rows = []
    for key, text in duties * TIMES:
        pieces = [_piece(rng, text) for _ in range(PIECES)] + [_piece(rng, rng.choice(duties)[1])]
        rng.shuffle(pieces)
        rows.append((f"您好，{'，'.join(pieces)}，请派人来看一看。", key))
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("text", "department"), *rows])
    return len(rows)


def _duties() -> list[tuple[str, str]]:
    from huying.base import yaml12  # after the folder of the run is named

    files = sorted((ROOT / "packs" / "chongqing" / "duties").glob("*.yaml"))
    return [(duty["key"], duty["text"]) for file in files for duty in yaml12.load(file.read_text("utf-8")) or ()]


def _piece(rng: random.Random, text: str) -> str:
    length = rng.randint(*PIECE)
    begin = rng.randrange(max(1, len(text) - length))
    return text[begin : begin + length]


def train(file: Path) -> subprocess.Popen[bytes]:
    """Begin learning from it, in a process of its own."""
    command = [sys.executable, "-m", "huying.config.cli", "dispatch", "train", str(file), "--json"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)


def let_run() -> None:
    """Let the newest reader run, better or not: what it costs is measured, not how good it is."""
    from huying.base import clock
    from huying.kernel import learned
    from huying.kernel.models import Learned

    newest = Learned.objects.defer("data").latest("pk")
    Learned.objects.filter(pk=newest.pk).update(runs=True, promoted_at=clock.now())
    learned.forget()
    assert learned.running() is not None
