"""消息: what she was told. 怎么通知您: by which way, when, in which language; an e-mail address counts once a code came back."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huying.base import ids
from huying.channels.parts import access, signin
from huying.kernel import queries as kernel
from huying.notify import queries, ways, wishes
from huying.people.models import Party

QUIET_FROM, QUIET_TO = (18, 19, 20, 21, 22, 23), (6, 7, 8, 9, 10, 11, 12)


@dataclass(slots=True)
class Typed:
    """The wish as it was chosen and typed."""

    way: str
    mail: str
    language: str
    quiet_from: int
    quiet_to: int


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    """What was told of her calls, and of those held in this browser. A POST: she has read them all."""
    actor, held = access.actor_of(request), access.held_calls(request)
    if request.method == "POST":
        queries.mark_read(actor.party, held)
        return redirect("web:messages")
    lines = queries.mine(actor.party, held)
    titles = {call.number: call.title for call in kernel.my_calls(actor, held=held)}
    rows = [(line, titles.get(line.notice.number, "")) for line in lines]
    context = {"rows": rows, "new": sum(line.unread for line in lines), "signed_in": actor.party is not None}
    return render(request, "web/messages.html", context)


@never_cache
@sensitive_post_parameters("mail", "code")
@signin.party_required
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """Show the wish; keep what was chosen, or take the code that came by mail."""
    party = access.actor_of(request).party
    assert party is not None  # party_required
    held = wishes.of(party)
    typed = Typed(held.way, "", held.language, held.quiet_from, held.quiet_to)
    if request.method != "POST":
        return _page(request, party, typed, {}, 200)
    if "code" in request.POST:
        if wishes.confirm(party, ids.plain_number(request.POST["code"])):
            return redirect("web:wish")
        return _page(request, party, typed, {"code": _("验证码不对，或者已经失效。可以再试，也可以重新填邮箱。")}, 422)
    return _keep(request, party)


def _keep(request: HttpRequest, party: Party) -> HttpResponse:
    given = request.POST
    typed = Typed(given.get("way", ""), given.get("mail", "").strip()[:200], given.get("language", ""), -1, -1)
    typed.quiet_from, typed.quiet_to = _hour(given.get("quiet_from", "")), _hour(given.get("quiet_to", ""))
    try:
        wishes.choose(party, typed.way, typed.language, typed.quiet_from, typed.quiet_to, typed.mail)
    except wishes.BadWish as bad:
        return _page(request, party, typed, bad.errors, 422)
    return redirect("web:wish")


def _hour(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else -1


def _page(request: HttpRequest, party: Party, typed: Typed, errors: dict[str, str], status: int) -> HttpResponse:
    context = {
        "typed": typed,
        "held": wishes.of(party),
        "errors": errors,
        "ways": ways.open_ways(),
        "has_phone": party.phone_sealed is not None,
        "from_hours": QUIET_FROM,
        "to_hours": QUIET_TO,
    }
    return render(request, "web/wish.html", context, status=status)
