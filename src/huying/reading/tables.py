"""Labelled messages out of CSV files, gzipped or not, and the texts of labels out of a tree of categories."""

import csv
import gzip
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from huying.reading.evaluating import Message
from huying.reading.segment import HAN

TEXT_COLUMNS = ("text", "text_seg")
NAME, REST = 3.0, 1.0  # what a label's own name weighs, and one mention below it
_BETWEEN = re.compile(f"(?<=[{HAN}]) +(?=[{HAN}])")


class BadTable(ValueError):
    """A file that cannot be used; the words say which, why and what to do."""


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV or CSV.gz in UTF-8. Raises BadTable."""
    csv.field_size_limit(min(sys.maxsize, 10**7))
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
            rows = [{k: v or "" for k, v in row.items() if isinstance(k, str)} for row in csv.DictReader(lines)]
    except (OSError, EOFError, csv.Error) as fault:
        raise BadTable(f"{path}: cannot be read ({fault}). Name a CSV file, gzipped or not.") from fault
    except UnicodeDecodeError as fault:
        raise BadTable(f"{path}: not in UTF-8 ({fault.reason}). Save it in UTF-8.") from fault
    if not rows:
        raise BadTable(f"{path}: has no rows. The first line names the columns, each further one is a message.")
    return rows


def text_of(row: Mapping[str, str]) -> str:
    """What a row says: title and body, or text. Words cut apart are put together again."""
    if "title" in row or "body" in row:
        return "。".join(filter(None, (row.get("title", "").strip(), row.get("body", "").strip())))
    found = next((row[name] for name in TEXT_COLUMNS if row.get(name)), "")
    return _BETWEEN.sub("", found.strip())


def messages_of(path: Path, label: str, file: int = 0) -> list[Message]:
    """The labelled messages of a file; rows without text or label are left out. Raises BadTable."""
    rows = rows_of(path)
    if label not in rows[0]:
        raise BadTable(f"{path}: has no column {label}. It has: {', '.join(rows[0])}. Name one with --label.")
    if not {"title", "body", *TEXT_COLUMNS} & rows[0].keys():
        raise BadTable(f"{path}: has no text. It needs the columns title and body, or text.")
    found = [Message(text_of(row), row[label].strip(), file) for row in rows]
    kept = [message for message in found if message.text and message.label]
    if len({message.label for message in kept}) < 2:
        raise BadTable(f"{path}: the column {label} holds fewer than two labels: there is nothing to tell apart.")
    return kept


def tree_of(path: Path, labels: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
    """The texts of `labels` out of a tree: the first column names the label, the others what lies below. Raises BadTable."""
    rows = rows_of(path)
    found: dict[str, dict[str, float]] = {label: {label: NAME} for label in labels}
    for row in rows:
        name, *below = (value.strip() for value in row.values())
        if name in found:
            found[name].update((text, REST) for text in below if text and text != name)
    missing = [label for label, texts in found.items() if len(texts) == 1]
    if missing:
        raise BadTable(f"{path}: its first column does not name {', '.join(missing)}.")
    return {label: list(texts.items()) for label, texts in found.items()}
