"""Text messages of the demo: kept in a file and shown on a page of the demo, delivered to nobody. Production refuses it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from huying.adapters.shown import ShownFile
from huying.base import clock
from huying.people.ports import NotDelivered, SentText

KEPT = 30  # of sign-in codes and of all else


class DemoTexts:
    """Fulfils people.ports.ShownTexts. Raises NotDelivered in a city that is no demo."""

    def __init__(self) -> None:
        if not settings.DEMO:
            raise NotDelivered("this adapter shows codes on a page: only the demo may use it")
        self._file = ShownFile(settings.DATA / "demo-texts.jsonl", KEPT, lambda row: "code" if "code" in row["values"] else "")

    def send(self, phone: str, template: str, values: Mapping[str, str], key: str) -> str:
        row = {"phone": phone, "template": template, "values": dict(values), "at": clock.now().isoformat()}
        return self._file.add(row, key)

    def ask(self, key: str) -> str | None:
        return self._file.find(key)

    def recent(self) -> Sequence[SentText]:
        rows = reversed(self._file.rows())
        return [SentText(r["phone"], r["template"], r["values"], datetime.fromisoformat(r["at"])) for r in rows]
