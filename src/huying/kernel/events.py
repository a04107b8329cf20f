"""The kernel's facts: understood alone, without personal text. Areas and departments by their keys of the day."""

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
    calls: int
    voices: int


@declare("matter.split", 1, _("拆分"))
class MatterSplit(msgspec.Struct, frozen=True):
    matter: int
    into: int
    call: int
    voices: int


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
class CallFollowed(msgspec.Struct, frozen=True):
    call: int
    matter: int
    joined: int
    bearer: str | None


@declare("task.cancelled", 1, _("任务取消"))
class TaskCancelled(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    why: str  # the verb that ended its matter or took it away


@declare("call.ended", 1, _("诉求终止"))
class CallEnded(msgspec.Struct, frozen=True):
    call: int
    matter: int
    how: str  # decline, refer, withdraw, conclude


@declare("matter.declined", 1, _("不予受理"))
class MatterDeclined(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.referred", 1, _("告知转办"))
class MatterReferred(msgspec.Struct, frozen=True):
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
class TaskPaused(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    why: str  # caller, outside


@declare("task.resumed", 1, _("恢复计时"))
class TaskResumed(msgspec.Struct, frozen=True):
    task: int
    bearer: str


@declare("promise.paused", 1, _("承诺停表"))
class PromisePaused(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    why: str  # caller, outside, supplement


@declare("promise.resumed", 1, _("承诺恢复计时"))
class PromiseResumed(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    due: int


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


@declare("matter.withdrawn", 1, _("撤回"))
class MatterWithdrawn(msgspec.Struct, frozen=True):
    matter: int


@declare("matter.settled", 1, _("其余来电人已得到答复"))
class MatterSettled(msgspec.Struct, frozen=True):
    matter: int


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


@declare("promise.extended", 1, _("承诺延期"))
class PromiseExtended(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    budget: int
    due: int


@declare("task.recalled", 1, _("收回"))
class TaskRecalled(msgspec.Struct, frozen=True):
    task: int
    bearer: str


@declare("task.transferred", 1, _("改派"))
class TaskTransferred(msgspec.Struct, frozen=True):
    task: int
    bearer: str
    to: str


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


@declare("matter.boundary_settled", 1, _("界线裁定"))
class BoundarySettled(msgspec.Struct, frozen=True):
    matter: int
    bearer: str  # who bears the duty there from now on
    by: str
    duty: str
    area: str | None
    other: str | None
    senders: tuple[str, ...]  # who had sent the matter back


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


@declare("matter.vacated", 1, _("退回重新派单"))
class MatterVacated(msgspec.Struct, frozen=True):
    matter: int
    bearer: str


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


@declare("matter.stood_in", 1, _("代为办理"))
class MatterStoodIn(msgspec.Struct, frozen=True):
    matter: int
    since: int  # the first version of the matter that was told by who stood in; this fact ends it
    officer: str  # who is away
    department: str
    role: str


@declare("promise.duty_called", 1, _("夜里的急件，值班的人接着"))
class PromiseDutyCalled(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    officer: str  # officer:17, who is on duty
    department: str  # on whose duty
    step_at: int


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


@declare("promise.broken", 1, _("承诺超期"))
class PromiseBroken(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str  # in whose hands it was
    due: int  # the moment it broke, whenever that was noticed


@declare("promise.reminded", 1, _("催办"))
class PromiseReminded(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    to: str  # who is told: the bearer
    due: int
    step_at: int  # the moment of this step, whenever it was told


@declare("promise.supervised", 1, _("督办"))
class PromiseSupervised(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    to: str  # who supervises: the district's centre, or the city's desk
    due: int
    step_at: int


@declare("promise.raised", 1, _("提级"))
class PromiseRaised(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    bearer: str
    to: str  # the next level: the city's desk
    due: int
    step_at: int


@declare("promise.recomputed", 1, _("按公布的日历重算期限"))
class PromiseRecomputed(msgspec.Struct, frozen=True):
    matter: int
    task: int | None
    call: int | None
    what: str
    before: int
    due: int
    provisional: bool


@declare("call.silent", 1, _("来电人没有评价"))
class CallSilent(msgspec.Struct, frozen=True):
    call: int
    matter: int
    due: int  # until when she could have spoken


@declare("incident.declared", 1, _("成为已知事件"))
class IncidentDeclared(msgspec.Struct, frozen=True):
    matter: int
    area: str
    by: str  # the department that speaks
    until: int | None  # when it is expected to be over, in seconds since 1970; None: nobody can say
    news: int  # when the next news come
    voices: int


@declare("incident.told", 1, _("说事件的新情况"))
class IncidentTold(msgspec.Struct, frozen=True):
    matter: int
    by: str
    until: int | None
    news: int


@declare("incident.ended", 1, _("事件结束"))
class IncidentEnded(msgspec.Struct, frozen=True):
    matter: int
    by: str
    how: str  # told: by somebody's word, which is the answer; answered: by an answer that was approved
    voices: int


@declare("task.ended", 1, _("任务随事件办完"))
class TaskEnded(msgspec.Struct, frozen=True):
    task: int
    bearer: str
