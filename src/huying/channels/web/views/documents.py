"""我的证照: a person's documents, each with its page, its PDF and its QR; and the public page on which anybody checks one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from huying.base import ids
from huying.channels.parts import access
from huying.channels.parts.drawn import qr
from huying.channels.parts.signin import party_required
from huying.channels.web import paper
from huying.features.services import documents, verifying
from huying.features.services.verifying import Checked, Standing
from huying.kernel.errors import NotThere
from huying.people.models import Party


@never_cache
@party_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Those that hold, the newest in front; those that hold no longer below."""
    rows = [verifying.of(row) for row in documents.of(_her(request))]
    holding = [row for row in rows if row.standing == Standing.HOLDS]
    return render(request, "web/documents.html", {"holding": holding, "over": [row for row in rows if row not in holding]})


@never_cache
@party_required
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """What it says, whether it holds, and the QR to show."""
    found = _own(request, number)
    address = _address(request, found)
    return render(request, "web/document.html", {"found": found, "address": address, "qr": qr(address)})


@never_cache
@party_required
@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The paper, made now from what the log still agrees with."""
    found = _own(request, number)
    if found.standing == Standing.CHANGED:
        raise Http404
    answer = HttpResponse(paper.as_pdf(found, _address(request, found)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="document-{found.document.number}.pdf"'
    return answer


@never_cache
@require_safe
def seek(request: HttpRequest) -> HttpResponse:
    """Type what stands on the paper, where no camera is at hand."""
    number, code = ids.plain_number(request.GET.get("number", "")), "".join(request.GET.get("code", "").split())
    if number and code.isascii() and code.isalnum():
        return redirect("web:check-document", number=number, code=code)
    return render(request, "web/document_seek.html", {"number": request.GET.get("number", ""), "tried": bool(request.GET)})


@never_cache
@sensitive_post_parameters("holder", "words")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Whether it is genuine and still holds. A number that is nobody's and a code that does not fit are the same answer."""
    try:
        found = verifying.by_code(number, code)
    except NotThere:
        return render(request, "web/document_check.html", {"found": None}, status=404)
    typed = {name: request.POST.get(name, "")[:200] for name in ("holder", "words")}
    return render(request, "web/document_check.html", {"found": found, "agrees": verifying.agrees(found, **typed)})


def _own(request: HttpRequest, number: str) -> Checked:
    try:
        return verifying.own(_her(request), number)
    except NotThere:
        raise Http404 from None


def _her(request: HttpRequest) -> Party:
    party = access.actor_of(request).party
    assert party is not None
    return party


def _address(request: HttpRequest, found: Checked) -> str:
    """Where whoever scans it is led."""
    return request.build_absolute_uri(reverse("web:check-document", args=(found.document.number, found.code)))
