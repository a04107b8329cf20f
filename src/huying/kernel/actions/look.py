"""阅: open one field of who calls, for a reason, for a time. Each look is a fact, and its owner sees it and may object."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import clocks, looks, said
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.events import CallLooked, LookExplained, LookObjected
from huying.kernel.models import Call, Look, Promise
from huying.kernel.record import Work
from huying.kernel.work import on_call
from huying.people.actors import Actor

NOTE, LIMIT, SHORTEST = 200, 500, 4


def look(actor: Actor, call_id: int, field: str, reason: str, note: str = "") -> Look:
    """Open the field until the pack's minutes are over; `queries.opened` reads what it holds.

    Raises NotThere, Refused (she gave nothing, or this officer may not know her), BadInput.
    """
    errors = {}
    if field not in looks.FIELDS:
        errors["field"] = _("请选要看哪一项。")
    if reason not in looks.reasons():
        errors["reason"] = _("请选为什么要看，来电人看得到。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "look", call_id) as (work, call):
        if actor.officer is None:
            raise NotThere
        if not looks.may_open(actor, call):
            raise Refused("closed_identity", _("来电人要求不公开身份，请用“留言”联系。"))
        if not looks.held(call, field):
            raise Refused(f"no_{field}", _("来电人没有留下这一项。"))
        row = _row(work, call, field, reason, note)
        row.save()
        key = row.department.key if row.department else ""
        until = int(row.until.timestamp())
        work.tell_call(call, CallLooked(call.pk, work.matter.pk, field, key, row.role, reason, until, tuple(row.unusual)))
        call.save()
    return row


def _row(work: Work, call: Call, field: str, reason: str, note: str) -> Look:
    officer, post = work.actor.officer, looks.post_of(work.actor, call)
    assert officer
    row = Look(call=call, officer=officer, field=field, reason=reason, at=work.at, until=looks.closes(work.at))
    row.department = city.department_by_id(post.department_id) if post else None
    row.role, row.note = post.role if post else "", said.of_officer(work.matter, note.strip(), NOTE)
    row.unusual = looks.unusual(officer.pk, work.at)
    row.asked = bool(row.unusual)
    return row


def object_look(actor: Actor, call_id: int, look_id: int, text: str) -> Look:
    """质疑: the caller asks why somebody looked; the auditor answers within a promise. Raises NotThere, Refused, BadInput."""
    if len(text.strip()) < SHORTEST:
        raise BadInput({"text": _("请写明您觉得哪里不对，至少四个字。")})
    with on_call(actor, "object_look", call_id) as (work, call):
        row = _look_of(call, look_id)
        if row.objected_at or row.explained_at:
            raise Refused("asked", _("这一次查看您已经质疑过，或者已经有了答复。"))
        row.objection, row.objected_at, row.asked = said.of_caller(call, text.strip(), LIMIT), work.at, True
        row.save()
        work.tell_call(call, LookObjected(call.pk, work.matter.pk, row.pk))
        if not Promise.objects.filter(call=call, what="explain", ended_at__isnull=True).exists():
            clocks.start(work, "explain", call=call)
        call.save()
    return row


def explain_look(actor: Actor, call_id: int, look_id: int, found: str, words: str) -> Look:
    """The auditor says what he found out about a look that is unusual or was objected to; its owner reads it.

    Raises NotThere, Refused (nobody asks, it is answered already, or it was his own look), BadInput.
    """
    errors = {}
    if found not in Look.Found.values:
        errors["found"] = _("请选查到了什么。")
    if len(words.strip()) < SHORTEST:
        errors["words"] = _("请写明查到了什么、怎么处理，来电人看得到。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "explain_look", call_id) as (work, call):
        row = _look_of(call, look_id)
        if not row.asked or row.explained_at:
            raise Refused("not_asked", _("这一次查看没有人问，或者已经答复了。"))
        if work.is_his(row.officer_id):
            raise Refused("own_look", _("这是您自己的查看，请由另一位审计员来查。"))
        row.found, row.words, row.explained_at = found, said.of_officer(work.matter, words.strip(), LIMIT), work.at
        row.explained_by = actor.officer
        row.save()
        work.tell_call(call, LookExplained(call.pk, work.matter.pk, row.pk, found))
        if not call.looks.filter(objected_at__isnull=False, explained_at__isnull=True).exists():
            clocks.meet_of(work, call, "explain")
        call.save()
    return row


def _look_of(call: Call, look_id: int) -> Look:
    row = Look.objects.filter(pk=look_id, call=call).select_related("department").first()
    if row is None:
        raise NotThere
    return row
