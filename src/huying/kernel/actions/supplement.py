"""补正: what is missing is asked of one voice, once; her answer's clock stands still until she replies."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huying.kernel import branches, clocks, gaps, moves, parts, said, standing
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallAsked, CallSupplied
from huying.kernel.models import Ask, Call, CallState, Promise, Task, TaskRole
from huying.kernel.record import Work
from huying.kernel.work import on_call, on_task
from huying.people.actors import Actor

SHORTEST, REPLY_LIMIT = 4, 1000


def supplement(actor: Actor, task_id: int, text: str, call_id: int | None = None) -> Ask:
    """Ask a voice (the first that was not asked yet) for what is missing, all at once: nobody is asked twice.

    A branch asks for itself, once, and its own clock alone stands still.
    Raises NotThere, Refused (she was asked already, or waits for nothing), BadInput.
    """
    text = text.strip()
    if len(text) < SHORTEST:
        raise BadInput({"text": _("请一次写清楚还缺什么，对方只会被问这一次。")})
    gaps.refuse(text=text)
    with on_task(actor, "supplement", task_id) as (work, task):
        parts.require_lead(task)
        moves.target("task", "supplement", task.state)
        waiting = _unasked(work, task).order_by("id")
        call = waiting.filter(pk=call_id).first() if call_id else waiting.first()
        if call is None:
            raise Refused("asked", _("已经请对方补充过一次，不能再问。"))
        ask = Ask.objects.create(call=call, task=task, text=said.of_officer(work.matter, text), asked_at=work.at)
        work.tell_call(call, CallAsked(call.pk, work.matter.pk, task.bearer.key))
        standing.hold(work, _clocks_of(ask), standing.SUPPLEMENT)
        if task.role == TaskRole.BRANCH:
            branches.stands(work, task)
        call.save(update_fields=["version"])
    return ask


def _unasked(work: Work, task: Task) -> QuerySet[Call]:
    voices = Call.objects.filter(matter=work.matter, state=CallState.OPEN)
    if task.role == TaskRole.BRANCH:
        return voices.exclude(asks__task=task)
    return voices.filter(asks__isnull=True)


def reply(actor: Actor, call_id: int, text: str, ask_id: int | None = None) -> Ask:
    """The caller adds what was asked for (the first thing that is, unless it is named); the clock that stood runs on.

    Raises NotThere, Refused (nothing is asked), BadInput.
    """
    if not text.strip():
        raise BadInput({"reply": _("请写一写，缺的是什么就补什么。")})
    with on_call(actor, "reply", call_id) as (work, call):
        open_ = Ask.objects.select_related("task__bearer").filter(call=call, replied_at__isnull=True).order_by("id")
        ask = open_.filter(pk=ask_id).first() if ask_id else open_.first()
        if ask is None or call.state != CallState.OPEN:
            raise Refused("not_asked", _("现在没有要您补充的。"))
        ask.reply, ask.replied_at = said.of_caller(call, text.strip(), REPLY_LIMIT), work.at
        ask.save(update_fields=["reply", "replied_at"])
        work.tell_call(call, CallSupplied(call.pk, work.matter.pk, ask.task.bearer.key))
        standing.run_on(work, _clocks_of(ask), standing.SUPPLEMENT)
        if ask.task.role == TaskRole.BRANCH:
            branches.runs(work, ask.task)
        else:
            clocks.settle_due(work)
        call.save()
    return ask


def _clocks_of(ask: Ask) -> list[Promise]:
    """What stands still until she replies: her answer's clock, or that of the branch alone which asks."""
    running = Promise.objects.filter(ended_at__isnull=True)
    if ask.task.role == TaskRole.BRANCH:
        return list(running.filter(task=ask.task, what=branches.DECIDE))
    return list(running.filter(call=ask.call, what="answer"))
