"""What the kernel holds about a party: her calls with words, photos, ratings, and who opened her number. How it goes."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.events.erasure import erase_salts
from huying.kernel import photos, said, search
from huying.kernel.models import Ask, Call, CallNote, CallState, Message, Photo, Sealed
from huying.kernel.queries.looks import LookLine, looks_at, messages_of
from huying.people.actors import party_actor
from huying.people.holdings import Files, Section
from huying.people.models import Party, Role


def held(party: Party) -> list[Section]:
    """Her calls, photos, answers to questions, each look at her and what was left for her. Raises KeyTrouble."""
    calls = list(Call.objects.filter(caller=party).select_related("area", "response").order_by("-opened_at", "-id"))
    names = {call.pk: call.number for call in calls}
    return [
        Section("calls", _("您的诉求"), [_call(call) for call in calls]),
        Section("photos", _("您的照片"), [_photo(row, names) for row in _photos(names)]),
        Section("looks", _("谁看过您的信息"), [_look(line) for line in looks_at(party_actor(party), most=None)]),
        Section("left_messages", _("给您的留言"), [_left(row, names) for row in messages_of(names)]),
    ]


def open_matters(party: Party) -> list[str]:
    """The numbers of her calls that still wait for an answer."""
    return list(Call.objects.filter(caller=party, state=CallState.OPEN).order_by("id").values_list("number", flat=True))


def erase(party: Party) -> list[Files]:
    """Whatever of her calls points at her. Words without identifiers stay with the matter until their time is over."""
    calls = list(Call.objects.filter(caller=party).values_list("pk", flat=True))
    Call.objects.filter(pk__in=calls).update(sealed=None, lon=None, lat=None)
    Sealed.objects.filter(party=party).delete()
    gone = drop_photos(calls)
    search.detach(party)
    if calls:
        erase_salts([f"call:{pk}" for pk in calls], f"party:{party.token}")
    return gone


def drop_photos(calls: Iterable[int]) -> list[Files]:
    """Forget the photos of these calls; what comes back removes their bytes, where no other call or answer shows the same."""
    rows = Photo.objects.filter(call__in=calls)
    hashes = set(rows.values_list("sha256", flat=True))
    rows.delete()
    return [partial(_unlink, sha256) for sha256 in hashes]


def _unlink(sha256: str) -> None:
    if not Photo.objects.filter(sha256=sha256).exists():
        for small in (False, True):
            photos.stored(sha256, small).unlink(missing_ok=True)


def _call(call: Call) -> dict[str, str]:
    hers = said.Hers(call, proven=True)
    asks = Ask.objects.filter(call=call).order_by("id")
    row = {
        _("查询号"): call.number,
        _("提出时间"): _moment(call.opened_at),
        _("标题"): hers.read(call.title),
        _("内容"): hers.read(call.text),
        _("地方"): " ".join(filter(None, (call.area.name if call.area else "", hers.read(call.place)))),
        _("定位"): f"{call.lon}, {call.lat}" if call.lon is not None else "",
        _("公开程度"): call.get_openness_display(),
        _("状态"): call.get_state_display(),
        _("答复"): hers.read(call.response.text) if call.response and call.answered_at else "",
        _("解决了吗"): "" if call.solved is None else _("解决了") if call.solved else _("没解决"),
        _("评分"): str(call.grade or ""),
        _("评价"): hers.read(call.rating_text),
        _("补充"): "\n".join(hers.read(ask.reply) for ask in asks if ask.reply),
        _("对您说的话"): "\n".join(hers.read(note.text) for note in CallNote.objects.filter(call=call, to_caller=True)),
    }
    return {label: value for label, value in row.items() if value}


def _photos(calls: Iterable[int]) -> Iterable[Photo]:
    return Photo.objects.filter(call__in=list(calls)).order_by("-call", "id")


def _photo(row: Photo, names: dict[int, str]) -> dict[str, str]:
    size = f"{row.width}×{row.height}, {row.size} B"
    return {
        _("查询号"): names[row.call_id or 0],
        _("收到时间"): _moment(row.taken_up_at),
        _("大小"): size,
        "SHA-256": row.sha256,
    }


def _look(line: LookLine) -> dict[str, str]:
    look, objection = line.look, line.objection
    row = {
        _("查询号"): look.call.number,
        _("时间"): _moment(look.at),
        _("谁"): look.officer.name,
        _("岗位"): str(Role(look.role).label),
        _("单位"): look.department.name,
        _("看了什么"): {"phone": _("电话"), "name": _("姓名")}.get(look.field, look.field),
        _("理由"): line.reason,
        _("写的话"): line.words,
        _("您的异议"): objection.text if objection else "",
        _("异议的答复"): objection.answer if objection else "",
    }
    return {label: value for label, value in row.items() if value}


def _left(row: Message, names: dict[int, str]) -> dict[str, str]:
    found = {_("查询号"): names[row.call_id], _("时间"): _moment(row.left_at), _("单位"): row.department.name}
    found |= {_("留言"): row.text, _("您的回复"): row.answer}
    return {label: value for label, value in found.items() if value}


def _moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
