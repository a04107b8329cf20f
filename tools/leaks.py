"""Secrets that nobody meant to publish: keys, passwords and tokens in the files of the project.

    python tools/leaks.py            names each by file and line; ends with 1 where there is one
    python tools/leaks.py --accept   takes what is there today as no secret, into tools/leaks.json: look at each first

Found by detect-secrets. What was looked at and is none (golden vectors of a standard, the demo's password) stands in
tools/leaks.json by the hash of its text, so that it may move within its file but not be changed.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings

ROOT = Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "tools" / "leaks.json"
# what is made by machines, or is no text
LEFT_OUT = {".git", ".venv", "build", "node_modules", "__pycache__", "locale", ".hypothesis", ".pytest_cache"}
ENDINGS = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".json",
    ".jsonl",
    ".csv",
    ".html",
    ".js",
    ".css",
    ".cfg",
    ".ini",
    ".txt",
    "",
}
Leak = tuple[str, int, str, str]  # file, line, what it looks like, hash of the text


def files(root: Path) -> Iterator[Path]:
    """What is scanned, in order."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        if not LEFT_OUT & set(inside) and path.suffix in ENDINGS and path.is_file() and path != ACCEPTED:
            yield path


def found(root: Path) -> list[Leak]:
    """What looks like a secret, by file and line."""
    collection = SecretsCollection()
    with default_settings():
        for path in files(root):
            collection.scan_file(str(path))
    rows = [(str(Path(name).relative_to(root)), secret) for name, secret in collection]
    return sorted((name, secret.line_number, secret.type, secret.secret_hash) for name, secret in rows)


def accepted(path: Path = ACCEPTED) -> set[tuple[str, str]]:
    """File and hash of what was looked at and is no secret."""
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {(name, digest) for name, digests in rows.items() for digest in digests}


def main(arguments: list[str]) -> int:
    """Tell what is new, or accept what is there."""
    leaks = found(ROOT)
    if "--accept" in arguments:
        rows: dict[str, list[str]] = {}
        for name, _line, _kind, digest in leaks:
            if digest not in rows.setdefault(name, []):
                rows[name].append(digest)
        ACCEPTED.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        return 0
    known = accepted()
    new = [leak for leak in leaks if (leak[0], leak[3]) not in known]
    for name, line, kind, _digest in new:
        print(f"{name}:{line}: looks like a secret ({kind}): take it out, or look at it and run tools/leaks.py --accept")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
