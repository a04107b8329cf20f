"""What ends with a matter that ends otherwise than by an answer: its tasks, its clocks, the calls that waited for it."""

import msgspec

from huying.kernel import clocks, known, voices
from huying.kernel.ending import lapse
from huying.kernel.events import CallEnded, MatterClosed, MatterConcluded, MatterSettled, MatterWithdrawn
from huying.kernel.models import Call, CallState, MatterState, Promise
from huying.kernel.record import Work

_FACTS: dict[str, type[msgspec.Struct]] = {"withdraw": MatterWithdrawn, "conclude": MatterConcluded}


def end_matter(work: Work, verb: str) -> None:
    """Move the matter by the table and end all that hangs on it. Raises Refused. The caller tells the matter's own fact."""
    known.none_runs(work.matter)
    work.move(verb)
    voices.cancel_tasks(work, verb)
    _drop_clocks(work)
    work.matter.ended_at, work.matter.due_at = work.at, None
    for call in Call.objects.filter(matter=work.matter, state__in=[CallState.OPEN, CallState.ANSWERED]).order_by("id"):
        end_call(work, call, verb)
        call.save()


def end_call(work: Work, call: Call, how: str) -> None:
    """End one voice's call; who calls saves it."""
    call.state, call.closed_at, call.ended_how = CallState.ENDED, work.at, how
    lapse(call, work.at)
    work.tell_call(call, CallEnded(call.pk, work.matter.pk, how))


def nobody_waits(work: Work, verb: str) -> None:
    """The last voice that waited does so no more. Where others have their answer it stands; else the matter ends by `verb`."""
    if known.running(work.matter) is not None:
        return  # an incident goes on without a voice: the pipe is not mended because nobody waits any longer
    left = set(work.matter.calls.values_list("state", flat=True)) & {CallState.ANSWERED, CallState.CLOSED}
    voices.cancel_tasks(work, verb)
    _drop_clocks(work)
    work.matter.ended_at = work.at
    if not left:
        work.move(verb)
        work.tell(_FACTS[verb](work.matter.pk))
        return
    if work.matter.state != MatterState.ANSWERED:
        work.move("settle")
        work.tell(MatterSettled(work.matter.pk))
    if CallState.ANSWERED not in left:
        work.move("close")
        work.tell(MatterClosed(work.matter.pk))


def _drop_clocks(work: Work) -> None:
    """All that still runs, but for what was promised to her whatever becomes of it."""
    running = Promise.objects.filter(matter=work.matter, ended_at__isnull=True).exclude(what__in=clocks.LASTING)
    clocks.drop_rows(work, list(running.order_by("id")))
