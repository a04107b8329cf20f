"""What the demo shows instead of sending: the newest lines of a file, which several threads and processes add to."""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huying.base.outside import NotDelivered

Row = dict[str, Any]
MODE = 0o600  # phones and codes stand in it


class ShownFile:
    """The newest rows of a file; of each `sort` at most `kept`, so that one does not push the other out."""

    def __init__(self, file: Path, kept: int, sort: Callable[[Row], str]) -> None:
        self._file, self._kept, self._sort = file, kept, sort

    def add(self, row: Row, key: str) -> str:
        """Keep a row under its key; a key that is there already stays as it is. Raises NotDelivered."""
        try:
            with os.fdopen(os.open(self._file.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, MODE), "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                rows = self.rows()
                if not any(kept["key"] == key for kept in rows):
                    self._write(self._newest([*rows, row | {"key": key}]))
        except OSError as fault:
            raise NotDelivered(f"{self._file}: cannot be written ({fault.strerror})") from fault
        return key

    def drop(self, key: str) -> None:
        """Keep the row under that key no longer."""
        with os.fdopen(os.open(self._file.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, MODE), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._write([row for row in self.rows() if row["key"] != key])

    def find(self, key: str) -> str | None:
        """The key, when there is a row under it."""
        return key if any(row["key"] == key for row in self.rows()) else None

    def rows(self) -> list[Row]:
        """All that is kept, oldest first."""
        lines = self._file.read_text("utf-8").splitlines() if self._file.exists() else []
        return [{"key": ""} | json.loads(line) for line in lines]

    def _newest(self, rows: list[Row]) -> list[Row]:
        seen: dict[str, int] = {}
        kept = []
        for row in reversed(rows):
            sort = self._sort(row)
            seen[sort] = seen.get(sort, 0) + 1
            if seen[sort] <= self._kept:
                kept.append(row)
        return kept[::-1]

    def _write(self, rows: list[Row]) -> None:
        """Whole or not at all: who reads meanwhile sees the file before or after."""
        aside = self._file.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE), "w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        aside.replace(self._file)
