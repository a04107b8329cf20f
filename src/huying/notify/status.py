"""How telling stands, for whoever runs the city."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min

from huying.base import clock
from huying.events import log
from huying.notify import reader
from huying.notify.models import WAITING, Channel, Message, Notice, State

KEPT = timedelta(days=730)


def figures() -> dict[str, Any]:
    """Messages by channel and state, the age of the oldest that is due and waits, and why messages were given up."""
    counts = {channel: dict.fromkeys(State.values, 0) for channel in Channel.values}
    for row in Message.objects.values("channel", "state").annotate(n=Count("id")):
        counts[row["channel"]][row["state"]] = row["n"]
    now = clock.now()
    due = Message.objects.filter(state__in=WAITING, next_try_at__lte=now)
    oldest = due.aggregate(oldest=Min("next_try_at"))["oldest"]
    ended = Message.objects.filter(state__in=(State.GIVEN_UP, State.FAILED)).values("reason").annotate(n=Count("id"))
    return {
        "messages": counts,
        "due": due.count(),
        "oldest_due_seconds": int((now - oldest).total_seconds()) if oldest else 0,
        "notices": Notice.objects.count(),
        "unread_by_reader": log.behind(reader.NAME),
        "given_up_because": {row["reason"]: row["n"] for row in ended.order_by("-n")[:10]},
    }


def sweep() -> int:
    """Delete what was told more than two years ago; how many notices. A timer calls it once a day."""
    before = clock.now() - KEPT
    notices, _ = Notice.objects.filter(at__lt=before).delete()
    Message.objects.filter(made_at__lt=before, notices__isnull=True).exclude(state__in=WAITING).delete()
    return notices
