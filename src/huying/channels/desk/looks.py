"""阅痕 before the auditor: the objections he answers, the unusual looks he finds out about, and what was found."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.base import ids
from huying.channels.desk import pages
from huying.channels.parts.signin import officer_required
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor

VERDICTS = {"proper": True, "improper": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def looks(request: HttpRequest) -> HttpResponse:
    """The lists; a POST answers an objection, or says what was found about an unusual look."""
    actor = pages.who(request)
    if not queries.audits(actor):
        raise Http404
    if request.method != "POST":
        return _page(request, actor, {}, 200)
    try:
        messages.success(request, _carry(request, actor))
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, refused.message)
    except BadInput as bad:
        return _page(request, actor, bad.errors, 422)
    return redirect("desk:looks")


def _carry(request: HttpRequest, actor: Actor) -> str:
    given = request.POST
    call_id, look_id = ids.row_id(given.get("call", "")), ids.row_id(given.get("look", ""))
    proper, words = VERDICTS.get(given.get("verdict", "")), given.get("words", "")
    if given.get("do") == "answer_objection":
        actions.answer_objection(actor, call_id, look_id, None if proper is None else not proper, words)
        return _("已答复来电人。")
    actions.review_look(actor, call_id, look_id, proper, words)
    return _("已记下。")


def _page(request: HttpRequest, actor: Actor, errors: dict[str, str], status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "page": "looks",
        "objections": queries.objections(actor),
        "unusual": queries.unusual(actor),
        "judged": queries.judged(actor),
        "errors": errors,
        "typed": request.POST,
        "fault_do": request.POST.get("do", "") if errors else "",
        "fault_look": ids.row_id(request.POST.get("look", "")) if errors else 0,
    }
    return render(request, "desk/looks.html", pages.bar_context(request, actor) | context, status=status)
