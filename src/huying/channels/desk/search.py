"""查找: the calls of an officer's units with their answers, published answers, and the duties with their grounds."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huying.channels.desk import pages
from huying.channels.desk.views import never_kept
from huying.channels.parts.signin import officer_required
from huying.features.appeals.queries import on_board
from huying.kernel import search

SHOWN_POSTS, SHOWN_DUTIES = 4, 6


@require_GET
@officer_required
def find(request: HttpRequest) -> HttpResponse:
    """What was asked for among all that this officer may see; the newest first, page by page."""
    actor = pages.who(request)
    asked = request.GET.get("q", "").strip()[: search.MOST_ASKED]
    before = request.GET.get("before", "")
    page = search.calls(
        actor, asked, before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    )
    context = {
        "asked": asked,
        "calls": page.calls,
        "more": urlencode({"q": asked, "before": page.after}) if page.after else "",
        "first": not before,
        "pairs": [] if before else on_board(search.posts(asked, SHOWN_POSTS)),
        "duties": [] if before else search.duties(asked, SHOWN_DUTIES),
        "page": "search",
    }
    return never_kept(render(request, "desk/search.html", pages.bar_context(request, actor) | context))
