"""How often a question in everyday words finds the right thing first, and what looking costs.

    huying bench finds FILE.jsonl... --labels FILE [--show] [--json]

Each line of a file is JSON with the question (`q` or `text`) and its label (`thing` or `event`); the labels file (YAML) says
for each label which things or items are right. What is labelled `none` there is left out, and counted. Without --show no
question is printed.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common import city, own_folder, peak_mb, percentile, show


class BadLine(ValueError):
    """A line without a question, or with a label that the labels file does not know."""


def read(file: Path, labels: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """The questions of a file, each with the codes that are right. Raises BadLine, OSError, json.JSONDecodeError."""
    found = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        question, label = row.get("q") or row.get("text"), row.get("thing") or row.get("event")
        if not question or label not in labels:
            raise BadLine(f"{file}:{number}: no question, or an unknown label {label!r}")
        found.append((question, labels[label] + labels.get(row.get("also", ""), [])))
    return found


def measured(rows: Sequence[tuple[str, list[str]]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The figures of some questions, and those whose first answer was wrong."""
    from huying.kernel import finding

    finding.find("开店")
    first = third = 0
    spent, wrong = [], []
    asked = [(question, right) for question, right in rows if right]
    for question, right in asked:
        began = time.process_time()
        codes = [hit.code for hit in finding.find(question).best[:3]]
        spent.append((time.process_time() - began) * 1000)
        hit = codes[:1] != [] and codes[0] in right
        first += hit
        third += any(code in right for code in codes)
        if not hit:
            wrong.append({"asked": question, "right": right, "found": codes})
    figures = {
        "questions": len(asked),
        "left_out": len(rows) - len(asked),
        "right_first": round(first / max(len(asked), 1), 4),
        "right_in_three": round(third / max(len(asked), 1), 4),
        "cpu_ms_p50": round(percentile(spent or [0.0], 0.5), 3),
        "cpu_ms_p99": round(percentile(spent or [0.0], 0.99), 3),
    }
    return figures, wrong


def main() -> int:
    """Read the command line, measure, print. Ends with 2 and one line where a file cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--labels", type=Path, required=True, help="YAML: label: [codes], or none")
    parser.add_argument("--show", action="store_true", help="print each question whose first answer was wrong")
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    options = parser.parse_args()
    with own_folder():
        city()
        from yaml import YAMLError

        from huying.base import yaml12

        try:
            told = yaml12.load(options.labels.read_text("utf-8"))
            labels = {name: [] if codes in (None, "none") else list(codes) for name, codes in told.items()}
            parts = {file.name: read(file, labels) for file in options.files}
        except (BadLine, OSError, json.JSONDecodeError, YAMLError) as fault:
            print(fault, file=sys.stderr)
            return 2
        began = time.process_time()
        from huying.kernel import finding

        finding.find("开店")
        figures: dict[str, Any] = {"made_in_cpu_s": round(time.process_time() - began, 2)}
        whole = measured([row for rows in parts.values() for row in rows])
        figures |= whole[0] | {"files": {name: measured(rows)[0] for name, rows in parts.items()}, "peak_mb": peak_mb()}
        show(figures | ({"wrong": whole[1]} if options.show else {}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
