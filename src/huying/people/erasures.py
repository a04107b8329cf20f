"""Who was erased, by random id, in a file that no backup of the database holds: a database put back is erased again by it.

A line is written and flushed to the disk before the key is destroyed. Were the power to fail between the two, the line
stands, and `huying keys reapply-erasures` does what she asked for.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from huying.base import clock
from huying.people.keys import KeyTrouble
from huying.people.models import Party


def note(token: str) -> None:
    """Write down that the party with this token is erased. Raises KeyTrouble: then she is not erased yet."""
    file: Path = settings.ERASURES
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
            out.write(f"{token} {clock.now().isoformat(timespec='seconds')}\n".encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as fault:
        raise KeyTrouble(f"{file}: cannot be written ({fault.strerror}). Name another file in HUYING_ERASURES.") from fault


def tokens() -> list[str]:
    """Everybody who was erased, in that order. Raises KeyTrouble where the file is there and cannot be read."""
    try:
        lines = settings.ERASURES.read_text().splitlines()
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise KeyTrouble(f"{settings.ERASURES}: cannot be read ({fault.strerror}). Let this user read it.") from fault
    return list(dict.fromkeys(line.split()[0] for line in lines if line.strip()))


def come_back(batch: int = 500) -> Iterator[Party]:
    """Parties that were erased and whose key is there again: after a backup was put back."""
    noted = tokens()
    for at in range(0, len(noted), batch):
        yield from Party.objects.filter(token__in=noted[at : at + batch], data_key__isnull=False).order_by("pk")
