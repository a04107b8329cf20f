"""阅痕: the auditor's page of looks that were objected to or are unusual, and his answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.channels.desk import pages
from huying.channels.desk.pages import who
from huying.channels.parts.seen import seen
from huying.channels.parts.signin import officer_required
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Look


@require_GET
@officer_required
def looks(request: HttpRequest) -> HttpResponse:
    """What waits for the auditor, objections first."""
    return _page(request, {}, 0, 200)


@require_POST
@officer_required
def explain(request: HttpRequest, call_id: int, look_id: int) -> HttpResponse:
    """His answer; its owner reads it on her page."""
    if not queries.audits_looks(who(request)):
        raise Http404
    try:
        actions.explain_look(who(request), call_id, look_id, request.POST.get("found", ""), request.POST.get("words", ""))
    except NotThere:
        raise Http404 from None
    except Refused as refusal:
        messages.warning(request, refusal.message)
    except BadInput as fault:
        return _page(request, fault.errors, look_id, 422)
    else:
        messages.success(request, _("已答复，来电人看得到"))
    return redirect("desk:looks")


def _page(request: HttpRequest, errors: dict[str, str], look_id: int, status: int) -> HttpResponse:
    actor = who(request)
    if not queries.audits_looks(actor):
        raise Http404
    context = {
        "page": "looks",
        "rows": [seen(row) for row in queries.to_explain(actor)],
        "founds": Look.Found.choices,
        "errors": errors,
        "open_look": look_id,
        "typed": request.POST,
    }
    return render(request, "desk/looks.html", pages.bar_context(request, actor) | context, status=status)
