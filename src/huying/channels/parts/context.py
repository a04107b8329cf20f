"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from huying.channels.parts import access
from huying.channels.parts.looks import of_request
from huying.notify import queries


def looks(request: HttpRequest) -> dict[str, object]:
    """The reader's looks, whether this is a demo, and how many messages she has not read (asked only where it is shown)."""
    unread = SimpleLazyObject(lambda: queries.unread(access.actor_of(request).party))
    return {"looks": of_request(request), "demo": settings.DEMO, "unread": unread}
