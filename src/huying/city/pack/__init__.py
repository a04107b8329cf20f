"""A city pack: `check` names everything that is wrong with it, `load` brings it into the database."""

from pathlib import Path
from typing import TYPE_CHECKING

from huying.city.pack.checking import Checked, check
from huying.city.pack.faults import Fault, PackHasFaults

if TYPE_CHECKING:
    from huying.city.pack.changes import Changes

__all__ = ["Checked", "Fault", "PackHasFaults", "check", "load"]


def load(path: Path | str, dry_run: bool = False) -> "Changes":
    """Bring the database in step with the pack at `path`, all or nothing; with `dry_run` only say what would change.

    Raises PackHasFaults when the pack does not pass `check`.
    """
    # the tables need Django's app registry, which `check` does without
    from huying.city.pack.loading import load as load_pack

    return load_pack(Path(path), dry_run)
