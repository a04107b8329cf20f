"""办件进度: one case as its applicant sees it, and a file of a share for whoever may open it."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.base import ids
from huying.channels.parts import access, hops, words
from huying.channels.web import acting, counters, graded, stages
from huying.channels.web.counters import Counter
from huying.channels.web.graded import Word
from huying.channels.web.guidance import both
from huying.channels.web.views import counter
from huying.features.services import asking, documents, papers
from huying.features.services import queries as services
from huying.features.services.models import Upload
from huying.features.services.papers import PaperRefused
from huying.features.services.queries import BranchView, CaseView
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.notify import queries as notices
from huying.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Lane:
    """An item on the timeline: its words, and where its bar lies, in hundredths of the whole."""

    view: BranchView
    name: str
    words: str
    css: str
    start: float
    width: float
    word: Word | None = None  # what she says, or may say, of it
    document: str = ""  # the number of what it gave, for her who signed in
    counter: Counter | None = None  # a fee, a time at the counter
    fault: str = ""  # why she cannot pay now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The timeline, what each item waits for, the results as they come. Missing and not yours both ask for the secret."""
    if not (number.isascii() and number.isdigit()):
        raise Http404
    call_id = queries.call_id_of(number)
    for actor in access.actors_of(request):
        try:
            view = services.case_page(actor, call_id or 0)
        except NotThere:
            continue
        if request.method == "POST":
            return _done(request, actor, view)
        if request.method == "GET":
            notices.mark_read(actor.party, access.held_calls(request), view.call.pk)
            if paid := request.GET.get("paid", ""):
                counter.came_back(view, paid)
                return redirect("web:case", number=number)
        return _page(request, actor, view, {}, 200)
    return redirect(f"{reverse('web:find')}?{urlencode({'number': number})}")


def _done(request: HttpRequest, actor: Actor, view: CaseView) -> HttpResponse:
    ask = ids.row_id(request.POST.get("ask", ""))
    if request.POST.get("do") == "rate":
        return _rated(request, actor, view)
    if request.POST.get("do") == "pay":
        return _paying(request, actor, view)
    try:
        if request.POST.get("do") == "withdraw":
            actions.withdraw(actor, view.call.pk)
        else:
            files = [(file.name or "", file.read()) for file in request.FILES.getlist("files")[: papers.MOST_A_MATERIAL]]
            asking.supply(actor, view.case, ask, request.POST.get("reply", ""), files)
    except NotThere:
        raise Http404 from None
    except BadInput as bad:
        return _page(request, actor, view, {f"ask-{ask}": next(iter(bad.errors.values()))}, 422)
    except PaperRefused as refusal:
        return _page(request, actor, view, {f"ask-{ask}": f"{refusal.name}：{refusal.message}"}, 422)
    except Refused as refused:
        return _page(request, actor, view, {"withdraw" if not ask else f"ask-{ask}": refused.message}, 409)
    return redirect("web:case", number=view.call.number)


def _paying(request: HttpRequest, actor: Actor, view: CaseView) -> HttpResponse:
    """To the cashier: one of another house is reached by a link, for a form may lead nowhere else."""
    item = request.POST.get("item", "")
    try:
        address = counter.pay(actor, view, item)
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        return _page(request, actor, view, {f"pay-{item}": refused.message}, 409)
    if address.startswith("/"):
        return redirect(address)
    return render(request, "web/to_cashier.html", {"address": address, "call": view.call})


def _rated(request: HttpRequest, actor: Actor, view: CaseView) -> HttpResponse:
    try:
        graded.rate(actor, view, request.POST)
    except NotThere:
        raise Http404 from None
    except (BadInput, Refused) as fault:
        errors, status = (fault.errors, 422) if isinstance(fault, BadInput) else ({"": fault.message}, 409)
        return _page(request, actor, view, {}, status, graded.again(view, request.POST, errors))
    return redirect("web:case", number=view.call.number)


def _page(
    request: HttpRequest,
    actor: Actor,
    view: CaseView,
    errors: dict[str, str],
    status: int,
    said: dict[str, Word] | None = None,
) -> HttpResponse:
    owns = acting.owns(actor, view.case)  # who acts for her does not grade, nor see who looked at what is hers
    said = {} if not owns else graded.words_of(view) if said is None else said
    whole = max(view.last - view.began, 1)
    given, wanted = documents.numbers_of(actor, view.case), counters.of_case(view)
    lanes = [
        replace(
            _lane(view, one, whole, given.get(one.branch.pk, ""), said.get(one.branch.item)),
            counter=wanted[one.branch.item],
            fault=errors.get(f"pay-{one.branch.item}", ""),
        )
        for one in view.branches
    ]
    items = {one.branch.task_id: both(one.item.name) for one in view.branches if one.branch.task_id}
    context = {
        "view": view,
        "call": view.call,
        "name": both(view.whole.thing.name),
        "lanes": lanes,
        "word": said.get(""),
        "errors": errors,
        "asks": [(one, ask, errors.get(f"ask-{ask.pk}", "")) for one, ask in view.open_asks],
        "typed": request.POST.get("reply", ""),
        "first_day": words.day(date.fromordinal(view.began)),
        "last_day": words.day(date.fromordinal(view.last)),
        "owns": owns,
        "acted": acting.banner(actor, view.case),
        "looked": queries.looks_at(actor, [view.call.pk], view.call.pk) if owns else [],
        "uploads": _papers(view),
        "open": view.call.state == "open",
        "kept": queries.is_kept(view.call.pk),
        "hops": hops.lines(view.hops, for_caller=True, items=items),
    }
    return render(request, "web/thing_case.html", context, status=status)


def _papers(view: CaseView) -> list[tuple[Upload, str, str]]:
    """Each file she handed in, what it was called, and the paper it is of."""
    names = {paper.key: both(paper.name) for item in view.whole.items.values() for paper in item.materials}
    return [(row, papers.name_of(row), names.get(row.material, "")) for rows in view.uploads.values() for row in rows]


def _lane(view: CaseView, one: BranchView, whole: int, document: str, word: Word | None) -> Lane:
    said, css = stages.words_of(one)
    start = (one.span.start - view.began) / whole * 100 if one.span else 0.0
    width = (one.span.end - one.span.start) / whole * 100 if one.span else 0.0
    return Lane(one, both(one.item.name), said, css, round(min(start, 97.0), 2), round(max(width, 3.0), 2), word, document)
