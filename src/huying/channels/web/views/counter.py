"""缴费和预约 of one item: a time is chosen, a receipt is read; and the demo's cashier, who takes no money."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.timezone import is_aware
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huying.channels.parts import access
from huying.channels.web import counters
from huying.channels.web.guidance import both
from huying.features.services import paying, visiting
from huying.features.services import queries as services
from huying.features.services.capitals import capitals
from huying.features.services.models import Bill
from huying.features.services.ports import NotDelivered, ShownCashier
from huying.features.services.queries import BranchView, CaseView
from huying.kernel import queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor


def pay(actor: Actor, view: CaseView, item: str) -> str:
    """The address on which she pays for an item. Raises NotThere, Refused."""
    back = settings.SITE.rstrip("/") + reverse("web:case", args=[view.call.number])
    return paying.begin(actor, view.call.pk, item, f"{back}?paid={item}")


def came_back(view: CaseView, item: str) -> None:
    """She comes from the cashier: he is asked at once."""
    bills = paying.bills_of(view.case.pk)
    for one in view.branches:
        if one.branch.item == item and one.branch.pk in bills:
            paying.settle(bills[one.branch.pk].number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """The free times of the counter that has this item; a POST keeps one for her, or gives hers up."""
    actor, view, one = _item(request, number, item)
    if not counters.of_case(view)[item].books:
        raise Http404
    if request.method != "POST":
        return _times(request, view, one, "", 200)
    try:
        if request.POST.get("do") == "cancel":
            visiting.cancel(actor, view.call.pk, item)
        else:
            visiting.book(actor, view.call.pk, item, _moment(request.POST.get("at", "")))
    except BadInput as bad:
        return _times(request, view, one, next(iter(bad.errors.values())), 422)
    except Refused as refused:
        return _times(request, view, one, refused.message, 409)
    return redirect("web:case", number=number)


@never_cache
@require_safe
def receipt(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """缴费收据: what was paid, to whom, when, how; and that it was given back, where it was."""
    _actor, view, one = _item(request, number, item)
    bill = paying.bills_of(view.case.pk).get(one.branch.pk)
    if bill is None or bill.state == Bill.State.DUE:
        raise Http404
    context = {"view": view, "call": view.call, "name": both(one.item.name), "bill": bill, "unit": one.branch.bearer}
    return render(request, "web/fee_receipt.html", context | {"capitals": capitals(bill.yuan)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cashier(request: HttpRequest, number: str) -> HttpResponse:
    """The demo's cashier. Not there in a real city."""
    made = _shown()
    order = made.order(number) if made else None
    if made is None or order is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") == "pay":
            made.confirm(number)
        return redirect(order.back.removeprefix(settings.SITE.rstrip("/")))
    return render(request, "web/cashier.html", {"order": order, "yuan": order.fen // 100})


def _shown() -> ShownCashier | None:
    if not settings.DEMO or not settings.CASHIER:
        return None
    try:
        made = import_string(settings.CASHIER)()
    except NotDelivered:
        return None
    return made if isinstance(made, ShownCashier) else None


def _item(request: HttpRequest, number: str, item: str) -> tuple[Actor, CaseView, BranchView]:
    call_id = queries.call_id_of(number) if number.isascii() and number.isdigit() else None
    for actor in access.actors_of(request):
        try:
            view = services.case_page(actor, call_id or 0)
        except NotThere:
            continue
        for one in view.branches:
            if one.branch.item == item:
                return actor, view, one
    raise Http404


def _moment(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if is_aware(found) else None


def _times(request: HttpRequest, view: CaseView, one: BranchView, fault: str, status: int) -> HttpResponse:
    now, days = counters.of_case(view)[one.branch.item].visit, counters.days(visiting.free(one.branch.bearer))
    context = {
        "view": view,
        "call": view.call,
        "name": both(one.item.name),
        "unit": one.branch.bearer,
        "others": [both(view.whole.items[code].name) for code in visiting.together(one.branch)],
        "days": days,
        "day": counters.day_of(days, request.POST.get("day") or request.GET.get("day") or ""),
        "now": now if now is not None and now.state == "booked" else None,
        "fault": fault,
    }
    return render(request, "web/visit.html", context, status=status)
