"""Facts that only tests record."""

import msgspec

from huying.events.log import Entry
from huying.events.names import declare


@declare("test.happened", 1, "试验")
class Happened(msgspec.Struct, frozen=True):
    n: int


def entry(n: int, subject: str = "test:1", version: int | None = None) -> Entry:
    return Entry(Happened(n), subject, n if version is None else version, "system")
