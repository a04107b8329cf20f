"""An answer reaches the callers: every voice that waits gets it, and the promises to answer are kept."""

from huying.kernel import clocks, voices
from huying.kernel.events import CallAnswered, MatterAnswered
from huying.kernel.models import CallState, Response
from huying.kernel.record import Work


def deliver(work: Work, bearer: str, response: Response) -> None:
    """Within another verb's work. `bearer` is the key of the department that answers."""
    voices.cancel_tasks(work, "deliver")
    work.move("deliver")
    work.matter.ended_at = work.at
    clocks.meet(work, "answer")
    work.tell(MatterAnswered(work.matter.pk, bearer))
    for call in work.matter.calls.filter(state=CallState.OPEN):
        call.state, call.answered_at, call.response = CallState.ANSWERED, work.at, response
        # a new answer: what was said of the one before can no more be corrected, and nobody has asked about this one yet
        call.told_to_desk, call.tries, call.tried_at = False, 0, None
        work.tell_call(call, CallAnswered(call.pk, work.matter.pk))
        call.save()
