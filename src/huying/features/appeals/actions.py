"""The appeals' own verbs: make one, and show an answered one on the public board."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.features.appeals import about
from huying.features.appeals.events import AppealPublished
from huying.features.appeals.kind import APPEAL
from huying.features.appeals.models import Appeal
from huying.kernel import actions as kernel
from huying.kernel import queries, said
from huying.kernel.actions import Notice, follow, open_calls
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.intake import NewCall, Opened
from huying.kernel.models import CallState, Incident, Openness
from huying.kernel.photos import TakenPhoto
from huying.kernel.queries import IncidentLine, OwnLine, SharedLine
from huying.kernel.work import on_call
from huying.people import parties
from huying.people.actors import Actor
from huying.people.models import Party

TEXT_SHORTEST, TEXT_LONGEST = 5, 4000
TITLE_LENGTH = 30
INCIDENT_SORT = "help"  # what somebody asks for who meets what others meet
_ENDS = "。！？!?\n；;，,"


@dataclass(slots=True)
class NewAppeal:
    """What the form asks. `key` makes a resend the same call; `phone` may be empty for an anonymous appeal."""

    key: str
    sort: str
    text: str
    title: str = ""
    channel: str = "web"
    phone: str = ""
    area_key: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    openness: str = Openness.NAMED
    may_publish: bool = False
    photos: tuple[TakenPhoto, ...] = ()
    opened_at: datetime | None = None
    about: str = ""  # the body complained about, as she wrote its name
    join: int | None = None  # 我也遇到: the matter that it joins instead of opening one


def alike(actor: Actor, new: NewAppeal) -> list[SharedLine]:
    """What is at work already and likely the same: offered before sending. None for what is not to be shared.

    Raises BadInput naming each field at fault.
    """
    check(actor, new)
    area = city.area_by_key(new.area_key) if new.area_key else None
    if not APPEAL.sort(new.sort).shared or area is None or new.about:
        return []
    return queries.offered(_words(new), new.place.strip(), area, APPEAL.name, sort=new.sort)


def told_before(actor: Actor, new: NewAppeal) -> list[OwnLine]:
    """What she said before, waits for, and is likely saying again."""
    if new.about or APPEAL.sort(new.sort).confidential:
        return []
    area = city.area_by_key(new.area_key) if new.area_key else None
    return queries.said_before(actor, _words(new), new.place.strip(), area, APPEAL.name, sort=new.sort)


def _words(new: NewAppeal) -> str:
    """The same words as open_calls will read, so that dispatch reads them once."""
    return f"{new.title.strip() or title_of(new.text)}。{new.text.strip()}"


def known(actor: Actor, new: NewAppeal, seen: Collection[int] = ()) -> list[IncidentLine]:
    """The known incidents of her area that she was not shown yet, before what she wrote is recorded. None for a
    report of wrongdoing or what complains about a body: whoever tells such a thing is not asked about burst pipes.
    """
    area = city.area_by_key(new.area_key) if new.area_key else None
    if area is None or APPEAL.sort(new.sort).confidential or new.about:
        return []
    return [line for line in queries.incidents(area) if line.matter_id not in seen]


def make_appeal(actor: Actor, new: NewAppeal, first: Callable[[], object] | None = None) -> Opened:
    """Record an appeal. The caller is the signed-in party, the party of the phone, or nobody known.

    `first` is done within its transaction (not where it joins another's). Raises BadInput naming each field at fault, and
    what `first` raises.
    """
    check(actor, new)
    call = _call(actor, new)
    if new.join is not None and not new.about:
        try:
            return follow(actor, call, new.join)
        except NotThere:  # it may no longer be joined: then hers is recorded for itself
            pass
    return open_calls(actor, [call], first)[0]


def join_incident(actor: Actor, matter_id: int, new: NewAppeal) -> Opened:
    """我也遇到: a voice in a known incident. What she wrote goes along; nothing need be written, and nothing but her number.

    Raises NotThere (no such incident), Refused (it has ended), BadInput (also where she complains about a body: that goes
    its own way).
    """
    line = queries.incident(matter_id).line
    if new.about.strip():
        raise BadInput({"about": _("写了投诉哪个单位的，要单独办，不能加入大家的事。只想加入的话，请把单位清空。")})
    if new.sort not in {s.name for s in APPEAL.sorts} or APPEAL.sort(new.sort).confidential:
        new.sort = INCIDENT_SORT
    if len(new.text.strip()) < TEXT_SHORTEST:
        new.text = _("我也遇到：%(title)s") % {"title": line.title}
    new.title, new.openness = line.title, new.openness or Openness.CONFIDENTIAL
    check(actor, new)
    return follow(actor, _call(actor, new), matter_id, while_known=True)


def open_incident(actor: Actor, bearer_id: int, notice: Notice, key: str) -> Incident:
    """A known incident that nobody has called about yet. Raises Refused, BadInput."""
    return kernel.open_incident(actor, bearer_id, notice, key=key, kind=APPEAL.name, sort=INCIDENT_SORT)


def _call(actor: Actor, new: NewAppeal) -> NewCall:
    return NewCall(
        key=new.key,
        kind=APPEAL.name,
        sort=new.sort,
        title=new.title.strip() or title_of(new.text),
        text=new.text,
        channel=new.channel,
        caller=_caller(actor, new),
        area_key=new.area_key or None,
        place=new.place,
        lon=new.lon,
        lat=new.lat,
        openness=new.openness,
        about_key=about.key_of(new.about),
        photos=new.photos,
        opened_at=new.opened_at,
        extra={"may_publish": new.may_publish},
    )


def check(actor: Actor, new: NewAppeal) -> None:
    """Every fault of a new appeal at once. Raises BadInput."""
    errors: dict[str, str] = {}
    if not new.key or len(new.key) > 80:
        errors["key"] = _("页面已过期，请刷新后再提交。")
    if new.sort not in {s.name for s in APPEAL.sorts}:
        errors["sort"] = _("请选一种：咨询、求助、投诉、举报、建议或表扬。")
    length = len(new.text.strip())
    if length < TEXT_SHORTEST:
        errors["text"] = _("请说说发生了什么，至少五个字。")
    elif length > TEXT_LONGEST:
        errors["text"] = _("最多四千字，现在有 %(n)s 字，请删短一些，或者分成两件。") % {"n": length}
    if new.area_key and city.area_by_key(new.area_key) is None:
        errors["area"] = _("没有这个区县或镇街，请重新选择。")
    if new.openness not in Openness.values:
        errors["openness"] = _("请选择谁可以知道您是谁。")
    elif actor.party is None and new.openness != Openness.ANONYMOUS and new.phone and not parties.normal_phone(new.phone):
        errors["phone"] = _("手机号是 11 位数字，请检查。")
    elif actor.party is None and new.openness != Openness.ANONYMOUS and not new.phone:
        errors["phone"] = _("请留手机号，方便联系您；不想留的话，请选“匿名”。")
    if (new.lon is None) != (new.lat is None):
        errors["point"] = _("地图上的点不完整，请重新定位或者去掉。")
    if fault := about.fault(new.about):
        errors["about"] = fault
    if errors:
        raise BadInput(errors)


def title_of(text: str, length: int = TITLE_LENGTH) -> str:
    """A title out of the first words of a text: up to the first pause, at most `length` characters."""
    plain = " ".join(text.split())
    for at, char in enumerate(plain[: length + 1]):
        if char in _ENDS and at >= 4:
            return plain[:at]
    return plain[:length]


def _caller(actor: Actor, new: NewAppeal) -> Party | None:
    if actor.party is not None:
        return actor.party
    if new.phone and new.openness != Openness.ANONYMOUS:
        return parties.draft_of_phone(new.phone)
    return None


def publish(actor: Actor, call_id: int, public_call: str, public_answer: str) -> Appeal:
    """Show an answered appeal on the board, in words an officer has confirmed.

    Raises NotThere, Refused (the caller did not agree, or there is no answer yet), BadInput.
    """
    errors = {
        n: _("请写好要公开的文字。")
        for n, v in (("public_call", public_call), ("public_answer", public_answer))
        if not v.strip()
    }
    if errors:
        raise BadInput(errors)
    with on_call(actor, "publish", call_id) as (work, call):
        appeal = Appeal.objects.select_for_update().get(call=call)
        if not appeal.may_publish:
            raise Refused("no_consent", _("来电人没有同意公开这件诉求。"))
        if call.state not in (CallState.ANSWERED, CallState.CLOSED):
            raise Refused("not_now", _("答复以后才能公开。"))
        appeal.public_call, appeal.public_answer = said.for_all(public_call.strip()), said.for_all(public_answer.strip())
        appeal.published_at, appeal.published_by = work.at, actor.officer
        appeal.save()
        work.tell_call(call, AppealPublished(call.pk, call.matter_id))
        call.save()
    return appeal
