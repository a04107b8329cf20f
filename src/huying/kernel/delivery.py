"""An answer reaches the callers: every voice that waits gets it, and the promises to answer are kept."""

from huying.city.models import Department
from huying.kernel import clocks, incidents, known, voices
from huying.kernel.events import CallAnswered, MatterAnswered, MatterClosed
from huying.kernel.models import CallState, Response
from huying.kernel.record import Work


def deliver(work: Work, bearer: Department, response: Response) -> None:
    """Within another verb's work; `bearer` answers. An answer says that it is done: an incident ends with it at the latest."""
    if incident := known.running(work.matter):
        incidents.end(work, incident, bearer, "answered")
    voices.cancel_tasks(work, "deliver")
    work.move("deliver")
    work.matter.ended_at = work.at
    clocks.meet(work, "answer")
    work.tell(MatterAnswered(work.matter.pk, bearer.key))
    for call in work.matter.calls.filter(state=CallState.OPEN):
        call.state, call.answered_at, call.response = CallState.ANSWERED, work.at, response
        # a new answer: what was said of the one before can no more be corrected, and nobody has asked about this one yet
        call.told_to_desk, call.tries, call.tried_at = False, 0, None
        work.tell_call(call, CallAnswered(call.pk, work.matter.pk))
        call.save()
    if not work.matter.calls.filter(state=CallState.ANSWERED).exists():  # an incident without a voice: nobody's word is awaited
        work.move("close")
        work.tell(MatterClosed(work.matter.pk))
