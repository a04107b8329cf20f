"""How a voice's call ends after its answer; when the last voice has ended, so does the matter."""

from datetime import datetime

from huying.kernel import moves
from huying.kernel.events import CallClosed, MatterClosed
from huying.kernel.models import Call, CallState
from huying.kernel.record import Work


def close_voice(work: Work, call: Call, how: str, note: str = "", at: datetime | None = None) -> None:
    """End this voice within another verb's work, or the timer's; `at` is now, unless given."""
    call.state, call.closed_at = CallState.CLOSED, at or work.at
    work.tell_call(call, CallClosed(call.pk, work.matter.pk, how))
    others = work.matter.calls.exclude(pk=call.pk).filter(state__in=[CallState.OPEN, CallState.ANSWERED])
    if not others.exists() and moves.allowed("matter", "close", work.matter.state):
        work.move("close")
        work.tell(MatterClosed(work.matter.pk), note)
