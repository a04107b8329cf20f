"""Things that are being made in the demo: written by one officer, sent by his head, waiting for the other departments."""

from pathlib import Path

import msgspec

from huying.config.demo.story import read
from huying.config.environment import BadSetting
from huying.features.services.making import approving, drafting, seeing
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people import officers


class DraftLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A draft: who wrote it, the head who sent it ('' where nobody did), and its file."""

    login: str
    file: str
    sent_by: str = ""


def make(folder: Path) -> None:
    """Enter them. Raises BadSetting naming the file at fault. A pack without things has none."""
    source = folder / "making.yaml"
    if not source.exists():
        return
    for line in read(source, list[DraftLine]):
        try:
            _enter(line)
        except (BadInput, NotThere, Refused) as fault:
            raise BadSetting(f"{source}: {line.login}: {fault}") from fault


def _enter(line: DraftLine) -> None:
    writer = officers.as_officer(line.login)
    owner = next((row.pk for row in seeing.owners(writer)), 0)
    row = drafting.begin(writer, owner, text=line.file)
    if line.sent_by:
        approving.send(officers.as_officer(line.sent_by), row.pk, row.revision)
