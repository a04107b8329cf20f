"""The kernel's facts: understood alone, without personal text. Areas and departments by their keys of the day."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("call.opened", 1, _("收到一件诉求"))
class CallOpened(msgspec.Struct, frozen=True):
    call: int
    matter: int
    kind: str
    sort: str
    channel: str
    area: str | None
    openness: str
    photos: int


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


@declare("call.closed", 1, _("诉求办结"))
class CallClosed(msgspec.Struct, frozen=True):
    call: int
    matter: int
    how: str  # rated, desk


@declare("call.looked", 1, _("查看联系方式"))
class CallLooked(msgspec.Struct, frozen=True):
    call: int
    field: str
    department: str


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
    how: str  # hand, auto


@declare("matter.answered", 1, _("答复"))
class MatterAnswered(msgspec.Struct, frozen=True):
    matter: int
    bearer: str


@declare("matter.reopened", 1, _("重办"))
class MatterReopened(msgspec.Struct, frozen=True):
    matter: int
    times: int


@declare("matter.closed", 1, _("事由办结"))
class MatterClosed(msgspec.Struct, frozen=True):
    matter: int


@declare("task.given", 1, _("派单"))
class TaskGiven(msgspec.Struct, frozen=True):
    task: int
    matter: int
    parent: int | None
    bearer: str
    giver: str | None
    role: str
    duty: str
    how: str  # hand, auto, reopened


@declare("task.signed", 1, _("签收"))
class TaskSigned(msgspec.Struct, frozen=True):
    task: int
    bearer: str


@declare("task.passed_down", 1, _("交办"))
class TaskPassedDown(msgspec.Struct, frozen=True):
    task: int
    child: int
    bearer: str
    below: str


@declare("task.contacted", 1, _("先行联系"))
class TaskContacted(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    how: str  # phone, visit, message


@declare("task.answer_written", 1, _("拟写答复"))
class TaskAnswerWritten(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    response: int
    photos: int


@declare("task.submitted", 1, _("报送审核"))
class TaskSubmitted(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    response: int


@declare("task.approved", 1, _("审核通过"))
class TaskApproved(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    response: int
    by: str  # department of the reviewer


@declare("task.returned", 1, _("退回重办"))
class TaskReturned(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    response: int
    by: str


@declare("promise.made", 1, _("作出承诺"))
class PromiseMade(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    budget: int
    unit: str
    due: int  # seconds since 1970
    provisional: bool


@declare("promise.met", 1, _("按时兑现"))
class PromiseMet(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    due: int
    late: bool


@declare("promise.dropped", 1, _("承诺随任务结束"))
class PromiseDropped(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
