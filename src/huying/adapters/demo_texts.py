"""Text messages of the demo: kept in a file and shown on a page of the demo, delivered to nobody. Production refuses it."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from huying.base import clock
from huying.people.ports import NotDelivered, SentText

KEPT = 30


class DemoTexts:
    """Fulfils people.ports.ShownTexts. Raises NotDelivered in a city that is no demo."""

    def __init__(self) -> None:
        if not settings.DEMO:
            raise NotDelivered("this adapter shows codes on a page: only the demo may use it")
        self._file: Path = settings.DATA / "demo-texts.jsonl"

    def send(self, phone: str, template: str, values: Mapping[str, str]) -> None:
        row = {"phone": phone, "template": template, "values": dict(values), "at": clock.now().isoformat()}
        lines = [*self._lines()[-(KEPT - 1) :], json.dumps(row, ensure_ascii=False)]
        aside = self._file.with_suffix(f".{os.getpid()}")
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                out.write("\n".join(lines) + "\n")
            aside.replace(self._file)
        except OSError as fault:
            raise NotDelivered(f"{self._file}: cannot be written ({fault.strerror})") from fault

    def recent(self) -> Sequence[SentText]:
        rows = [json.loads(line) for line in reversed(self._lines())]
        return [SentText(r["phone"], r["template"], r["values"], datetime.fromisoformat(r["at"])) for r in rows]

    def _lines(self) -> list[str]:
        return self._file.read_text("utf-8").splitlines() if self._file.exists() else []
