"""Facts of one voice: a call from its opening to its end."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare, upcast


@declare("call.opened", 1, _("收到一件诉求"))
class CallOpenedV1(msgspec.Struct, frozen=True):
    call: int
    matter: int
    kind: str
    sort: str
    channel: str
    area: str | None
    openness: str
    photos: int


@declare("call.opened", 2, _("收到一件诉求"))
class CallOpened(msgspec.Struct, frozen=True):
    call: int
    matter: int
    kind: str
    sort: str
    channel: str
    area: str | None
    openness: str
    photos: int
    content: str  # commitment under the fact's own salt to her words and photos: told by whoever holds them, else nothing


upcast("call.opened", 1)(lambda body: {**body, "content": ""})


@declare("call.answered", 1, _("答复送达"))
class CallAnswered(msgspec.Struct, frozen=True):
    call: int
    matter: int


@declare("call.rated", 1, _("来电人评价"))
class CallRated(msgspec.Struct, frozen=True):
    call: int
    matter: int
    solved: bool | None
    grade: int | None


@declare("call.called_back", 1, _("回访"))
class CallCalledBack(msgspec.Struct, frozen=True):
    """Her word given to the desk on the telephone; `call.rated` is the word she gives herself."""

    call: int
    matter: int
    outcome: str  # solved, unsolved, unreached
    grade: int | None
    tries: int  # in vain, for this answer


@declare("call.reopened", 1, _("随其他人一并重办"))
class CallReopened(msgspec.Struct, frozen=True):
    call: int
    matter: int
    how: str  # widened: the desk took her along; joined: her own word, while the matter was at work for another


@declare("call.checked", 1, _("回查"))
class CallChecked(msgspec.Struct, frozen=True):
    call: int
    matter: int


@declare("call.excluded", 1, _("不计入三率"))
class CallExcluded(msgspec.Struct, frozen=True):
    call: int
    matter: int
    why: str  # the name of one of the pack's reasons


@declare("call.conclusion_proposed", 1, _("提议终结"))
class ConclusionProposed(msgspec.Struct, frozen=True):
    call: int
    matter: int
    by: str  # department of who proposes
    panel: tuple[str, ...]  # the departments that are asked beside it
    needed: int


@declare("call.pleaded", 1, _("来电人对终结的意见"))
class CallPleaded(msgspec.Struct, frozen=True):
    call: int
    matter: int


@declare("call.conclusion_decided", 1, _("对终结表态"))
class ConclusionDecided(msgspec.Struct, frozen=True):
    call: int
    matter: int
    by: str
    agrees: bool


@declare("call.conclusion_refused", 1, _("终结没有通过"))
class ConclusionRefused(msgspec.Struct, frozen=True):
    call: int
    matter: int


@declare("call.closed", 1, _("诉求办结"))
class CallClosed(msgspec.Struct, frozen=True):
    call: int
    matter: int
    how: str  # rated, told, silent; desk: as it was done before each try was recorded


@declare("call.looked", 1, _("查看联系方式"))
class CallLookedV1(msgspec.Struct, frozen=True):
    call: int
    field: str
    department: str


@declare("call.looked", 2, _("查看联系方式"))
class CallLooked(msgspec.Struct, frozen=True):
    call: int
    field: str  # phone, name, or the token of what was cut out of her words
    department: str
    role: str
    reason: str  # the name of one of the pack's reasons; '' before reasons were asked for
    look: int
    until: int  # when it closed again by itself; 0 where it was shown once
    signs: tuple[str, ...]  # why it was unusual: many, after_hours, street


upcast("call.looked", 1)(lambda body: {**body, "role": "", "reason": "", "look": 0, "until": 0, "signs": []})


@declare("call.objected", 1, _("来电人对一次查看提出异议"))
class CallObjected(msgspec.Struct, frozen=True):
    call: int
    matter: int
    look: int


@declare("call.objection_answered", 1, _("答复对查看的异议"))
class CallObjectionAnswered(msgspec.Struct, frozen=True):
    call: int
    matter: int
    look: int
    by: str
    upheld: bool


@declare("call.look_reviewed", 1, _("核查一次异常查看"))
class CallLookReviewed(msgspec.Struct, frozen=True):
    call: int
    matter: int
    look: int
    by: str
    proper: bool


@declare("call.messaged", 1, _("给来电人留言"))
class CallMessaged(msgspec.Struct, frozen=True):
    call: int
    matter: int
    message: int
    by: str


@declare("call.message_answered", 1, _("来电人回了留言"))
class CallMessageAnswered(msgspec.Struct, frozen=True):
    call: int
    matter: int
    message: int
    way: str  # page, relay


@declare("call.moved", 1, _("转到另一事由"))
class CallMoved(msgspec.Struct, frozen=True):
    call: int
    matter: int
    source: int
    how: str  # merge, split
    left: int  # the last version of `source` that is this voice's history
    joined: int  # the version of `matter` after which its history is this voice's
    said: int  # the version of `source` beside which stands what she was told
    bearer: str | None


@declare("call.followed", 1, _("我也遇到"))
class CallFollowedV1(msgspec.Struct, frozen=True):
    call: int
    matter: int
    joined: int
    bearer: str | None


@declare("call.followed", 2, _("我也遇到"))
class CallFollowed(msgspec.Struct, frozen=True):
    call: int
    matter: int
    joined: int
    bearer: str | None
    again: bool  # its caller has a voice in the matter already


upcast("call.followed", 1)(lambda body: {**body, "again": False})


@declare("call.ended", 1, _("诉求终止"))
class CallEnded(msgspec.Struct, frozen=True):
    call: int
    matter: int
    how: str  # decline, refer, withdraw, conclude


@declare("call.asked", 1, _("请来电人补充"))
class CallAsked(msgspec.Struct, frozen=True):
    call: int
    matter: int
    bearer: str


@declare("call.supplied", 1, _("来电人补充"))
class CallSupplied(msgspec.Struct, frozen=True):
    call: int
    matter: int
    bearer: str


@declare("call.silent", 1, _("来电人没有评价"))
class CallSilent(msgspec.Struct, frozen=True):
    call: int
    matter: int
    due: int  # until when she could have spoken
