"""A cashier that takes no money: orders as files in the data folder, paid by a button on a page of the demo."""

import json
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from huying.base import clock
from huying.features.services.ports import NotDelivered, Order, Paid

_NUMBER = re.compile(r"[0-9]{12}")


class DemoCashier:
    """Fulfils services.ports.ShownCashier. Raises NotDelivered in a city that is no demo."""

    def __init__(self) -> None:
        if not settings.DEMO:
            raise NotDelivered("the demo's cashier takes no money: name the city's own")
        self._folder = Path(settings.DATA) / "cashier"

    def begin(self, order: Order) -> str:
        """The demo's own page."""
        kept = self._read(order.number)
        if kept is None or not kept.get("paid_at"):
            self._write(order.number, {name: getattr(order, name) for name in ("number", "fen", "title", "payee", "back")})
        return f"/pay/{order.number}/"

    def ask(self, number: str) -> Paid | None:
        kept = self._read(number)
        if kept is None or not kept.get("paid_at"):
            return None
        return Paid(f"demo-{number}", datetime.fromisoformat(kept["paid_at"]), kept["fen"])

    def give_back(self, number: str) -> str:
        kept = self._read(number)
        if kept is None or not kept.get("paid_at"):
            raise NotDelivered("nothing was paid under this number")
        kept.setdefault("returned_at", clock.now().isoformat())
        self._write(number, kept)
        return f"demo-back-{number}"

    def order(self, number: str) -> Order | None:
        kept = self._read(number)
        if kept is None:
            return None
        return Order(*(kept[name] for name in ("number", "fen", "title", "payee", "back")))

    def confirm(self, number: str) -> None:
        kept = self._read(number)
        if kept is not None and not kept.get("paid_at"):
            self._write(number, kept | {"paid_at": clock.now().isoformat()})

    def _read(self, number: str) -> dict[str, Any] | None:
        if not _NUMBER.fullmatch(number):
            return None
        try:
            kept = json.loads((self._folder / f"{number}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return kept if isinstance(kept, dict) else None

    def _write(self, number: str, row: dict[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(row, file, ensure_ascii=False)
        Path(name).replace(self._folder / f"{number}.json")
