"""What ends with a matter that ends otherwise than by an answer: its tasks, its clocks, the calls that waited for it."""

from huying.kernel import clocks, known, voices
from huying.kernel.events import CallEnded
from huying.kernel.models import Call, CallState, Promise
from huying.kernel.record import Work


def end_matter(work: Work, verb: str) -> None:
    """Move the matter by the table and end all that hangs on it. Raises Refused. The caller tells the matter's own fact."""
    known.none_runs(work.matter)
    work.move(verb)
    voices.cancel_tasks(work, verb)
    clocks.drop_rows(work, list(Promise.objects.filter(matter=work.matter, ended_at__isnull=True).order_by("id")))
    work.matter.ended_at, work.matter.due_at = work.at, None
    for call in Call.objects.filter(matter=work.matter, state__in=[CallState.OPEN, CallState.ANSWERED]).order_by("id"):
        end_call(work, call, verb)
        call.save()


def end_call(work: Work, call: Call, how: str) -> None:
    """End one voice's call; who calls saves it."""
    call.state, call.closed_at = CallState.ENDED, work.at
    work.tell_call(call, CallEnded(call.pk, work.matter.pk, how))
