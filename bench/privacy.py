"""Identifiers cut out at intake: how many are found in marked sentences, and what is left where messages were taken in.

    huying bench privacy --json                          the sentences of the project
    huying bench privacy --json --sentences FILE...      sentences that somebody else has marked
    huying bench privacy --json --messages FILE...       and messages of other systems

Each table of messages is imported by the command itself into a database of its own. Then mobile and identity numbers are looked
for, by patterns that share no code with the rules, in every column of every table, in the database's own files, in the lines of
the log, in what the commands print, and in every receipt. A table of this benchmark's making comes first: a number in
each row, in many writings.
"""

import argparse
import csv
import gzip
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from common import own_folder, show, texts

from huying.people.cutting import cut
from huying.people.tests.marked import OPEN_HALF, Found, Marked, judge, sentences

LATER = tuple(f"sentences_{name}.jsonl" for name in ("more", "third", "fourth", "fifth"))
TIMES = 5  # that each sentence is cut, for the CPU time
READ_OUT = str.maketrans("零〇○一幺壹二两贰三叁四肆五伍六陆七柒八捌九玖", "00011122233445566778899")
BETWEEN = re.compile(r"[ .,、/_*·\-—–－~\u200b-\u200d\ufeff]")
_GAP = r"[ .\-—]?"
MOBILE = re.compile(rf"(?<![0-9A-Za-z])1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9A-Za-z])")
IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z])[1-8][0-9]{{5}}{_GAP}(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])"
    rf"{_GAP}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
)
PLANTED = re.compile(r"(?=(1[3-9][0-9]{9}))|(?=(50[0-9]{15}[0-9X]))")
TOKEN = re.compile("〔(电话|身份证|车牌|账号|姓名|门牌)")
WRITINGS = (
    "{0}",
    "+86 {0}",
    "{1} {2} {3}",
    "{1}-{2}-{3}",
    "{1}.{2}.{3}",
    "{1}、{2}、{3}",
    "{1}—{2}—{3}",
    "{1}{2} {3}",
    "{spaced}",
    "{full}",
    "{said}",
)
RECEIPTS = """
import importlib
from huying.config import setup
setup.ready()
from huying.events import checkpoints, sequence
from huying.kernel.models import Call
sequence.Sequencer().run_dry()
checkpoints.sign()
made = importlib.import_module("huying.kernel.queries.receipt")._made  # whoever asks
for call in Call.objects.iterator():
    print(made(call).document.decode())
"""
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
SAID = str.maketrans("0123456789", "零一二三四五六七八九")


def main(files: list[Path], rows: int, marked: list[Path]) -> dict[str, Any]:
    """Every figure."""
    # locked sentences only where somebody names their file: what everybody sees at each run is soon tuned on
    known = [OPEN_HALF, *map(OPEN_HALF.with_name, LATER)]
    figures: dict[str, Any] = {file.stem: told(sentences(file)) for file in marked or known}
    if marked and not files:
        return figures
    with own_folder() as folder:
        file, numbers = planted(folder / "planted.csv", rows)
        figures["planted"] = {"numbers": len(numbers), **imported(file, folder / "planted", numbers)}
        for n, path in enumerate(files):
            figures[path.name] = {**imported(path, folder / str(n), set()), "replies": replies(path)}
    return figures


def told(rows: list[Marked]) -> dict[str, Any]:
    """Recall and precision, whole and by kind, and the CPU time of cutting a text; no words of the sentences."""
    found = judge(rows)
    began = time.process_time()
    for row in rows * TIMES:
        cut(row.text)
    cpu = time.process_time() - began
    return {
        "sentences": len(rows),
        "recall": round(found.recall, 4),
        "precision": round(found.precision, 4),
        "by_kind": {kind: by_kind(found, kind) for kind in sorted({*found.spans, *found.cuts})},
        "cpu_ms_a_text": round(cpu / (len(rows) * TIMES) * 1000, 3),
        "characters_a_text": round(sum(len(row.text) for row in rows) / len(rows)),
    }


def by_kind(found: Found, kind: str) -> dict[str, Any]:
    """Of one kind: spans found of those there are, cuts that are none of those made."""
    spans, cuts = found.spans[kind], found.cuts[kind]
    return {
        "recall": round(found.found[kind] / spans, 4) if spans else None,
        "precision": round(1 - found.false[kind] / cuts, 4) if cuts else None,
        "found": f"{found.found[kind]}/{spans}",
        "false": f"{found.false[kind]}/{cuts}",
    }


def planted(path: Path, rows: int) -> tuple[Path, set[str]]:
    """A table in which every row holds a mobile or an identity number, and these numbers."""
    dice, said, numbers = random.Random(6), texts(), set()
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("编号", "用户", "标题", "时间", "内容"))
        for n in range(rows):
            text = said[n % len(said)]
            if n % 3:
                number = f"1{dice.randrange(3, 10)}{dice.randrange(10**9):09}"
                written, before = write(number, n), dice.choice(("请打", "电话", "我的号码", "手机：", "联系", "（"))
            else:
                born = f"19{dice.randrange(40, 100)}{dice.randrange(1, 13):02}{dice.randrange(1, 29):02}"
                number = f"500{dice.randrange(101, 244)}{born}"
                number += f"{dice.randrange(1000):03}{dice.choice('0123456789X')}"
                written, before = (
                    dice.choice((number, number.lower(), number.translate(FULL))),
                    dice.choice(("身份证", "我是", "（")),
                )
            numbers.add(number)
            title = f"{before}{written}" if n % 5 == 0 else text[:20]
            table.writerow(
                (n, f"u{n}", title, f"2025-{n % 9 + 1}-{n % 28 + 1} {n % 24}:30", f"第{n}次说：{text}{before}{written}，谢谢")
            )
    return path, numbers


def write(number: str, n: int) -> str:
    """The number in one of many writings."""
    parts = (number, number[:3], number[3:7], number[7:])
    more = {"spaced": " ".join(number), "full": number.translate(FULL), "said": number.translate(SAID)}
    return WRITINGS[n % len(WRITINGS)].format(*parts, **more)


def imported(file: Path, data: Path, numbers: set[str]) -> dict[str, Any]:
    """Import a file by the command, and what mobile and identity numbers can be read anywhere afterwards."""
    data.mkdir()
    report, log = command(data, "import", "appeals", str(file), "--json", "--quiet", "--refused", str(data / "refused.csv"))
    rates, more = command(data, "rates", "recompute")
    database = next(data.glob("*.sqlite3"))
    places: dict[str, Iterable[str]] = {
        "body": cells(database, lambda table: not table.startswith("events_")),
        "event": cells(database, lambda table: table.startswith("events_")),
        "log": [*log.splitlines(), *more.splitlines()],
        "export": [report, rates],
        "receipt": receipts(data),
    }
    left = {place: count(found, numbers) for place, found in places.items()}
    files = [path for path in data.rglob("*") if path.is_file() and path.name != "refused.csv"]
    # an index holds columns again; what was written once and freed may stand in the file still
    left["index_and_files"] = {"planted": len({n for path in files for n in in_bytes(path)} & numbers)} if numbers else {}
    done = json.loads(report)
    tokens = Counter(m.group(1) for text in cells(database, lambda table: table == "kernel_call") for m in TOKEN.finditer(text))
    return {"read": done["read"], "opened": done["opened"], "tokens": dict(tokens), "left": left, "source": in_source(file)}


def receipts(data: Path) -> list[str]:
    """The receipt of every call, as its caller may take it away, proofs included."""
    environment = os.environ | {"HUYING_DATA": str(data)}
    done = subprocess.run([sys.executable, "-c", RECEIPTS], env=environment, capture_output=True, text=True, check=False)
    found = done.stdout.splitlines()
    if done.returncode or not found:
        sys.exit(f"no receipts: {done.stderr[-2000:]}")
    return found


def command(data: Path, *words: str) -> tuple[str, str]:
    """What a command of huying prints, and what it logs, everything of INFO and above."""
    environment = os.environ | {"HUYING_DATA": str(data), "HUYING_LOG": "INFO"}
    line = [sys.executable, "-m", "huying.config.cli", *words]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stderr[-2000:]}")
    return done.stdout, done.stderr


def cells(database: Path, wanted: Any) -> Iterator[str]:
    """Every value of every column of the tables that are wanted, the sealed ones as far as they can be read."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if wanted(table):
            for row in db.execute(f'SELECT * FROM "{table}"'):
                yield from (value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in row)


def count(found: Iterable[str], numbers: set[str]) -> dict[str, int]:
    """How many mobile and identity numbers by their form, and how many of the planted in whatever writing."""
    form: Counter[str] = Counter(mobile=0, identity=0)
    seen: set[str] = set()
    for text in found:
        plain = unicodedata.normalize("NFKC", text).translate(READ_OUT)
        form["mobile"] += len(MOBILE.findall(plain))
        form["identity"] += len(IDENTITY.findall(plain))
        if numbers:
            seen |= {m.group(1) or m.group(2) for m in PLANTED.finditer(BETWEEN.sub("", plain).upper())}
    return dict(form) | ({"planted": len(seen & numbers)} if numbers else {})


def in_bytes(path: Path) -> set[str]:
    """Planted numbers that a file holds, whatever it is."""
    text = unicodedata.normalize("NFKC", path.read_bytes().decode("utf-8", "ignore")).translate(READ_OUT)
    return {m.group(1) or m.group(2) for m in PLANTED.finditer(BETWEEN.sub("", text).upper())}


def in_source(file: Path) -> dict[str, int]:
    """What the file itself holds by the same patterns: without it, nothing left would say nothing."""
    return count((cell for row in rows_of(file) for cell in row.values()), set())


def replies(file: Path) -> dict[str, int]:
    """Official replies of the file, which are not imported: mobile and identity numbers before and after they were cut."""
    found = [row["reply"] for row in rows_of(file) if row.get("reply")]
    before = count(found, set())
    after = count((cut(text, office=True).text for text in found), set())
    return {"replies": len(found), **before, **{f"{kind}_left": n for kind, n in after.items()}} if found else {}


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, gzipped or not."""
    csv.field_size_limit(10**8)
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8-sig", errors="replace", newline="") as lines:
        yield from ({str(k): str(v) for k, v in row.items()} for row in csv.DictReader(lines))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="*", type=Path, help="messages to import, each into a database of its own")
    parser.add_argument("--messages", nargs="+", type=Path, default=[], help="the same")
    parser.add_argument("--sentences", nargs="+", type=Path, default=[], help="marked sentences, one JSON object a line")
    parser.add_argument("--rows", type=int, default=3000, help="rows of the table with planted numbers")
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    arguments = parser.parse_args()
    show(main([*arguments.file, *arguments.messages], arguments.rows, arguments.sentences))
