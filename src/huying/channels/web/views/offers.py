"""主动服务: she says what may be looked at for her; what is then ready for her stands on one page, to be confirmed or not."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huying.base import ids
from huying.channels.parts import access, signin
from huying.channels.web import areas, offering
from huying.channels.web.guidance import both, papers, query_of
from huying.channels.web.views import thing as of_thing
from huying.features.services import compiling, drafts
from huying.features.services import papers as files
from huying.features.services.models import Draft
from huying.features.services.offering import answering, consenting, queries, registers
from huying.features.services.offering.models import Kind, Offer
from huying.features.services.offering.queries import OfferView
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.notify import queries as notices
from huying.people.actors import Actor
from huying.people.models import Party


@never_cache
@sensitive_post_parameters("identity", "name")
@signin.party_required
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest) -> HttpResponse:
    """What is ready for her, what she lets us look at; a POST changes the latter."""
    if request.method != "POST":
        return _consents(request, {}, 200)
    actor, wanted = access.actor_of(request), set(request.POST.getlist("kind"))
    try:
        if request.POST.get("do") == "stop":
            wanted = set()
        elif wanted - {Kind.DOCUMENTS.value} and not _number(request):
            consenting.prove(actor, request.POST.get("name", ""), request.POST.get("identity", ""))
        consenting.agree(actor, wanted)
    except BadInput as bad:
        return _consents(request, bad.errors, 422)
    except Refused as refused:
        return _consents(request, {"": refused.message}, 409)
    messages.success(request, _("记下了。到时候替您备好，您确认了才办。") if wanted else _("都不看了，替您备好的也收回了。"))
    return redirect("web:offers")


def _number(request: HttpRequest) -> str:
    return consenting.identity_of(_her(request))


def _consents(request: HttpRequest, errors: dict[str, str], status: int) -> HttpResponse:
    her, number = _her(request), _number(request)
    given = consenting.kinds_of(her)
    ticked = set(request.POST.getlist("kind")) if errors else given
    context = {
        "offers": [offering.card(view) for view in queries.waiting(her)],
        "past": [(offer, offering.things_name(offer.thing)) for offer in queries.past(her)],
        "kinds": offering.kinds(ticked, register=registers.attached()),
        "register": registers.attached(),
        "given": given,
        "number": offering.masked(number),
        "errors": errors,
        "typed": {name: request.POST.get(name, "") for name in ("name", "identity")},
    }
    return render(request, "web/offers.html", context, status=status)


@never_cache
@signin.party_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """The thing with everything filled in. A POST keeps what was typed first, then confirms, declines, or goes to the form."""
    actor = access.actor_of(request)
    try:
        found = queries.one(actor, token)
    except NotThere:
        raise Http404 from None
    notices.mark_seen(actor.party, request.path)
    if found.case is not None:
        return redirect("web:case", number=found.case.call.number)
    view = queries.view_of(found)
    if view is None or found.draft is None:
        return _over(request, found)
    if request.method == "POST":
        return _done(request, actor, view, found.draft)
    return _page(request, view, found.draft, {}, 200)


def _done(request: HttpRequest, actor: Actor, view: OfferView, draft: Draft) -> HttpResponse:
    do, token = request.POST.get("do", "save"), view.offer.token
    try:
        if do == "decline":
            answering.decline(actor, token)
            messages.success(request, _("好，这件不办了，也不再提醒您。"))
            return redirect("web:offers")
        if refused := _kept(request, view, draft):
            return _page(request, view, draft, refused, 422)
        if do == "change":
            return redirect("web:thing-form", key=answering.take(actor, token))
        if do != "confirm":
            return redirect(f"{reverse('web:offer', args=[token])}#missing")
        opened = answering.accept(actor, token)
    except BadInput as bad:
        return _page(request, view, draft, bad.errors, 422)
    except (Refused, IntegrityError):  # it ended at this very moment: the page says how
        return redirect("web:offer", token=token)
    if opened.fresh:
        messages.success(request, _("收到了，现在开始办。"))
    return redirect("web:case", number=opened.number)


def _kept(request: HttpRequest, view: OfferView, draft: Draft) -> dict[str, str]:
    """Keep what came, fields and files; the files that were refused, by material."""
    sent = request.POST
    answering.correct(draft, view.thing, {name: sent.getlist(name) for name in sent}, sent.get("area"))
    decided = drafts.decided_of(draft, view.thing)
    refused = of_thing.take_files(request, draft, {paper.material.key for paper in decided.to_bring})
    if drop := ids.row_id(sent.get("drop", "")):
        drafts.drop_paper(draft, drop)
    return refused


def _page(request: HttpRequest, view: OfferView, draft: Draft, errors: dict[str, str], status: int) -> HttpResponse:
    decided = drafts.decided_of(draft, view.thing)
    filled, changing, missing = offering.parted(view, draft, decided, errors)
    uploads = drafts.papers_of(draft)
    asked = papers(view.thing, decided)
    context: dict[str, Any] = {
        "card": offering.card(view),
        "text": both(view.thing.whole.thing.text),
        "items": offering.bodies(view, decided),
        "days": offering.days(view, decided),
        "answers": offering.answered(view, decided),
        "filled": filled,
        "changing": changing,
        "missing": missing,
        "wrong": any(row.fault for row in changing),
        "papers": [(row, uploads.get(row.key, []), errors.get(f"paper-{row.key}", "")) for row in asked if not row.held],
        "held": [row for row in asked if row.held],
        "names": {row.pk: files.name_of(row) for rows in uploads.values() for row in rows},
        "scans": files.scans(),
        "most_megabytes": int(settings.PAPER_MAX_BYTES // 1024**2),
        "areas": areas.options(draft.area) if compiling.needs_place(decided) and _asks_area(draft, errors) else "",
        "place": offering.place(draft.area),
        "errors": {name: words for name, words in errors.items() if words},
        "law": [both(ground) for ground in offering.grounds(view)],
        "query": query_of(decided.answers, draft.skipped),
        "key": view.offer.thing,
        "count": len(decided.steps),
    }
    return render(request, "web/offer.html", context, status=status)


def _asks_area(draft: Draft, errors: dict[str, str]) -> bool:
    return not draft.area or "area" in errors


def _over(request: HttpRequest, found: Offer) -> HttpResponse:
    context = {"offer": found, "name": offering.things_name(found.thing), "key": found.thing}
    return render(request, "web/offer_over.html", context)


def _her(request: HttpRequest) -> Party:
    party = access.actor_of(request).party
    assert party is not None, "the view is guarded by party_required"
    return party
