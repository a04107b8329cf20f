"""Delivery reports: what a provider says afterwards of a message that it took. Told twice, or late, it changes nothing."""

from huying.base import clock
from huying.base.outside import Fate, Report
from huying.notify.models import WAITING, Message, State


def take(report: Report) -> bool:
    """Write the provider's word down; False when there is no such message. The first word stands."""
    state = State.DELIVERED if report.fate == Fate.DELIVERED else State.FAILED
    reason = "" if state == State.DELIVERED else f"provider: {report.reason}"[:120]
    rows = Message.objects.filter(key=report.key)
    # before `sent` too: the provider may be faster than our own note that it took the message
    rows.filter(state__in=(*WAITING, State.SENT)).update(state=state, ended_at=clock.now(), reason=reason)
    return rows.exists()
