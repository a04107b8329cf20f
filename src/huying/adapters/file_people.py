"""The register of people as one file, a person a line in JSON: for a city that has no other attached, and for the demo.

`{"identity": "…", "name": "…", "phone": "…", "born": "1946-12-20", "area": "500106001", "address": "…", "children":
[{"identity": "…", "name": "…", "sex": "female", "born": "…"}]}`. Who died has `"died": "…"`. Only where each line begins is
kept in memory, and it is read anew when the file changes.
"""

import hmac
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from huying.features.services.offering.ports import Child, NotDelivered, Registered


class FilePeople:
    """Fulfils offering.ports.HoldsPeople. Each method raises NotDelivered when the file cannot be read."""

    def look(self, identities: Sequence[str], kinds: Collection[str], purpose: str) -> Mapping[str, Registered]:
        rows = self._rows(identities)
        return {identity: _registered(row, kinds) for identity, row in rows.items() if not row.get("died")}

    def belongs(self, identity: str, name: str, phone: str) -> bool:
        row = self._rows([identity]).get(identity)
        if row is None or row.get("died"):
            return False
        known = f"{row.get('name', '')}\0{row.get('phone', '')}"
        return hmac.compare_digest(known.encode(), f"{name}\0{phone}".encode())

    def _rows(self, identities: Sequence[str]) -> dict[str, dict[str, Any]]:
        file: Path | None = settings.PEOPLE_FILE
        if file is None:
            raise NotDelivered("HUYING_PEOPLE is not set", down=True)
        try:
            places = _places(file, file.stat().st_mtime_ns)
            with file.open("rb") as lines:
                return {identity: _line(lines, places[identity]) for identity in identities if identity in places}
        except OSError as fault:
            raise NotDelivered(f"{file.name} cannot be read ({fault.strerror})", down=True) from fault
        except (ValueError, KeyError, TypeError) as fault:
            raise NotDelivered(f"{file.name} is no register of people ({type(fault).__name__})", down=True) from fault


def _line(lines: Any, place: int) -> dict[str, Any]:
    lines.seek(place)
    row: dict[str, Any] = json.loads(lines.readline())
    return row


def _registered(row: dict[str, Any], kinds: Collection[str]) -> Registered:
    """Only what was asked for leaves the register."""
    born = _day(row.get("born")) if "birth" in kinds else None
    home = row if "residence" in kinds else {}
    children = tuple(_child(one) for one in row.get("children", ())) if "children" in kinds else ()
    name, address, area = (str(home.get(key, "")) for key in ("name", "address", "area"))
    return Registered(born, name, address, area, children)


def _child(row: dict[str, Any]) -> Child:
    return Child(str(row["identity"]), str(row["name"]), str(row.get("sex", "")), date.fromisoformat(row["born"]))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise NotDelivered("a day of birth in the register is no day") from fault


@lru_cache(maxsize=1)
def _places(file: Path, stamp: int) -> dict[str, int]:
    """Where the line of each person begins."""
    found: dict[str, int] = {}
    place = 0
    with file.open("rb") as lines:
        for line in lines:
            if line.strip():
                found[str(json.loads(line)["identity"])] = place
            place += len(line)
    return found
