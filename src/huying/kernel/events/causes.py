"""Facts of causes that stand."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("cause.stands", 1, _("很多人反映同一件事，立为专项"))
class CauseStands(msgspec.Struct, frozen=True):
    cause: int
    district: str
    owner: str
    people: int  # within thirty days
    matters: int


@declare("cause.closed", 1, _("专项办结"))
class CauseClosed(msgspec.Struct, frozen=True):
    cause: int
    by: str  # the owner then
    matters: int
