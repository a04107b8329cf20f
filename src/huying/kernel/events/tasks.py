"""Facts of a task: who bears it, and what he did."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare, upcast


@declare("task.cancelled", 1, _("任务取消"))
class TaskCancelled(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    why: str  # the verb that ended its matter or took it away


@declare("task.given", 1, _("派单"))
class TaskGiven(msgspec.Struct, frozen=True):
    task: int
    matter: int
    parent: int | None
    bearer: str
    giver: str | None
    role: str
    duty: str
    how: str  # hand, auto, transfer, reopened, above (stands over a reopened one), at_once, asked, interim


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


@declare("task.sent_back", 1, _("退单"))
class TaskSentBack(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    to: str  # who adjudicates


@declare("task.adjudicated", 1, _("裁定退单"))
class TaskAdjudicated(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    by: str
    stays: bool  # the ground did not hold: the bearer keeps it


@declare("task.paused", 1, _("停表"))
class TaskPausedV1(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    why: str


@declare("task.paused", 2, _("停表"))
class TaskPaused(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    why: str  # caller, outside; of a branch what by law does not count
    until: int  # of a branch: the end of the day on which it should go on, seconds since 1970; else 0


upcast("task.paused", 1)(lambda body: {**body, "until": 0})


@declare("task.pause_overran", 1, _("停表过了原定的日子"))
class PauseOverran(msgspec.Struct, frozen=True):
    """A branch stands by law beyond the day on which it should have gone on."""

    matter: int
    task: int
    bearer: str
    due: int  # the end of that day, seconds since 1970


@declare("task.resumed", 1, _("恢复计时"))
class TaskResumed(msgspec.Struct, frozen=True):
    task: int
    bearer: str


@declare("task.extension_asked", 1, _("申请延期"))
class ExtensionAsked(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    budget: int
    unit: str


@declare("task.extension_decided", 1, _("批复延期"))
class ExtensionDecided(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    by: str
    granted: bool
    budget: int
    unit: str


@declare("task.recalled", 1, _("收回"))
class TaskRecalled(msgspec.Struct, frozen=True):
    task: int
    bearer: str


@declare("task.transferred", 1, _("改派"))
class TaskTransferred(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    to: str


@declare("task.reassigned", 1, _("事项转由另一个部门办"))
class TaskReassigned(msgspec.Struct, frozen=True):
    """A branch goes on with another body, under the same promise."""

    task: int
    bearer: str  # until then
    by: str  # who says so
    to: str
    how: str  # ruled: it was sent back; passed: to a body below


@declare("task.assist_asked", 1, _("请求协办"))
class AssistAsked(msgspec.Struct, frozen=True):
    task: int
    lead: int  # the task it assists
    bearer: str
    by: str  # department of the lead
    due: int  # by when its part is promised


@declare("task.taken", 1, _("采用协办意见"))
class PartTaken(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    response: int
    by: str  # department of the lead


@declare("task.waived", 1, _("不再等协办"))
class AssistWaived(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    by: str


@declare("task.interim", 1, _("先办后裁"))
class TaskInterim(msgspec.Struct, frozen=True):
    task: int  # that was sent back
    bearer: str
    by: str  # who says who works now
    to: str


@declare("task.succeeded", 1, _("由接替单位继续办理"))
class TaskSucceeded(msgspec.Struct, frozen=True):
    """Who bears, gave and has to act from here. No promise moves."""

    task: int
    bearer: str  # until then
    to: str
    giver: str | None
    turn: str | None
    why: str  # area: places or their bodies were reorganised; body: the body alone
    since: int  # the moment of the change, whenever it was told


@declare("task.vacated", 1, _("承办单位撤销"))
class TaskVacated(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    why: str  # closed: nobody took over; about: the matter complains about who did


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


@declare("task.answered_at_once", 1, _("当场答复"))
class TaskAnsweredAtOnce(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    response: int


@declare("task.assigned", 1, _("交给经办人"))
class TaskAssigned(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    officer: str  # officer:17, who works it from here


@declare("task.ended", 1, _("任务随事件办完"))
class TaskEnded(msgspec.Struct, frozen=True):
    task: int
    bearer: str
