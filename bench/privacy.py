"""Identifiers cut out of texts: recall and precision by kind on marked sentences, CPU-ms a text, what is left in real ones.

    huying bench privacy --json                                    the project's open sentences
    huying bench privacy --json OTHER.jsonl                        sentences of somebody else, marked in the same form
    huying bench privacy --json --messages A.csv.gz B.csv.gz       and real messages, imported into a fresh database

Real messages have their numbers masked as a rule; so each that is imported gets an invented mobile and identity number, in
one of the writings people use. Afterwards every column of every table that holds text (bodies, titles, places, facts of the
log, what waits to be sent), the export of the log's facts, every receipt and every line the process logged are searched:
for the planted numbers in whatever writing, and for anything of the form of a mobile or identity number.
"""

import argparse
import csv
import gzip
import importlib
import io
import itertools
import logging
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from common import city, own_folder, peak_mb, show
from import_appeals import Nobody

TIMES = 20
LONGEST = 2000  # characters of a real message that are taken, as at intake
MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9A-Za-z])")
IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-8][0-9]{5}[ -]?(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
READ_OUT = str.maketrans("0123456789", "零一二三四五六七八九")
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
WRITINGS: tuple[Callable[[str], str], ...] = (
    lambda n: n,
    lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
    lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
    lambda n: f"+86{n}",
    lambda n: n.translate(FULL),
    lambda n: n.translate(READ_OUT),
    lambda n: f"{n[:3]}，{n[3:7]}，{n[7:]}",
)


def judged(file: Path) -> dict[str, Any]:
    """Recall and precision on the sentences of a file, over all and by kind."""
    from huying.people.tests.marked import judge, sentences

    rows = sentences(file)
    told = judge(rows)
    kinds = {
        kind: {
            "recall": round(told.found[kind] / told.spans[kind], 4) if told.spans[kind] else None,
            "precision": round(1 - told.false[kind] / told.cuts[kind], 4) if told.cuts[kind] else None,
            "spans": told.spans[kind],
            "cuts": told.cuts[kind],
        }
        for kind in sorted(set(told.spans) | set(told.cuts))
    }
    return {
        "file": file.name,
        "sentences": len(rows),
        "spans": told.spans.total(),
        "recall": round(told.recall, 4),
        "precision": round(told.precision, 4),
        "by_kind": kinds,
        "cpu_ms_a_text": _cpu_ms([row.text for row in rows]),
        "characters_a_text": round(sum(len(row.text) for row in rows) / max(1, len(rows))),
    }


def _cpu_ms(texts: list[str]) -> float:
    from huying.people import cutting

    began = time.process_time()
    for text in texts * TIMES:
        cutting.cut(text)
    return round((time.process_time() - began) / max(1, len(texts) * TIMES) * 1000, 3)


class Planted:
    """Invented numbers, one mobile and one identity number a message."""

    def __init__(self) -> None:
        self.dice = random.Random(7)
        self.digits: set[str] = set()

    def into(self, text: str) -> str:
        """The message with two more sentences somewhere in it."""
        mobile = f"1{self.dice.randrange(3, 10)}{self.dice.randrange(10**9):09d}"
        born = f"{self.dice.randrange(1940, 2010)}{self.dice.randrange(1, 13):02d}{self.dice.randrange(1, 29):02d}"
        identity = f"500{self.dice.choice(('103', '105', '112', '235'))}{born}{self.dice.randrange(10**4):04d}"
        self.digits |= {mobile, identity}
        said = f"。我的电话{self.dice.choice(WRITINGS)(mobile)}，身份证{identity}。"
        at = text.find("。") if self.dice.random() < 0.5 else len(text)
        return f"{text[: max(0, at)]}{said}{text[max(0, at) :]}"


def rows(file: Path, most: int) -> Iterator[tuple[str, str]]:
    """Title and body of the first messages of a table (CSV, gzipped or not)."""
    with gzip.open(file, "rt", encoding="utf-8-sig") if file.suffix == ".gz" else file.open(encoding="utf-8-sig") as table:
        for row in itertools.islice(csv.DictReader(table), most):
            yield row.get("title") or row.get("标题") or "", (row.get("body") or row.get("内容") or "")[:LONGEST]


def imported(files: list[Path], most: int) -> dict[str, Any]:
    """Import the messages with numbers planted in them, and count what can still be found."""
    lines = io.StringIO()
    with own_folder() as folder:
        city()
        logging.getLogger().addHandler(logging.StreamHandler(lines))
        logging.getLogger().setLevel(logging.DEBUG)  # more than any deployment logs
        from huying.features.appeals.importing.run import Options, run

        planted, read = Planted(), 0
        source = folder / "messages.csv"
        with source.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(("编号", "标题", "内容"))
            for title, body in itertools.chain.from_iterable(rows(file, most) for file in files):
                read += 1
                text = planted.into(body)
                # the importer makes no difference between a title and a body: half of the titles hold a number too
                table.writerow((read, text[-40:] if read % 2 and not title else title, text))
        report = run(source, Options(), Nobody())
        assert report.opened, "nothing was imported: nothing is shown"
        searched = {name: texts for name, texts in _places(lines) if texts}
        left = {name: {"texts": len(texts), "left": _left(texts, planted)} for name, texts in searched.items()}
        return {
            "files": [file.name for file in files],
            "messages": read,
            "opened": report.opened,
            "joined": report.joined,
            "refused": report.refused,
            "planted": len(planted.digits),
            "found_before_cutting": _left([source.read_text("utf-8")], planted),
            "left": left,
            "left_over_all": sum(place["left"] for place in left.values()),
        }


def _left(texts: Iterable[str], planted: Planted) -> int:
    """Planted numbers in any writing, and whatever else has the form of a mobile or identity number."""
    from huying.people.cutting.folding import fold, numerals

    count: Counter[str] = Counter()
    for text in texts:
        plain = numerals(fold(text))
        for found in itertools.chain(MOBILE.findall(plain), IDENTITY.findall(plain)):
            count[re.sub("[^0-9Xx]", "", found)[-18:]] += 1
        runs = re.findall(r"[0-9](?:[ ,、-]?[0-9]){9,}", plain)
        joined = {re.sub("[^0-9]", "", run) for run in runs}
        count.update(number for number in planted.digits if any(number in run for run in joined)) if joined else None
    return len(count)


def _places(lines: io.StringIO) -> Iterator[tuple[str, list[str]]]:
    """Where a number could be left, and the texts there."""
    from django.apps import apps
    from django.db import models

    from huying.events import checkpoints, log, sequence

    kept = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        columns = [field.attname for field in model._meta.local_fields if isinstance(field, kept)]
        if model._meta.app_label in OURS and columns:
            values = model._default_manager.values_list(*columns)
            yield model._meta.label, ["\n".join(map(str, row)) for row in values.iterator()]
    sequence.Sequencer().run_dry()
    checkpoints.sign()
    yield "the log, exported", [f"{told.subject} {told.fact}" for told in log.everything()]
    yield "receipts", list(_receipts())
    yield "lines logged", lines.getvalue().splitlines()


def _receipts() -> Iterator[str]:
    from huying.kernel.models import Call

    # by its path: the package gives the name to the function that asks for whom
    made = importlib.import_module("huying.kernel.queries.receipt")._made
    for call in Call.objects.iterator():
        yield made(call).document.decode()


OURS = ("kernel", "events", "people", "city", "appeals", "hub", "plan", "notify", "sessions")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", nargs="*", type=Path, help="files of marked sentences, one JSON object a line")
    parser.add_argument("--messages", nargs="+", type=Path, default=[], help="tables of real messages (title, body)")
    parser.add_argument("--most", type=int, default=400, help="messages of each table")
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    arguments = parser.parse_args()
    from huying.people.tests.marked import OPEN

    figures: dict[str, Any] = {"sentences": [judged(file) for file in arguments.sentences or [OPEN]]}
    if arguments.messages:
        figures["messages"] = imported(arguments.messages, arguments.most)
    show(figures | {"peak_memory_mb": peak_mb()})
