"""The appeals' own facts."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("appeal.published", 1, _("公开到有呼有应"))
class AppealPublished(msgspec.Struct, frozen=True):
    call: int
    matter: int
