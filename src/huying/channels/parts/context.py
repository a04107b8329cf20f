"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from huying.channels.parts.looks import STANDARD


def looks(request: HttpRequest) -> dict[str, object]:
    """The reader's looks, and whether this is a demo."""
    return {"looks": getattr(request, "looks", STANDARD), "demo": settings.DEMO}
