"""Facts about who is there: leave, who stands in, the roster. Officers by their id, departments by their key."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("leave.entered", 1, _("登记请假"))
class LeaveEntered(msgspec.Struct, frozen=True):
    leave: int
    officer: str  # officer:17
    first: str  # 2026-11-30
    last: str


@declare("leave.covered", 1, _("安排代理"))
class LeaveCovered(msgspec.Struct, frozen=True):
    leave: int
    officer: str  # who stands in
    department: str
    role: str


@declare("leave.ended", 1, _("销假"))
class LeaveEnded(msgspec.Struct, frozen=True):
    leave: int
    officer: str
    last: str | None  # None: it never began


@declare("roster.added", 1, _("排上值班"))
class RosterAdded(msgspec.Struct, frozen=True):
    department: str
    officer: str
    weekday: int | None
    day: str | None
    begins: int  # minutes of the day
    ends: int


@declare("roster.removed", 1, _("取消值班"))
class RosterRemoved(msgspec.Struct, frozen=True):
    department: str
    officer: str
    weekday: int | None
    day: str | None
    begins: int
    ends: int


@declare("party.corrected", 1, _("更正个人信息"))
class PartyCorrected(msgspec.Struct, frozen=True):
    party: str  # party:9f…
    field: str  # name, phone, address: which, never what it says


@declare("party.consent", 1, _("改变同意"))
class PartyConsent(msgspec.Struct, frozen=True):
    party: str
    to: str  # board: to be shown there; contact: beyond her calls
    given: bool


@declare("party.erased", 1, _("按申请删除个人信息"))
class PartyErased(msgspec.Struct, frozen=True):
    party: str


@declare("factor.enrolled", 1, _("登记第二验证"))
class FactorEnrolled(msgspec.Struct, frozen=True):
    officer: str
    kind: str  # totp or passkey


@declare("factor.recovered", 1, _("用备用码登录"))
class FactorRecovered(msgspec.Struct, frozen=True):
    officer: str


@declare("factor.removed", 1, _("撤下第二验证"))
class FactorRemoved(msgspec.Struct, frozen=True):
    officer: str
    kind: str


@declare("factor.reset", 1, _("重置第二验证"))
class FactorReset(msgspec.Struct, frozen=True):
    officer: str


@declare("password.changed", 1, _("改密码"))
class PasswordChanged(msgspec.Struct, frozen=True):
    officer: str


@declare("password.reset", 1, _("发新的初始密码"))
class PasswordReset(msgspec.Struct, frozen=True):
    officer: str
