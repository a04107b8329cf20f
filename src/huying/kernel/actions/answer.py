"""答复: write the response; it can be changed until it is submitted."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huying.kernel import moves, said
from huying.kernel.errors import BadInput
from huying.kernel.events import TaskAnswerWritten
from huying.kernel.models import Photo, Response, ResponseState
from huying.kernel.photos import TakenPhoto
from huying.kernel.work import on_task
from huying.people.actors import Actor


def answer(actor: Actor, task_id: int, text: str, photos: Sequence[TakenPhoto] = ()) -> Response:
    """Write or rewrite the task's response, with photos added: a draft may be short, and have gaps, until it is submitted.

    Raises NotThere, Refused, BadInput (nothing was written).
    """
    text = text.strip()
    if not text:
        raise BadInput({"text": _("还没有写答复，写一句再存。")})
    with on_task(actor, "answer", task_id) as (work, task):
        moves.target("task", "answer", task.state)
        response = Response.objects.filter(task=task, state=ResponseState.DRAFT).first()
        if response is None:
            response = Response(task=task, matter=work.matter, state=ResponseState.DRAFT)
        response.text, response.written_by, response.written_at = said.of_officer(work.matter, text), actor.officer, work.at
        response.save()
        Photo.objects.bulk_create([Photo(response=response, taken_up_at=work.at, **p.fields()) for p in photos])
        work.tell(TaskAnswerWritten(task.pk, task.bearer.key, response.pk, len(photos)))
    return response
