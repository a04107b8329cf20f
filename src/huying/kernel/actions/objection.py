"""异议: she objects to a look; the auditor finds out, and answers her within the pack's term. He also reviews unusual looks."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import clocks, said
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.events import CallLookReviewed, CallObjected, CallObjectionAnswered
from huying.kernel.models import Call, Look, Objection, Promise
from huying.kernel.record import Work
from huying.kernel.rules import DESK_TYPE
from huying.kernel.work import on_call
from huying.people.actors import Actor

SHORTEST, LIMIT = 4, 500


def object_(actor: Actor, call_id: int, look_id: int, words: str) -> Objection:
    """Object to one look at her own call, once. The auditor's answer is promised from here.

    Raises NotThere, Refused (she objected to it before), BadInput.
    """
    if len(words.strip()) < SHORTEST:
        raise BadInput({"objection": _("请写一句哪里不对，审计员会去问。")})
    with on_call(actor, "object", call_id) as (work, call):
        look = _look(call, look_id)
        if Objection.objects.filter(look=look).exists():
            raise Refused("objected", _("这一次查看您已经提过异议。"))
        row = Objection.objects.create(look=look, call=call, text=said.of_caller(call, words.strip(), LIMIT), made_at=work.at)
        work.tell_call(call, CallObjected(call.pk, work.matter.pk, look.pk))
        if not Promise.objects.filter(call=call, what="objection", ended_at__isnull=True).exists():
            clocks.start(work, "objection", call=call)  # a second one is answered by the day of the first
        call.save()
    return row


def answer_objection(actor: Actor, call_id: int, look_id: int, upheld: bool | None, words: str) -> Objection:
    """Tell her what was found about the look she objects to, and whether she was right.

    Raises NotThere, Refused (nothing waits for an answer, or it was his own look), BadInput.
    """
    _said(words, upheld is None)
    with on_call(actor, "answer_objection", call_id) as (work, call):
        look = _look(call, look_id)
        row = Objection.objects.filter(look=look, answered_at__isnull=True).first()
        if row is None:
            raise Refused("not_asked", _("这次查看没有等答复的异议。"))
        _not_his_own(work, look)
        row.answer, row.upheld = said.of_officer(work.matter, words.strip(), LIMIT), upheld
        row.answered_by, row.answered_at = actor.officer, work.at
        row.save()
        work.tell_call(call, CallObjectionAnswered(call.pk, work.matter.pk, look.pk, _desk_of(actor), bool(upheld)))
        if not Objection.objects.filter(call=call, answered_at__isnull=True).exists():
            clocks.meet_of(work, call, "objection")
        call.save()
    return row


def review_look(actor: Actor, call_id: int, look_id: int, proper: bool | None, words: str) -> Look:
    """Write down what was found about an unusual look, and whether it was proper.

    Raises NotThere, Refused (it is not unusual, was reviewed before, or is his own), BadInput.
    """
    _said(words, proper is None)
    with on_call(actor, "review_look", call_id) as (work, call):
        look = _look(call, look_id)
        if not look.signs or look.found_at is not None:
            raise Refused("not_asked", _("这次查看不用核查，或者已经核查过。"))
        _not_his_own(work, look)
        look.found, look.proper = said.of_officer(work.matter, words.strip(), LIMIT), proper
        look.found_by, look.found_at = actor.officer, work.at
        look.save()
        work.tell_call(call, CallLookReviewed(call.pk, work.matter.pk, look.pk, _desk_of(actor), bool(proper)))
        call.save(update_fields=["version"])
    return look


def _look(call: Call, look_id: int) -> Look:
    """A look at this call. Raises NotThere: another's looks like none."""
    found = Look.objects.filter(pk=look_id, call=call).first()
    if found is None:
        raise NotThere
    return found


def _said(words: str, undecided: bool) -> None:
    errors = {}
    if undecided:
        errors["verdict"] = _("请选一样：查看得当，还是不当。")
    if len(words.strip()) < SHORTEST:
        errors["words"] = _("请写明查到了什么。")
    if errors:
        raise BadInput(errors)


def _not_his_own(work: Work, look: Look) -> None:
    if work.is_his(look.officer_id):
        raise Refused("not_apart", _("这是您自己的查看，请由另一位审计员来核查。"))


def _desk_of(actor: Actor) -> str:
    """The key of the desk for which the auditor speaks."""
    post = next(post for post in actor.posts if post.role == "auditor" and post.department_type == DESK_TYPE)
    department = city.department_by_id(post.department_id)
    return department.key if department else ""
