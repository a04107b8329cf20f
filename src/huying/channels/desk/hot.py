"""热点: what many people tell of, where, since when, and what was changed about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.channels.desk import pages
from huying.channels.parts.signin import officer_required
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor


@require_GET
@officer_required
def hot(request: HttpRequest) -> HttpResponse:
    """The causes of which this officer may see the matters; what stands first."""
    return render(request, "desk/hot.html", _context(request, pages.who(request)))


@require_POST
@officer_required
def close(request: HttpRequest, cause_id: int) -> HttpResponse:
    """Close one that stands, with what was changed. A fault keeps what was typed."""
    actor = pages.who(request)
    try:
        actions.close_cause(actor, cause_id, request.POST.get("changed", ""))
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, refused.message)
    except BadInput as bad:
        typed = {"typed": request.POST.get("changed", ""), "errors": bad.errors, "at_fault": cause_id}
        return render(request, "desk/hot.html", _context(request, actor) | typed, status=422)
    else:
        messages.success(request, _("专项办结了，改了什么留在下面。"))
    return redirect("desk:hot")


def _context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    context = {"lines": queries.hot(actor), "closed": queries.closed_causes(actor), "page": "hot"}
    return pages.bar_context(request, actor) | context
