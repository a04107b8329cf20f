"""What the pack's words of danger make of real messages and of marked sentences, and what looking costs.

    huying bench danger [--messages FILE ...] [--sentences FILE ...] [--json]

Messages are CSV (gz too) with title and body, or text: nearly none of them is in danger, so what is warned of there is mostly a
false alarm. Sentences are lines of JSON with text, danger and number. All is read, measured and forgotten. Prints JSON.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common import city, own_folder, show


def of_messages(files: Sequence[Path]) -> dict[str, Any]:
    """For each file how many messages were warned of, and the CPU-ms a message took."""
    from huying.kernel import dispatch
    from huying.reading import tables

    found = {}
    for file in files:
        texts = [tables.text_of(row) for row in tables.rows_of(file)]
        began = time.process_time()
        warned = sum(bool(dispatch.dangers(text)) for text in texts)
        spent = (time.process_time() - began) / len(texts) * 1000
        found[file.name] = {
            "messages": len(texts),
            "warned": warned,
            "share": round(warned / len(texts), 4),
            "cpu_ms": round(spent, 3),
            "characters": round(sum(map(len, texts)) / len(texts)),
        }
    return found


def of_sentences(files: Sequence[Path]) -> dict[str, Any]:
    """For each file how many of the dangers were found, with the right number, and how many of the others were warned of."""
    from huying.kernel import dispatch

    found = {}
    for file in files:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        said = [(row, {one.number for one in dispatch.dangers(row["text"])}) for row in rows]
        dangers = [(row, numbers) for row, numbers in said if row["danger"]]
        found[file.name] = {
            "dangers": len(dangers),
            "found": sum(bool(numbers) for _, numbers in dangers),
            "right_number": sum(row["number"] in numbers for row, numbers in dangers),
            "others": len(said) - len(dangers),
            "others_warned": sum(bool(numbers) for row, numbers in said if not row["danger"]),
        }
    return found


def main() -> int:
    """Read the command line, measure, print. Ends with 2 and one line where a file cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=Path, nargs="*", default=[])
    parser.add_argument("--sentences", type=Path, nargs="*", default=[])
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    options = parser.parse_args()
    with own_folder():
        city()
        from huying.reading.tables import BadTable

        try:
            show({"messages": of_messages(options.messages), "sentences": of_sentences(options.sentences)})
        except (BadTable, OSError, json.JSONDecodeError, KeyError) as fault:
            print(fault, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
