"""证照作废: the head of the department that issued a document finds it by its number, and takes it back or replaces it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.base import ids
from huying.channels.desk import pages
from huying.channels.parts.signin import officer_required
from huying.features.services import documents
from huying.features.services.models import Document
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor


@never_cache
@require_GET
@officer_required
def find(request: HttpRequest) -> HttpResponse:
    """One of his department's documents, by its number; any other is not there."""
    actor, number = pages.who(request), ids.plain_number(request.GET.get("number", ""))
    return _page(request, actor, documents.revocable(actor, number) if number else None, {"number": number})


@require_POST
@officer_required
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Take it back, with a ground, and issue another where its words are given. A fault keeps what was typed."""
    actor, given = pages.who(request), request.POST
    row = documents.revocable(actor, number)
    if row is None:
        raise Http404
    try:
        held = documents.revoke(actor, row.pk, given.get("ground", ""), given.get("words", ""))
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, refused.message)
        return redirect(_address(number))
    except BadInput as bad:
        return _page(request, actor, row, {"errors": bad.errors, "typed": given, "number": number}, 422)
    messages.success(request, _("已作废，申请人看得到为什么。") if held.pk == row.pk else _("已作废，换了新的一份。"))
    return redirect(_address(held.number))


def _address(number: str) -> str:
    return f"{reverse('desk:documents')}?number={number}"


def _page(request: HttpRequest, actor: Actor, row: Document | None, more: dict[str, Any], status: int = 200) -> HttpResponse:
    says = documents.opened(row) if row else {}
    context = {"page": "documents", "row": row, "title": says.get("title", ""), "words": says.get("words", "")} | more
    return render(request, "desk/documents.html", pages.bar_context(request, actor) | context, status=status)
