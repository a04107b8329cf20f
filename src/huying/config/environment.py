"""What the environment says: where data lie, which database, which flags. Faults are told in one line."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from huying.base.faults import ForOperator


class BadSetting(ForOperator, ValueError):
    """A setting that cannot be used; the message names it and says what to do."""


def data_dir() -> Path:
    """The folder in which everything written lies: HUYING_DATA, else ./data."""
    return Path(os.environ.get("HUYING_DATA", "data")).resolve()


def flag(name: str, default: bool = False) -> bool:
    """Whether an environment variable is set to 1, true or yes; `default` where it is not set at all."""
    value = os.environ.get(name, "").lower()
    return value in {"1", "true", "yes"} if value else default


def listed(name: str, default: list[str]) -> list[str]:
    """A list from a variable with commas."""
    value = os.environ.get(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def count(name: str, default: int) -> int:
    """A whole number from a variable. Raises BadSetting."""
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise BadSetting(f"{name}={value}: must be a whole number, 0 or more")
    return int(value)


def secret_key(data: Path) -> str:
    """Django's secret key: HUYING_SECRET_KEY, else one made once and kept in the data folder."""
    if value := os.environ.get("HUYING_SECRET_KEY"):
        return value
    file = data / "keys" / "secret_key"
    with suppress(OSError):  # not made yet, or at fault: then it is told below
        return file.read_text()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(file, secrets.token_urlsafe(50))
        return file.read_text()
    except OSError as fault:
        raise BadSetting(f"HUYING_DATA={data}: cannot be used ({fault.strerror}). Name a folder you may write.") from fault


def _write_once(file: Path, text: str) -> None:
    """Whole or not at all, also on a full disk; what another process wrote first stands."""
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(text)
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def database(data: Path) -> dict[str, Any]:
    """Django's database setting from HUYING_DATABASE_URL (`sqlite:///path` or `postgres://…`), else a file in `data`."""
    url = os.environ.get("HUYING_DATABASE_URL") or f"sqlite:///{data / 'huying.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(url)
    raise BadSetting(f"HUYING_DATABASE_URL={url}: must begin with sqlite:/// or postgres://")


def _sqlite(url: str) -> dict[str, Any]:
    path = url.removeprefix("sqlite:///")
    if not path or url == path:
        raise BadSetting(f"HUYING_DATABASE_URL={url}: write sqlite:///path/to/file (four slashes for an absolute path)")
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
    return {
        "ENGINE": "huying.config.sqlite",
        "NAME": str(Path(unquote(path)).resolve()),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "CONN_MAX_AGE": None,
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    if not name:
        raise BadSetting("HUYING_DATABASE_URL: name the database, postgres://user:password@host:port/NAME")
    try:
        port = parts.port
    except ValueError as fault:
        raise BadSetting(f"HUYING_DATABASE_URL: {fault}") from fault
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": {
            # queries here are short: compiling one (25 ms) costs more than it ever saves; what is prepared is planned once;
            # and no disk of today takes four times as long for a page elsewhere: a walk in order goes before a sort
            "options": "-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1",
            # prepared is what asks for it (events.prepared), nothing by having been asked often
            "prepare_threshold": None if os.environ.get("HUYING_DATABASE_PREPARES") == "0" else 1_000_000_000,
        },
        "CONN_MAX_AGE": None,
    }
