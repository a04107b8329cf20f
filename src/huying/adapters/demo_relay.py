"""The relay of the demo: numbers that lead nowhere, and messages shown on the demo's page of texts. Production refuses it."""

import hashlib
from collections.abc import Mapping

from django.conf import settings

from huying.adapters.shown import ShownFile
from huying.base import clock
from huying.notify.ports import NotDelivered

KEPT = 30


class DemoRelay:
    """Fulfils notify.ports.Relay. Raises NotDelivered in a city that is no demo."""

    def __init__(self) -> None:
        if not settings.DEMO:
            raise NotDelivered("this adapter shows messages on a page: only the demo may use it")
        # the same page as the demo's other texts: to her it is one telephone
        self._file = ShownFile(settings.DATA / "demo-texts.jsonl", KEPT, lambda row: "code" if "code" in row["values"] else "")
        self._lines = ShownFile(settings.DATA / "demo-lines.jsonl", KEPT * 100, lambda row: "")

    def number(self, line: str, phone: str) -> str:
        self._lines.add({"phone": phone}, line)
        return f"12345-{int(hashlib.sha256(line.encode()).hexdigest()[:12], 16) % 1_000_000:06}"

    def send(self, line: str, template: str, values: Mapping[str, str], key: str) -> str:
        phone = next((str(row["phone"]) for row in self._lines.rows() if row["key"] == line), None)
        if phone is None:
            raise NotDelivered("no number stands for that line")
        row = {"phone": phone, "template": template, "values": dict(values), "at": clock.now().isoformat()}
        return self._file.add(row, key)

    def ask(self, key: str) -> str | None:
        return self._file.find(key)

    def release(self, line: str) -> None:
        self._lines.drop(line)
