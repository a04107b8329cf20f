"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from huying.channels.parts.looks import of_request


def looks(request: HttpRequest) -> dict[str, object]:
    """The reader's looks, and whether this is a demo."""
    return {"looks": of_request(request), "demo": settings.DEMO}
