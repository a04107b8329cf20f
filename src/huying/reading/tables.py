"""Labelled messages out of CSV files, gzipped or not, and the texts of labels out of a tree of categories."""

import csv
import gzip
import re
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from huying.reading.evaluating import Message
from huying.reading.segment import HAN

TEXT_COLUMNS = ("text", "text_seg")
NAME, REST = 3.0, 1.0  # what a label's own name weighs, and one mention below it
_BETWEEN = re.compile(f"(?<=[{HAN}]) +(?=[{HAN}])")


class BadTable(ValueError):
    """A file that cannot be used; the words say which, where, why and what to do."""


class Labelled(NamedTuple):
    """The labelled messages of a file, and how many rows were left out because they say nothing or bear no label."""

    messages: list[Message]
    left_out: int


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV or CSV.gz in UTF-8. Raises BadTable."""
    csv.field_size_limit(min(sys.maxsize, 10**7))
    reader = csv.DictReader(_lines(path))
    rows = []
    try:
        for row in reader:
            if None in row:
                more = "more values than the first line has columns. Put texts that hold a comma between quotes"
                raise BadTable(f"{path}, line {reader.line_num}: {more}.")
            rows.append({name: value or "" for name, value in row.items()})
    except csv.Error as fault:
        raise BadTable(f"{path}, line {reader.line_num + 1}: not CSV ({fault}).") from fault
    if not rows:
        raise BadTable(f"{path}: has no rows. The first line names the columns, each further one is a message.")
    return rows


def _lines(path: Path) -> Iterator[str]:
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as fault:
        raise BadTable(f"{path}, line {number}: not in UTF-8 ({fault.reason}). Save it in UTF-8.") from fault
    except (OSError, EOFError, zlib.error) as fault:
        after = f" after line {number}" if number else ""
        raise BadTable(f"{path}: cannot be read{after} ({fault}). Name a CSV file, gzipped or not.") from fault


def text_of(row: Mapping[str, str]) -> str:
    """What a row says: title and body, or text. Words cut apart are put together again."""
    if "title" in row or "body" in row:
        return "。".join(filter(None, (row.get("title", "").strip(), row.get("body", "").strip())))
    return _BETWEEN.sub("", _cut(row))


def _cut(row: Mapping[str, str]) -> str:
    return next((row[name] for name in TEXT_COLUMNS if row.get(name)), "").strip()


def messages_of(path: Path, label: str, file: int = 0) -> Labelled:
    """The labelled messages of a file. Raises BadTable."""
    rows = rows_of(path)
    if label not in rows[0]:
        raise BadTable(f"{path}, line 1: has no column {label}. It has: {', '.join(rows[0])}. Name one with --label.")
    if not {"title", "body", *TEXT_COLUMNS} & rows[0].keys():
        raise BadTable(f"{path}, line 1: has no text. It needs the columns title and body, or text.")
    found = [_message(row, label, file) for row in rows]
    kept = [message for message in found if message.text and message.label]
    if len({message.label for message in kept}) < 2:
        raise BadTable(f"{path}: the column {label} holds fewer than two labels: there is nothing to tell apart.")
    return Labelled(kept, len(found) - len(kept))


def _message(row: Mapping[str, str], label: str, file: int) -> Message:
    text, cut = text_of(row), "" if "title" in row or "body" in row else _cut(row)
    return Message(text, row[label].strip(), file, cut if cut != text else "")


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
