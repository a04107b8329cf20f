"""The desk's own words: a hop as a sentence, a row's second line."""

from datetime import date, datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.base import clock
from huying.channels.desk import lists
from huying.channels.parts import branches, hops, words
from huying.kernel.models import Call, Promise, Response, Task, TaskRole, TaskState
from huying.kernel.queries import Hop, InboxRow, MatterView, PartView

CASE = "service"  # the kind of a call that applies for one thing
OF_CASES = (
    "case.fetched",
    "branch.decided",
    "branch.fallen",
    "case.rated",
    "rating.contacted",
    "rating.answered",
    "case.opened_for",
    "fee.due",
    "fee.set",
    "fee.paid",
    "fee.returned",
    "visit.booked",
    "visit.near",
    "visit.cancelled",
    "visit.ended",
    "visit.unbooked",
)
register = template.Library()

_WAYS = {"phone": gettext_noop("打了电话"), "visit": gettext_noop("上门"), "message": gettext_noop("留言")}

_SHARED = (
    "task.pause_overran",
    *("promise.broken", "promise.reminded", "promise.supervised", "promise.raised", "promise.recomputed"),
    *("call.called_back", "call.checked", "call.excluded", "call.conclusion_proposed", "call.pleaded"),
    *("call.conclusion_decided", "call.conclusion_refused", "matter.requeued", "matter.widened"),
    *("task.assist_asked", "task.waived", "task.interim", "matter.boundary_settled"),
)
_OF_PARTS = ("task.given", "task.submitted", "task.returned", "task.adjudicated")  # told alike of who assists


@register.filter
def mark(kind: str) -> str:
    """The one character of a kind."""
    return words.said(lists.mark(kind))


@register.filter
def on_voice(view: MatterView, verb: str) -> list[Call]:
    """The voices on which a verb may be done now."""
    return [call for call in view.calls if call.pk in view.on_voice.get(verb, [])]


@register.filter
def said_grade(grade: int | None) -> str:
    """A grade in words, '' for none."""
    return words.grade_words(grade) if grade else ""


@register.filter
def sort_of(row: InboxRow) -> str:
    """The label of a row's sort."""
    return lists.sort_label(row.kind, row.sort)


@register.filter
def resumes(task: Task) -> str:
    """Of a branch that stands by law: when it goes on, or should have."""
    return branches.resumes(task.resume_on)


@register.filter
def state_label(state: str) -> str:
    """A task's state in words."""
    return words.said(str(TaskState(state).label))


@register.filter
def task_state(task: Task) -> str:
    """A task's state in words; a part is handed in, not reviewed."""
    if task.role == TaskRole.ASSIST and task.parent_id is None and task.state == TaskState.SUBMITTED:
        return _("意见已交")
    return state_label(task.state)


@register.filter
def response_state(response: Response) -> str:
    """A response's state in words; a part goes to the lead."""
    if response.task.role == TaskRole.ASSIST:
        return {"submitted": _("已交给主办"), "approved": _("已采用")}.get(
            response.state, words.said(response.get_state_display())
        )
    return words.said(response.get_state_display())


@register.filter
def role_label(role: str) -> str:
    """主办 or 协办."""
    return words.said(str(TaskRole(role).label))


@register.filter
def part_state(part: PartView) -> str:
    """Where an assisting unit's part stands, and who has it."""
    task = part.task
    if task.state == TaskState.DONE:
        return _("意见已采用")
    if task.state == TaskState.SUBMITTED:
        return _("意见已交，随您的答复一起报送")
    if task.state == TaskState.SENT_BACK:
        return _("退了单，%(unit)s在裁定") % {"unit": part.holder.short}
    if task.state == TaskState.PASSED:
        return _("已交办给%(unit)s") % {"unit": part.holder.short}
    return {TaskState.GIVEN: _("还没有签收"), TaskState.RETURNED: _("正在补齐")}.get(TaskState(task.state), _("正在办"))


@register.filter
def doing(row: InboxRow) -> str:
    """What the row waits for."""
    if row.role == TaskRole.ASSIST and row.state in (TaskState.SIGNED, TaskState.RETURNED):
        return _("待交协办意见")
    if row.role == TaskRole.ASSIST and not row.passed and row.state == TaskState.SUBMITTED:
        return _("意见已交")
    if row.role == TaskRole.BRANCH and row.state == TaskState.SIGNED:
        return _("待作决定")
    if row.state == TaskState.SIGNED and not row.contacted:
        return _("待先行联系")
    if row.state == TaskState.SIGNED:
        return _("待答复")
    return words.said(str(TaskState(row.state).label))


@register.filter
def sentence(hop: Hop, kind: str = "") -> str:
    """A hop for officers: who did what. What the timer does is told as to everybody."""
    if kind == CASE and hop.name in ("call.asked", "call.supplied"):
        return hops.sentence(hop, for_caller=False, of_case=True)
    if hop.name in _OF_PARTS and hop.detail.get("role") == TaskRole.ASSIST:
        return hops.sentence(hop, for_caller=False)
    if hop.name in _SHARED or hop.detail.get("how") == "silent":
        return hops.sentence(hop, for_caller=False)
    who = _("%(by)s（代%(name)s）") % {"by": hop.by, "name": hop.behalf} if hop.behalf else hop.by
    parts = {
        "who": who,
        "officer": str(hop.detail.get("officer_name", "")),
        "bearer": hop.bearer,
        "giver": hop.giver,
        "by": who if hop.behalf else _by(hop),
    }
    parts["way"] = words.said(_WAYS.get(str(hop.detail.get("how")), ""))
    parts |= {"n": str(hop.detail.get("calls", "")), "voices": str(hop.detail.get("voices", ""))}
    if hop.name == "matter.joined" and not hop.detail.get("calls"):
        return hops.sentence(hop, for_caller=False)
    return _text(hop) % parts


def _by(hop: Hop) -> str:
    return hop.by if hop.by else _("系统") if hop.by_kind == "system" else _("来电人")


def _text(hop: Hop) -> str:
    if hop.name in OF_CASES:
        return hops.sentence(hop, for_caller=False)
    if hop.name == "call.opened" and hop.detail.get("kind") == CASE:
        return _("收到申请")
    if hop.name == "matter.accepted" and hop.detail.get("how") == "auto":
        return _("系统受理，按职责自动派单")
    if hop.name == "task.given" and hop.detail.get("how") == "reopened":
        return _("由%(bearer)s负责人重办")
    if hop.name == "task.answer_written" and hop.detail.get("role") == TaskRole.ASSIST:
        return _("%(bearer)s%(who)s写好协办意见")
    if hop.name == "task.given" and hop.giver:
        return _("%(giver)s交办给%(bearer)s")
    if hop.name == "task.adjudicated":
        return _("%(by)s裁定：不退，仍由%(bearer)s办") if hop.detail.get("stays") else _("%(by)s裁定：准退，不归%(bearer)s")
    if hop.name == "task.extension_decided":
        return _("%(by)s同意延期") if hop.detail.get("granted") else _("%(by)s不同意延期")
    if hop.name == "call.rated":
        return _("来电人说解决了") if hop.detail.get("solved") else _("来电人说没有解决")
    return {
        "call.opened": _("收到诉求"),
        "matter.accepted": _("%(by)s受理"),
        "matter.declined": _("%(by)s不予受理"),
        "matter.referred": _("%(by)s告知转办"),
        "task.given": _("派给%(bearer)s"),
        "task.signed": _("%(bearer)s%(who)s签收"),
        "task.sent_back": _("%(bearer)s%(who)s退单"),
        "task.paused": _("%(bearer)s%(who)s停表"),
        "task.resumed": _("%(bearer)s%(who)s恢复计时"),
        "call.asked": _("%(bearer)s%(who)s请来电人补充"),
        "call.supplied": _("来电人补充了情况"),
        "matter.withdrawn": _("来电人撤回"),
        "matter.settled": _("其余来电人的答复不变"),
        "task.extension_asked": _("%(bearer)s%(who)s申请延期"),
        "task.recalled": _("%(bearer)s%(who)s收回"),
        "task.reassigned": _("%(by)s把它从%(bearer)s转给另一个部门"),
        "task.transferred": _("%(by)s把%(bearer)s的任务改派"),
        "task.contacted": _("%(bearer)s%(who)s%(way)s，先行联系"),
        "task.answer_written": _("%(who)s写好答复"),
        "task.submitted": _("%(bearer)s报送审核"),
        "task.approved": _("%(by)s审核通过"),
        "task.taken": _("%(by)s采用了%(bearer)s的协办意见"),
        "task.returned": _("%(by)s退回重办"),
        "matter.answered": _("%(bearer)s的答复送达来电人"),
        "matter.reopened": _("没有解决，重办"),
        "matter.closed": _("办结"),
        "call.closed": _("这件诉求办结"),
        "call.reopened": _("一位来电人的诉求一起重新办理"),
        "matter.concluded": _("这件终结"),
        "matter.merged": _("%(by)s把这件并到另一件"),
        "matter.joined": _("又有 %(n)s 个人遇到，现在一共 %(voices)s 个人"),
        "matter.split": _("%(by)s把一个人的事拆出去单独办"),
        "task.assigned": _("%(by)s交给%(officer)s办"),
        "promise.duty_called": _("夜里的急件，值班的%(officer)s接着"),
        "promise.met": _("一项承诺兑现"),
        "call.messaged": _("%(by)s给来电人留言"),
        "call.message_answered": _("来电人回了留言"),
        "appeal.published": _("公开到“有呼有应”"),
    }.get(hop.name, hop.name)


@register.filter
def promise_words(row: Promise) -> str:
    """A promise in few words: 签收，2 小时."""
    what = {
        "sign": _("签收"),
        "contact": _("先行联系"),
        "answer": _("答复来电人"),
        "approve": _("审核"),
        "adjudicate": _("裁定退单"),
        "decide": _("作出决定"),
        "assist": _("交协办意见"),
        "settle": _("裁定归谁管"),
        "check": _("回查"),
        "rate_contact": _("就差评联系"),
        "rating": _("答复差评"),
        "objection": _("答复异议"),
        "news": _("说下一次消息"),
    }.get(row.what, row.what)
    return _("%(what)s，%(budget)s") % {"what": what, "budget": words.budget(row.budget, row.unit)}


@register.filter
def seconds_left(until: datetime) -> int:
    """How many seconds there are until a moment; at least one."""
    return max(1, int((until - clock.now()).total_seconds()))


@register.filter
def number_of(numbers: dict[int, str], call_id: int) -> str:
    """The number that stands in for the caller's own; '' where there is none yet."""
    return numbers.get(call_id, "")


@register.filter
def sign_label(sign: str) -> str:
    """Why a look is unusual."""
    return {"many": _("一天看了很多人"), "after_hours": _("下班以后看的"), "street": _("看本街道的人多了")}.get(sign, sign)


@register.filter
def waits_for(why: str, kind: str = "") -> str:
    """Why a clock stands still: for whom it waits."""
    if why == "supplement" and kind == CASE:
        return _("停表，等申请人补充")
    told = {
        "caller": _("停表，等来电人"),
        "outside": _("停表，等外部条件"),
        "supplement": _("停表，等来电人补充"),
        "visit": _("停表，等申请人到窗口"),
    }
    return told.get(why) or branches.waits_for(why) or why


@register.filter
def weekday(day: date) -> str:
    """周三."""
    return weekday_name(day.weekday())


@register.filter
def weekday_name(number: int) -> str:
    """周一 for 0."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[number]


@register.filter
def clock_face(minutes: int) -> str:
    """08:30 for 510."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@register.filter
def css_of(left: words.Left) -> str:
    """The class that colours what is left of a promise."""
    return left.css


@register.filter
def typed_moment(value: datetime | None) -> str:
    """A moment as the control for day and hour holds it, in the city's time."""
    return f"{value.astimezone(clock.CITY_TIME):%Y-%m-%dT%H:%M}" if value else ""


@register.filter
def percent(share: float) -> str:
    """A share in percent with one digit: 97.3%."""
    return f"{share:.1%}".replace(".0%", "%")
