"""The hops of a matter in words: who did what, why, when, and how long it took."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huying.base import clock
from huying.channels.parts import branches, hops_cases, words
from huying.city import queries as city
from huying.kernel.queries import Hop


@dataclass(frozen=True, slots=True)
class Line:
    """One hop: what happened, the words said with it, when, how long since the hop before, and whether it is the last."""

    what: str
    note: str
    at: datetime
    used: str  # 用时 19 分钟; '' for the first
    now: bool


def lines(hops: Sequence[Hop], *, for_caller: bool, items: Mapping[int, str] | None = None) -> list[Line]:
    """Each hop as a sentence: to the caller as 您, to officers as 来电人. A fact without a sentence is left out.

    `items`: of a case, what each of its tasks is about; said where several run side by side.
    """
    told = [(hop, _of_item(hop, what, items)) for hop in hops if (what := sentence(hop, for_caller))]
    last = len(told) - 1
    return [_line(hop, what, n == 0, n == last) for n, (hop, what) in enumerate(told)]


def sentence(hop: Hop, for_caller: bool, of_case: bool = False) -> str:
    """What happened, '' for a fact that is no hop."""
    say = _SAY.get(hop.name)
    other = _("申请人") if of_case or hop.name in hops_cases.SAY else _("来电人")
    return say(hop, _("您") if for_caller else other) if say else ""


def _of_item(hop: Hop, what: str, items: Mapping[int, str] | None) -> str:
    if items is None:
        return what
    if hop.name == "call.opened":
        return _("收到您的申请")
    item = items.get(int(str(hop.detail.get("task") or 0)), "")
    return _("%(item)s：%(what)s") % {"item": item, "what": what} if item and len(items) > 1 and item not in what else what


def _line(hop: Hop, what: str, first: bool, now: bool) -> Line:
    return Line(what, hop.note, hop.at, "" if first else words.used(hop.used_seconds), now)


def _opened(hop: Hop, you: str) -> str:
    return _("收到%(you)s的诉求") % {"you": you}


def _accepted(hop: Hop, you: str) -> str:
    return _("12345 %(by)s受理") % hops_cases.who(hop) if hop.by else _("受理，按职责自动派单")


def _assists(hop: Hop) -> bool:
    return hop.detail.get("role") == "assist"


def _named(hop: Hop, field: str) -> str:
    found = city.department_by_key(str(hop.detail.get(field) or ""))
    return found.name if found else "12345"


def _declined(hop: Hop, you: str) -> str:
    return _("12345 %(by)s：这件不予受理") % hops_cases.who(hop)


def _referred(hop: Hop, you: str) -> str:
    return _("12345 %(by)s：这件要请另一个部门办") % hops_cases.who(hop)


def _given(hop: Hop, you: str) -> str:
    if hop.detail.get("how") == "reopened":
        return _("由%(unit)s负责人重办") % hops_cases.who(hop)
    if _assists(hop) and hop.detail.get("parent") is None:
        return _("请%(unit)s一起办") % hops_cases.who(hop)
    if hop.giver:
        return _("%(giver)s交给%(unit)s办") % hops_cases.who(hop)
    duty = city.duty(str(hop.detail.get("duty") or ""))
    if duty:
        return _("派给%(unit)s，因为“%(duty)s”由它管") % {**hops_cases.who(hop), "duty": duty.name}
    return _("派给%(unit)s") % hops_cases.who(hop)


def _signed(hop: Hop, you: str) -> str:
    return _("%(unit)s%(by)s接手") % hops_cases.who(hop)


def _sent_back(hop: Hop, you: str) -> str:
    return _("%(unit)s说不归它管，退回") % hops_cases.who(hop)


def _adjudicated(hop: Hop, you: str) -> str:
    judge = city.department_by_key(str(hop.detail.get("by")))
    said = {**hops_cases.who(hop), "judge": judge.name if judge else ""}
    if hop.detail.get("stays"):
        return _("%(judge)s%(by)s裁定：仍由%(unit)s办") % said
    if _assists(hop):
        return _("%(judge)s%(by)s裁定：不用%(unit)s协办") % said
    return _("%(judge)s%(by)s裁定：不归%(unit)s，另派") % said


def _overran(hop: Hop, you: str) -> str:
    day = datetime.fromtimestamp(int(str(hop.detail.get("due") or 0)) - 1, clock.CITY_TIME)
    return _("%(unit)s原定 %(day)s 接着办，还没有恢复") % {**hops_cases.who(hop), "day": words.day(day)}


def _paused(hop: Hop, you: str) -> str:
    if what := branches.waits_for(str(hop.detail.get("why"))):
        return _("%(unit)s在等%(what)s，依法不算时间") % {**hops_cases.who(hop), "what": what}
    if hop.detail.get("why") == "caller":
        return _("%(unit)s在等%(you)s，先停表") % {**hops_cases.who(hop), "you": you}
    return _("%(unit)s遇到外部原因，先停表") % hops_cases.who(hop)


def _resumed(hop: Hop, you: str) -> str:
    return _("%(unit)s接着办，恢复计时") % hops_cases.who(hop)


def _asked(hop: Hop, you: str) -> str:
    return _("%(unit)s%(by)s请%(you)s补充") % {**hops_cases.who(hop), "you": you}


def _supplied(hop: Hop, you: str) -> str:
    return _("%(you)s补充了情况") % {"you": you}


def _extension_asked(hop: Hop, you: str) -> str:
    more = words.budget(int(hop.detail["budget"]), str(hop.detail["unit"]))
    return _("%(unit)s申请延期 %(more)s") % {**hops_cases.who(hop), "more": more}


def _extension_decided(hop: Hop, you: str) -> str:
    judge = city.department_by_key(str(hop.detail.get("by")))
    more = words.budget(int(hop.detail["budget"]), str(hop.detail["unit"]))
    said = {**hops_cases.who(hop), "judge": judge.name if judge else "", "more": more}
    return (_("%(judge)s%(by)s同意延期 %(more)s") if hop.detail.get("granted") else _("%(judge)s%(by)s不同意延期")) % said


def _recalled(hop: Hop, you: str) -> str:
    return _("%(unit)s收回自己办") % hops_cases.who(hop)


def _transferred(hop: Hop, you: str) -> str:
    to = city.department_by_key(str(hop.detail.get("to")))
    return _("从%(unit)s改派给%(to)s") % {**hops_cases.who(hop), "to": to.name if to else ""}


def _reassigned(hop: Hop, you: str) -> str:
    return branches.reassigned(str(hop.detail.get("how"))) % {
        **hops_cases.who(hop),
        "judge": _named(hop, "by"),
        "to": _named(hop, "to"),
    }


def _interim(hop: Hop, you: str) -> str:
    said = {**hops_cases.who(hop), "judge": _named(hop, "by"), "to": _named(hop, "to")}
    return _("%(judge)s%(by)s：先由%(to)s办着，该归谁管另行裁定，%(you)s不用等") % {**said, "you": you}


def _boundary_settled(hop: Hop, you: str) -> str:
    said = {**hops_cases.who(hop), "judge": _named(hop, "by")}
    return _("%(judge)s%(by)s裁定：这一处今后由%(unit)s管") % said


def _assist_asked(hop: Hop, you: str) -> str:
    due = datetime.fromtimestamp(int(hop.detail["due"]), clock.CITY_TIME)
    return _("%(lead)s%(by)s请%(unit)s协办，%(day)s交意见") % {
        **hops_cases.who(hop),
        "lead": _named(hop, "by"),
        "day": words.by_day(due),
    }


def _waived(hop: Hop, you: str) -> str:
    return _("%(lead)s%(by)s不再等%(unit)s的协办意见，先办") % {**hops_cases.who(hop), "lead": _named(hop, "by")}


def _succeeded(hop: Hop, you: str) -> str:
    to = city.department_by_key(str(hop.detail.get("to")))
    said = {**hops_cases.who(hop), "to": to.name if to else ""}
    if hop.detail.get("why") == "area":
        return _("因区划调整，从%(unit)s改由%(to)s继续办理，承诺的期限不变") % said
    return _("因机构调整，从%(unit)s改由%(to)s继续办理，承诺的期限不变") % said


def _vacated(hop: Hop, you: str) -> str:
    if hop.detail.get("why") == "about":
        return _("%(unit)s已撤并，接手的单位不能办这一件") % hops_cases.who(hop)
    return _("%(unit)s已撤销，没有单位接手") % hops_cases.who(hop)


def _dispatched_anew(hop: Hop, you: str) -> str:
    return _("回到 12345 重新派单，承诺的期限不变")


def _contacted(hop: Hop, you: str) -> str:
    how = {
        "phone": _("%(unit)s%(by)s给%(you)s打了电话"),
        "visit": _("%(unit)s%(by)s上门找了%(you)s"),
    }.get(str(hop.detail.get("how")), _("%(unit)s%(by)s给%(you)s留了言"))
    return how % {**hops_cases.who(hop), "you": you}


def _submitted(hop: Hop, you: str) -> str:
    if _assists(hop):
        return _("%(unit)s交了协办意见") % hops_cases.who(hop)
    return _("%(unit)s办好了，答复送审") % hops_cases.who(hop)


def _returned(hop: Hop, you: str) -> str:
    if _assists(hop):
        return _("%(lead)s请%(unit)s把协办意见补齐") % {**hops_cases.who(hop), "lead": _named(hop, "by")}
    return _("审核没通过，退回%(unit)s重办") % hops_cases.who(hop)


def _approved(hop: Hop, you: str) -> str:
    return _("%(unit)s的答复审核通过") % hops_cases.who(hop)


def _answered(hop: Hop, you: str) -> str:
    return _("%(unit)s答复了%(you)s") % {**hops_cases.who(hop), "you": you}


def _rated(hop: Hop, you: str) -> str:
    return (_("%(you)s说解决了") if hop.detail.get("solved") else _("%(you)s说没解决")) % {"you": you}


def _called_back(hop: Hop, you: str) -> str:
    said = {**hops_cases.who(hop), "you": you}
    if hop.detail.get("outcome") == "unreached":
        return _("12345 %(by)s给%(you)s打电话回访，没有接通") % said
    if hop.detail.get("outcome") == "solved":
        return _("12345 %(by)s打电话回访，记下：%(you)s说解决了") % said
    return _("12345 %(by)s打电话回访，记下：%(you)s说没解决") % said


def _taken_along(hop: Hop, you: str) -> str:
    # the desk's own reason stands with the matter's fact
    return _("和别人的一起重新办理") if hop.detail.get("how") == "joined" else ""


def _widened(hop: Hop, you: str) -> str:
    return _("12345 %(by)s请把其他人的也一并重办") % hops_cases.who(hop)


def _requeued(hop: Hop, you: str) -> str:
    return _("第 %(n)s 次办理：这回派给承办单位") % {"n": int(hop.detail.get("times") or 0) + 1}


def _checked(hop: Hop, you: str) -> str:
    return _("12345 %(by)s回查了%(you)s不满意的地方") % {**hops_cases.who(hop), "you": you}


def _excluded(hop: Hop, you: str) -> str:
    labels = {str(row["name"]): str(row["label"]) for row in city.setting("rates.excluded", [])}
    why = str(hop.detail.get("why"))
    return _("这件不计入三率：%(why)s。照样办、照样答复") % {"why": labels.get(why, why)}


def _judge(hop: Hop) -> str:
    found = city.department_by_key(str(hop.detail.get("by") or ""))
    return found.name if found else ""


def _proposed(hop: Hop, you: str) -> str:
    return _("%(judge)s%(by)s提议终结，请没有办过这件的单位评议") % {**hops_cases.who(hop), "judge": _judge(hop)}


def _pleaded(hop: Hop, you: str) -> str:
    return _("%(you)s对提议说了意见") % {"you": you}


def _weighed(hop: Hop, you: str) -> str:
    said = {**hops_cases.who(hop), "judge": _judge(hop)}
    return (_("%(judge)s%(by)s同意终结") if hop.detail.get("agrees") else _("%(judge)s%(by)s不同意终结")) % said


def _not_concluded(hop: Hop, you: str) -> str:
    return _("评议没有通过，接着办")


def _ended(hop: Hop, you: str) -> str:
    if hop.detail.get("how") == "withdraw":
        return _("%(you)s撤回了") % {"you": you}
    return _("评议同意，终结") if hop.detail.get("how") == "conclude" else ""  # else the matter's own fact tells it


def _reopened(hop: Hop, you: str) -> str:
    return _("第 %(n)s 次重新办理") % {"n": hop.detail.get("times")}


def _closed(hop: Hop, you: str) -> str:
    if hop.detail.get("how") == "silent":
        return (_("多次没有联系上%(you)s，办结") if hop.by else _("%(you)s没有评价，到期办结")) % {"you": you}
    return _("办结") if hop.detail.get("how") in ("rated", "told") else _("12345 %(by)s回访后办结") % hops_cases.who(hop)


def _promised(hop: Hop, you: str) -> dict[str, str]:
    """What was promised, who was to keep it, who is told."""
    what = {
        "sign": _("签收"),
        "contact": _("先行联系"),
        "answer": _("答复%(you)s") % {"you": you},
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
    }.get(str(hop.detail.get("what")), "")
    to = city.department_by_key(str(hop.detail.get("to") or ""))
    return {**hops_cases.who(hop), "what": what, "to": to.name if to else "12345"}


def _broken(hop: Hop, you: str) -> str:
    return _("%(unit)s没有按时%(what)s，超期了") % _promised(hop, you)


def _reminded(hop: Hop, you: str) -> str:
    return _("系统催办：请%(unit)s马上%(what)s") % _promised(hop, you)


def _supervised(hop: Hop, you: str) -> str:
    return _("%(unit)s还没有%(what)s，由%(to)s督办") % _promised(hop, you)


def _raised(hop: Hop, you: str) -> str:
    return _("%(unit)s仍没有%(what)s，提到上一级：%(to)s") % _promised(hop, you)


def _recomputed(hop: Hop, you: str) -> str:
    if hop.detail.get("what") != "answer":
        return ""
    due = datetime.fromtimestamp(int(hop.detail["due"]), clock.CITY_TIME)
    return _("新一年的放假安排公布了，答复期限重算为%(by)s") % {"by": words.by_day(due)}


def _followed(hop: Hop, you: str) -> str:
    if hop.detail.get("again"):
        return _("%(you)s又说到这件事，并到%(you)s说过的一起办") % {"you": you}
    if hop.bearer:
        return _("%(you)s也遇到，加入%(unit)s正在办的这件事") % {**hops_cases.who(hop), "you": you}
    return _("%(you)s也遇到，加入已经有人说过的这件事") % {"you": you}


def _moved(hop: Hop, you: str) -> str:
    if hop.detail.get("how") == "split":
        return _("%(you)s说的是另一件事，从这里起单独办，承诺的期限不变") % {"you": you}
    if hop.bearer:
        return _("和别人说的是同一件事，并给%(unit)s一起办，承诺的期限不变") % hops_cases.who(hop)
    return _("和别人说的是同一件事，并在一起办，承诺的期限不变")


def _joined(hop: Hop, you: str) -> str:
    more, voices = int(hop.detail.get("calls") or 0), hop.detail.get("voices")
    if not more:
        return _("说过的人又说到这件事")
    said = ngettext(
        "又有 %(n)s 个人遇到这件事，现在一共 %(voices)s 个人", "又有 %(n)s 个人遇到这件事，现在一共 %(voices)s 个人", more
    )
    return said % {"n": more, "voices": voices}


def _speaks(hop: Hop) -> dict[str, str]:
    """Who speaks of an incident, until when it is expected to last, and when the next news come."""
    unit = city.department_by_key(str(hop.detail.get("by")))
    until, news = (hop.detail.get(name) for name in ("until", "news"))
    lasts = _("预计 %(at)s 恢复") % {"at": _at(until)} if until else _("还说不准什么时候恢复")
    return {"unit": unit.name if unit else "", "lasts": lasts, "news": _at(news) if news else ""}


def _at(stamp: object) -> str:
    return words.moment(datetime.fromtimestamp(int(str(stamp)), clock.CITY_TIME))


def _declared(hop: Hop, you: str) -> str:
    return _("%(unit)s公布：这是已知事件，%(lasts)s，%(news)s 前再说消息") % _speaks(hop)


def _told(hop: Hop, you: str) -> str:
    return _("%(unit)s说了新情况，%(lasts)s，%(news)s 前再说消息") % _speaks(hop)


def _incident_ended(hop: Hop, you: str) -> str:
    return _("%(unit)s公布：这件事结束了") % _speaks(hop)


def _messaged(hop: Hop, you: str) -> str:
    return _("%(unit)s%(by)s给%(you)s留言") % {"unit": _named(hop, "by"), "by": hop.by, "you": you}


def _message_answered(hop: Hop, you: str) -> str:
    return _("%(you)s回了留言") % {"you": you}


def _objected(hop: Hop, you: str) -> str:
    return _("%(you)s对一次查看提出异议") % {"you": you}


def _objection_answered(hop: Hop, you: str) -> str:
    return _("审计员答复了%(you)s的异议") % {"you": you}


_SAY: dict[str, Callable[[Hop, str], str]] = {
    **hops_cases.SAY,
    "call.opened": _opened,
    "matter.accepted": _accepted,
    "matter.declined": _declined,
    "matter.referred": _referred,
    "task.given": _given,
    "task.signed": _signed,
    "task.sent_back": _sent_back,
    "task.adjudicated": _adjudicated,
    "task.paused": _paused,
    "task.pause_overran": _overran,
    "task.resumed": _resumed,
    "call.asked": _asked,
    "call.supplied": _supplied,
    "call.ended": _ended,
    "task.extension_asked": _extension_asked,
    "task.extension_decided": _extension_decided,
    "task.recalled": _recalled,
    "task.transferred": _transferred,
    "task.reassigned": _reassigned,
    "task.interim": _interim,
    "matter.boundary_settled": _boundary_settled,
    "task.assist_asked": _assist_asked,
    "task.waived": _waived,
    "task.succeeded": _succeeded,
    "task.vacated": _vacated,
    "matter.vacated": _dispatched_anew,
    "task.contacted": _contacted,
    "task.submitted": _submitted,
    "task.returned": _returned,
    "task.approved": _approved,
    "matter.answered": _answered,
    "call.rated": _rated,
    "call.called_back": _called_back,
    "call.reopened": _taken_along,
    "call.checked": _checked,
    "call.messaged": _messaged,
    "call.message_answered": _message_answered,
    "call.objected": _objected,
    "call.objection_answered": _objection_answered,
    "call.excluded": _excluded,
    "call.conclusion_proposed": _proposed,
    "call.pleaded": _pleaded,
    "call.conclusion_decided": _weighed,
    "call.conclusion_refused": _not_concluded,
    "matter.requeued": _requeued,
    "matter.widened": _widened,
    "matter.reopened": _reopened,
    "call.closed": _closed,
    "call.followed": _followed,
    "call.moved": _moved,
    "matter.joined": _joined,
    "incident.declared": _declared,
    "incident.told": _told,
    "incident.ended": _incident_ended,
    "promise.broken": _broken,
    "promise.reminded": _reminded,
    "promise.supervised": _supervised,
    "promise.raised": _raised,
    "promise.recomputed": _recomputed,
}
