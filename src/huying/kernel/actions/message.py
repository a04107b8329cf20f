"""留言: an officer leaves a voice a message, and she answers it, without either knowing the other's number."""

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import gaps, rules, said
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallMessageAnswered, CallMessaged
from huying.kernel.models import Call, Message
from huying.kernel.work import on_call
from huying.people.actors import Actor

SHORTEST, LIMIT = 4, 500
WAYS = ("page", "relay")
MOST_UNANSWERED = 3  # nobody is pressed by one message after the other


def leave_message(actor: Actor, call_id: int, text: str) -> Message:
    """Leave her a message. It reaches her through the relay, and stands on her call's page.

    Raises NotThere, Refused (she has not answered the last ones), BadInput.
    """
    text = text.strip()
    if len(text) < SHORTEST:
        raise BadInput({"text": _("请写清楚要跟来电人说什么。")})
    gaps.refuse(text=text)
    with on_call(actor, "leave_message", call_id) as (work, call):
        if Message.objects.filter(call=call, answered_at__isnull=True).count() >= MOST_UNANSWERED:
            raise Refused("unanswered", _("前面 %(n)s 条留言还没有回，请等一等。") % {"n": MOST_UNANSWERED})
        department = city.department_by_id(_department(actor, call))
        assert department
        row = Message(call=call, officer=actor.officer, department=department, left_at=work.at)
        row.text = said.of_officer(work.matter, text, LIMIT)
        row.save()
        work.tell_call(call, CallMessaged(call.pk, work.matter.pk, row.pk, department.key))
        call.save(update_fields=["version"])
    return row


def answer_message(actor: Actor, call_id: int, text: str, way: str = "page") -> Message:
    """Her answer to the last message, on her page or by the relay's number; a further answer is added to it.

    Raises NotThere, Refused (nobody left her a message), BadInput.
    """
    if not text.strip():
        raise BadInput({"answer": _("请写一写要回什么。")})
    with on_call(actor, "answer_message", call_id) as (work, call):
        row = Message.objects.filter(call=call).order_by("left_at", "pk").last()
        if row is None:
            raise Refused("not_asked", _("还没有人给您留言。"))
        added = said.of_caller(call, text.strip(), LIMIT)
        row.answer, row.answered_at = f"{row.answer}\n{added}".strip(), work.at
        row.save(update_fields=["answer", "answered_at"])
        # what she answered last answers those before it too
        Message.objects.filter(call=call, answered_at__isnull=True).update(answered_at=work.at)
        work.tell_call(call, CallMessageAnswered(call.pk, work.matter.pk, row.pk, way if way in WAYS else WAYS[0]))
        call.save()
    return row


def _department(actor: Actor, call: Call) -> int:
    """For which of his departments he speaks."""
    for rule in rules.RULES:
        if rule.verb == "leave_message":
            for post in actor.posts:
                if post.role in rule.roles and rules.holds(actor, post, rule, call):
                    return post.department_id
    return actor.posts[0].department_id
