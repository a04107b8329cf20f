"""The cases' own facts. Who applies, and what she wrote, stand in none of them."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare, upcast


@declare("case.opened", 1, _("申请一件事"))
class CaseOpened(msgspec.Struct, frozen=True):
    matter: int
    thing: str
    version: int  # number of the thing's version
    items: tuple[str, ...]
    days: int  # promised for all of it, working days


@declare("branch.decided", 1, _("事项有了结果"))
class BranchDecided(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    outcome: str  # granted, refused


@declare("branch.fallen", 1, _("事项随之终止"))
class BranchFallen(msgspec.Struct, frozen=True):
    matter: int
    item: str
    bearer: str
    because: str  # the refused item


@declare("case.fetched", 1, _("查到已有的材料"))
class CaseFetched(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    material: str
    found: bool


@declare("document.issued", 1, _("制发证照"))
class DocumentIssued(msgspec.Struct, frozen=True):
    call: int
    matter: int
    document: int
    item: str
    issuer: str
    digest: str  # commits to every field of it under the fact's own salt
    replaces: int | None


@declare("document.revoked", 1, _("证照作废"))
class DocumentRevoked(msgspec.Struct, frozen=True):
    call: int
    matter: int
    document: int
    item: str
    issuer: str


@declare("case.rated", 1, _("评价办事"))
class CaseRated(msgspec.Struct, frozen=True):
    call: int
    matter: int
    task: int | None  # None: the whole
    item: str
    bearer: str
    grade: int
    reasons: tuple[str, ...]


@declare("rating.contacted", 1, _("就差评联系"))
class RatingContacted(msgspec.Struct, frozen=True):
    call: int
    matter: int
    task: int | None
    item: str
    bearer: str


@declare("rating.answered", 1, _("答复差评"))
class RatingAnswered(msgspec.Struct, frozen=True):
    call: int
    matter: int
    task: int | None
    item: str
    bearer: str


@declare("case.opened_for", 1, _("凭授权代为申请"))
class CaseOpenedFor(msgspec.Struct, frozen=True):
    matter: int
    mandate: int
    proof: str  # own, code, paper: how she agreed


@declare("mandate.given", 1, _("授权别人代办"))
class MandateGiven(msgspec.Struct, frozen=True):
    mandate: int
    giver: str  # party:9f…
    to: str  # party:…, or department:… of a counter
    thing: str  # '' is any
    proof: str
    until: str


@declare("mandate.accepted", 1, _("同意代办"))
class MandateAccepted(msgspec.Struct, frozen=True):
    mandate: int
    giver: str


@declare("mandate.ended", 1, _("授权结束"))
class MandateEnded(msgspec.Struct, frozen=True):
    mandate: int
    giver: str
    how: str  # withdrawn, given up, declined


@declare("fee.due", 1, _("轮到缴费"))
class FeeDue(msgspec.Struct, frozen=True):
    """An item that costs something opened after others; what is due with the application itself is no fact of its own."""

    matter: int
    task: int
    item: str
    bearer: str
    yuan: int


@declare("fee.set", 1, _("确定缴费金额"))
class FeeSetV1(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    bill: str
    yuan: int


@declare("fee.set", 2, _("确定缴费金额"))
class FeeSet(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    bill: str
    yuan: int
    before: int  # what was due until then, in yuan


upcast("fee.set", 1)(lambda body: {**body, "before": body["yuan"]})


@declare("fee.paid", 1, _("缴费"))
class FeePaid(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    bill: str
    yuan: int
    how: str  # online, counter


@declare("fee.returned", 1, _("退费"))
class FeeReturned(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    bill: str
    yuan: int


@declare("visit.booked", 1, _("约到窗口的时间"))
class VisitBooked(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    at: int  # seconds since 1970


@declare("visit.cancelled", 1, _("取消预约"))
class VisitCancelled(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    at: int


@declare("visit.near", 1, _("预约快到了"))
class VisitNear(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str  # at whose counter
    at: int


@declare("visit.unbooked", 1, _("还没有约到窗口的时间"))
class VisitUnbooked(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str  # at whose counter


@declare("visit.ended", 1, _("到窗口来过"))
class VisitEnded(msgspec.Struct, frozen=True):
    matter: int
    task: int
    item: str
    bearer: str
    came: bool
