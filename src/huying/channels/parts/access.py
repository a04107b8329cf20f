"""Who acts in a request: an officer, a signed-in caller, somebody who showed a call's number and secret, or a visitor."""

from collections.abc import Iterator

from django.core import signing
from django.http import HttpRequest, HttpResponse

from huying.channels.parts import entering
from huying.kernel.errors import NotThere
from huying.kernel.queries import CallView, call_page
from huying.people.actors import Actor, holder_actor, officer_actor, party_actor

VISITOR = Actor(name="visitor")
HELD = "held"  # the cookie of calls whose number and secret were shown here; it ends with the browser's session
MOST_HELD = 20
_SALT = "huying.held"


def actor_of(request: HttpRequest) -> Actor:
    """The officer (with his second factor proved) or the caller who is signed in; else a visitor. Asked once a request."""
    known: Actor | None = getattr(request, "_actor", None)
    if known is None:
        known = _signed_in(request)
        request._actor = known  # type: ignore[attr-defined]  # kept for the rest of this request
    return known


def _signed_in(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated:
        return VISITOR
    entering.notice(request)
    if (officer := getattr(account, "officer", None)) is not None:
        return officer_actor(officer) if entering.is_proved(request) else VISITOR
    party = getattr(account, "party", None)
    return party_actor(party) if party is not None else VISITOR


def held_calls(request: HttpRequest) -> list[int]:
    """Ids of the calls whose number and secret were shown in this browser, newest first."""
    try:
        told = signing.loads(request.COOKIES.get(HELD, ""), salt=_SALT)
    except signing.BadSignature:
        return []
    return [pk for pk in told if isinstance(pk, int)] if isinstance(told, list) else []


def hold(request: HttpRequest, response: HttpResponse, call_id: int) -> None:
    """Remember in this browser, until it is closed, that the call's number and secret were shown."""
    held = [call_id, *(pk for pk in held_calls(request) if pk != call_id)][:MOST_HELD]
    value = signing.dumps(held, salt=_SALT)
    response.set_cookie(HELD, value, httponly=True, samesite="Lax", secure=request.is_secure())


def let_go(response: HttpResponse) -> None:
    """Forget every call that was held: signing out means all of it."""
    response.delete_cookie(HELD, samesite="Lax")


def actors_of(request: HttpRequest) -> Iterator[Actor]:
    """All whom this request may speak for: who is signed in, then the holder of each held call."""
    yield actor_of(request)
    yield from map(holder_actor, held_calls(request))


def open_call(request: HttpRequest, call_id: int | None) -> tuple[Actor, CallView]:
    """A call and the actor who may see it. Raises NotThere: it is missing, or it is not yours."""
    call_id = call_id or 0  # what is not there is looked for like what is not yours, and takes as long
    actor = actor_of(request)
    try:
        return actor, call_page(actor, call_id)
    except NotThere:
        if call_id not in held_calls(request):
            raise
    holder = holder_actor(call_id)
    return holder, call_page(holder, call_id)
