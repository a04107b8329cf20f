"""回执: its page and its file for whom the call is, and the public page to which its QR leads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huying.channels.parts import access
from huying.channels.parts.drawn import qr
from huying.events import receipts
from huying.kernel import queries
from huying.kernel.errors import NotThere
from huying.kernel.queries import CallView, Receipt


@never_cache
@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """What was recorded, when, what is promised, and where it stands in the log."""
    found = _found(request, number)
    if found is None:
        return redirect(f"{reverse('web:find')}?{urlencode({'number': number})}")
    view, receipt = found
    address = request.build_absolute_uri(reverse("web:verify", args=(receipt.number, receipt.code)))
    context = {"call": view.call, "receipt": receipt, "address": address, "qr": qr(address), "within": receipts.WITHIN_SECONDS}
    return render(request, "web/receipt.html", context)


@never_cache
@require_safe
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The file that verifies offline."""
    found = _found(request, number)
    if found is None:
        raise Http404
    answer = HttpResponse(found[1].document, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{found[1].number}.json"'
    return answer


@never_cache
@require_safe
def verify(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Whether there is such a receipt in the log. Who asks holds its digest; nothing of the matter or the caller is shown."""
    try:
        receipt = queries.receipt_by_code(number, code)
    except NotThere:
        return render(request, "web/verify.html", {"receipt": None}, status=404)
    return render(request, "web/verify.html", {"receipt": receipt})


def _found(request: HttpRequest, number: str) -> tuple[CallView, Receipt] | None:
    """The call and its receipt; None when it is missing, not hers, or erased."""
    try:
        actor, view = access.open_call(request, queries.call_id_of(number))
        return view, queries.receipt(actor, view.call.pk)
    except NotThere:
        return None
