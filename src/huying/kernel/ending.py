"""How a voice's call ends after its answer; when the last voice has ended, so does the matter."""

from datetime import datetime

from huying.kernel import moves
from huying.kernel.events import CallClosed, MatterClosed
from huying.kernel.models import Call, CallState, Conclusion
from huying.kernel.record import Work


def close_voice(work: Work, call: Call, how: str, note: str = "", at: datetime | None = None) -> None:
    """End this voice within another verb's work, or the timer's; `at` is now, unless given. `note` is for officers."""
    call.state, call.closed_at, call.ended_how = CallState.CLOSED, at or work.at, how
    lapse(call, at or work.at)
    work.tell_call(call, CallClosed(call.pk, work.matter.pk, how), note, to_caller=False)
    others = work.matter.calls.exclude(pk=call.pk).filter(state__in=[CallState.OPEN, CallState.ANSWERED])
    if not others.exists() and moves.allowed("matter", "close", work.matter.state):
        work.move("close")
        work.tell(MatterClosed(work.matter.pk))


def lapse(call: Call, at: datetime) -> None:
    """A conclusion that a panel still weighs is weighed no more: the call ended otherwise."""
    call.conclusions.filter(ended_at__isnull=True).update(outcome=Conclusion.Outcome.LAPSED, ended_at=at)
