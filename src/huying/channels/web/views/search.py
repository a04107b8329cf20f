"""找一找: one's own calls, what stands on the board, and who answers for what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huying.channels.parts import access
from huying.channels.web import progress
from huying.features.appeals.queries import on_board
from huying.kernel import finding, search

SHOWN_POSTS, SHOWN_DUTIES, SHOWN_THINGS = 6, 8, 3


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What was asked for among all that this reader may see. What is not hers is as if it were not there."""
    asked = request.GET.get("q", "").strip()[: search.MOST_ASKED]
    actor, held = access.actor_of(request), access.held_calls(request)
    page = search.calls(actor, asked, held, before=_number(request.GET.get("before", "")))
    first = not request.GET.get("before")
    context = {
        "asked": asked,
        "mine": progress.of_all(page.calls),
        "after": page.after,
        "first": first,
        "pairs": on_board(search.posts(asked, SHOWN_POSTS)) if first else [],
        "duties": search.duties(asked, SHOWN_DUTIES) if first else [],
        "things": finding.find(asked).best[:SHOWN_THINGS] if first and asked else (),
        "signed_in": actor.party is not None,
    }
    return render(request, "web/search.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
