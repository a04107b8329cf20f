"""Registers as files: a folder with one JSON file a paper, kept by whoever issues it. Works where nothing else is there.

`marriage-certificate.json` holds a list of `{"of": ["identity number", …], "number": …, "issued": "2024-05-20", "text": …}`;
a paper is found by any identity of the form that stands in `of`. A file is read anew when it changes.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from huying.features.services.ports import Found, NotDelivered, Wanted

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class FileRegisters:
    """Fulfils services.ports.HoldsMaterials. Raises NotDelivered when no folder is set."""

    def __init__(self) -> None:
        folder: Path | None = settings.REGISTER_FOLDER
        if folder is None:
            raise NotDelivered("HUYING_REGISTERS is not set")
        self._folder = folder

    def fetch(self, wanted: Wanted) -> Found | None:
        if not _NAME.fullmatch(wanted.material):
            return None
        file = self._folder / f"{wanted.material}.json"
        try:
            stamp = file.stat().st_mtime_ns
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise NotDelivered(f"{file.name} cannot be read ({fault.strerror})", down=True) from fault
        rows = _rows(file, stamp)
        asked = {value.upper() for value in wanted.identities.values() if value}
        found = next((row for row in rows if asked & {str(one).upper() for one in row.get("of", [])}), None)
        return None if found is None else Found(*(str(found.get(name, "")) for name in ("number", "issued", "text")))


@lru_cache(maxsize=64)
def _rows(file: Path, stamp: int) -> list[dict[str, Any]]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise NotDelivered(f"{file.name} cannot be read ({type(fault).__name__})", down=True) from fault
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotDelivered(f"{file.name} is no list of papers")
    return rows
