"""An answer reaches every voice of its matter, and the promise to answer is kept."""

from huying.kernel import clocks, incidents, known, voices
from huying.kernel.events import CallAnswered, MatterAnswered, MatterClosed
from huying.kernel.models import CallState, Response, Task
from huying.kernel.record import Work


def deliver(work: Work, task: Task, response: Response) -> None:
    """Give the answer to all who wait. An answer says that it is done, so an incident ends with it at the latest."""
    if incident := known.running(work.matter):
        incidents.end(work, incident, task.bearer, "answered")
    voices.cancel_tasks(work, "deliver")
    work.move("deliver")
    work.matter.ended_at = work.at
    clocks.meet(work, "answer")
    work.tell(MatterAnswered(work.matter.pk, task.bearer.key))
    for call in work.matter.calls.filter(state=CallState.OPEN):
        call.state, call.answered_at, call.response = CallState.ANSWERED, work.at, response
        work.tell_call(call, CallAnswered(call.pk, work.matter.pk))
        call.save()
    if not work.matter.calls.filter(state=CallState.ANSWERED).exists():  # an incident without a voice: nobody's word is awaited
        work.move("close")
        work.tell(MatterClosed(work.matter.pk))
