"""Facts of a matter, which voices share."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("matter.opened", 1, _("形成事由"))
class MatterOpened(msgspec.Struct, frozen=True):
    matter: int
    kind: str
    sort: str
    area: str | None
    urgency: str


@declare("matter.accepted", 1, _("受理"))
class MatterAccepted(msgspec.Struct, frozen=True):
    matter: int
    how: str  # hand, auto, split, incident


@declare("matter.answered", 1, _("答复"))
class MatterAnswered(msgspec.Struct, frozen=True):
    matter: int
    bearer: str


@declare("matter.reopened", 1, _("重办"))
class MatterReopened(msgspec.Struct, frozen=True):
    matter: int
    times: int


@declare("matter.requeued", 1, _("转为派单办理"))
class MatterRequeued(msgspec.Struct, frozen=True):
    matter: int
    times: int


@declare("matter.widened", 1, _("一并重办"))
class MatterWidened(msgspec.Struct, frozen=True):
    matter: int
    calls: int


@declare("matter.concluded", 1, _("终结"))
class MatterConcluded(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.closed", 1, _("事由办结"))
class MatterClosed(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.merged", 1, _("并案"))
class MatterMerged(msgspec.Struct, frozen=True):
    matter: int
    into: int
    calls: int


@declare("matter.joined", 1, _("又有人遇到"))
class MatterJoined(msgspec.Struct, frozen=True):
    matter: int
    source: int | None  # the matter that was merged into it; None when somebody joined by herself
    calls: int  # of people who had no voice in it yet
    voices: int


@declare("matter.split", 1, _("拆分"))
class MatterSplit(msgspec.Struct, frozen=True):
    matter: int
    into: int
    call: int
    voices: int


@declare("matter.declined", 1, _("不予受理"))
class MatterDeclined(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.referred", 1, _("告知转办"))
class MatterReferred(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.withdrawn", 1, _("撤回"))
class MatterWithdrawn(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.settled", 1, _("其余来电人已得到答复"))
class MatterSettled(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.boundary_settled", 1, _("界线裁定"))
class BoundarySettled(msgspec.Struct, frozen=True):
    matter: int
    bearer: str  # who bears the duty there from now on
    by: str
    duty: str
    area: str | None
    other: str | None
    senders: tuple[str, ...]  # who had sent the matter back


@declare("matter.vacated", 1, _("退回重新派单"))
class MatterVacated(msgspec.Struct, frozen=True):
    matter: int
    bearer: str


@declare("matter.stood_in", 1, _("代为办理"))
class MatterStoodIn(msgspec.Struct, frozen=True):
    matter: int
    since: int  # the first version of the matter that was told by who stood in; this fact ends it
    officer: str  # who is away
    department: str
    role: str
