"""Files that are written once and stay."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def write_once(file: Path, data: bytes, mode: int = 0o600) -> None:
    """Whole or not at all, on the disk when this returns; what another process wrote first stands. Raises OSError."""
    aside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(aside, file)
    finally:
        aside.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
