"""The same words sent again from a page that the browser brought back are the same call, though the form has a new key.

What was sent is remembered as a hash in a cookie of the form alone; it ends with the browser's session. Pictures do not
count: a page that comes back has lost them.
"""

import hashlib

from django.core import signing
from django.http import HttpRequest, HttpResponse

from huying.channels.web.form import Typed
from huying.kernel import queries

COOKIE = "sent"
_SALT = "huying.sent"
_SAME = ("sort", "text", "area", "place", "openness", "phone", "about")
MOST = 5  # the last ones
SECONDS = 1800  # half an hour later it is said anew


def key_of(request: HttpRequest, typed: Typed) -> str:
    """The key under which these words were sent from this browser before; else the form's own."""
    known = dict(_sent(request)).get(_digest(typed), "")
    return known if known and queries.is_waiting(known) else typed.key


def remember(request: HttpRequest, answer: HttpResponse, typed: Typed) -> None:
    """These words were sent under this key."""
    digest = _digest(typed)
    kept = [[digest, typed.key], *([d, k] for d, k in _sent(request) if d != digest)][:MOST]
    value = signing.dumps(kept, salt=_SALT, compress=True)
    answer.set_cookie(COOKIE, value, path=request.path, httponly=True, samesite="Lax", secure=request.is_secure())


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    value = request.COOKIES.get(COOKIE, "")
    try:
        return [(str(digest), str(key)) for digest, key in signing.loads(value, salt=_SALT, max_age=SECONDS)]
    except (signing.BadSignature, ValueError, TypeError):
        return []


def _digest(typed: Typed) -> str:
    told = "\x00".join([*(getattr(typed, name) for name in _SAME), str(typed.publish)])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
