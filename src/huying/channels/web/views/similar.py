"""我也遇到: before an appeal is sent, what is at work already and likely the same. One tap joins it, one goes on."""

from collections.abc import Sequence

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huying.channels.web.form import NAMES, Typed
from huying.kernel.queries import SharedLine

NONE_OF_THEM = "none"
_SALT = "huying.join"


def offer(request: HttpRequest, typed: Typed, lines: Sequence[SharedLine]) -> HttpResponse:
    """The page with what was found. The whole form goes along, so that either button sends it."""
    context = {
        "lines": [(line, _token(typed.key, line.matter_id)) for line in lines],
        "fields": [(name, getattr(typed, name)) for name in NAMES],
        "typed": typed,
        "none": NONE_OF_THEM,
    }
    return render(request, "web/similar.html", context)


def chosen(request: HttpRequest, key: str) -> int | None:
    """The matter she joins, 0 when it is none of those, None when she was not asked yet.

    Only what this form was offered can be joined: the button's value is signed for the form's key.
    """
    value = request.POST.get("join", "")
    if value == NONE_OF_THEM:
        return 0
    try:
        of, matter_id = signing.loads(value, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return matter_id if of == key and isinstance(matter_id, int) else None


def _token(key: str, matter_id: int) -> str:
    return signing.dumps([key, matter_id], salt=_SALT)
