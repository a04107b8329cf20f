"""A city pack: `check` names everything that is wrong with it, `load` brings it into the database."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from huying.city.pack.checking import Checked, check
from huying.city.pack.faults import Fault, PackHasFaults

if TYPE_CHECKING:
    from huying.city.pack.changes import Changes

__all__ = ["Checked", "Fault", "PackHasFaults", "check", "load"]


def load(path: Path | str, dry_run: bool = False, over: Collection[str] = ()) -> "Changes":
    """Bring the database in step with the pack at `path`, all or nothing; with `dry_run` only say what would change.

    `over`: the codes of things made here where the pack shall have its way. Raises PackHasFaults when the pack does not pass
    `check`, or says something else of a thing that was changed here too.
    """
    # the tables need Django's app registry, which `check` does without
    from huying.city.pack.loading import load as load_pack

    return load_pack(Path(path), dry_run, over)
