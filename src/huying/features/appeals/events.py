"""The appeals' own facts."""

import msgspec

from huying.events.names import declare


@declare("appeal.published", 1, "公开到有呼有应")
class AppealPublished(msgspec.Struct, frozen=True):
    call: int
    matter: int
