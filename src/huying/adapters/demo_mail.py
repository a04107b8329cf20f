"""E-mail of the demo: kept in a file and shown on a page of the demo, delivered to nobody. Production refuses it."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from huying.adapters.shown import ShownFile
from huying.base import clock
from huying.notify.ports import Letter, NotDelivered, SentLetter

KEPT = 30


class DemoMail:
    """Fulfils notify.ports.ShownMail. Raises NotDelivered in a city that is no demo."""

    def __init__(self) -> None:
        if not settings.DEMO:
            raise NotDelivered("this adapter shows letters on a page: only the demo may use it")
        self._file = ShownFile(settings.DATA / "demo-mail.jsonl", KEPT, lambda row: "")

    def send(self, letter: Letter) -> str:
        row = {"to": letter.to, "subject": letter.subject, "text": letter.text, "at": clock.now().isoformat()}
        return self._file.add(row, letter.key)

    def ask(self, key: str) -> str | None:
        return self._file.find(key)

    def recent(self) -> Sequence[SentLetter]:
        rows = reversed(self._file.rows())
        return [SentLetter(Letter(r["to"], r["subject"], r["text"], r["key"]), datetime.fromisoformat(r["at"])) for r in rows]
