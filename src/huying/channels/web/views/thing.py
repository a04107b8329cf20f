"""一件事: a few questions decide what is to be done; one form and one set of papers, kept as she goes; sent once it is a case."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huying.base import ids
from huying.channels.parts import access, floods, mandated, signin
from huying.channels.web import acting, areas, fields, guidance
from huying.channels.web.acting import Whose
from huying.city import catalogue, things
from huying.city.catalogue import InForce
from huying.features.services import awaiting, compiling, drafts, papers
from huying.features.services.models import Draft, Mandate
from huying.features.services.papers import PaperRefused
from huying.kernel.errors import BadInput
from huying.people.limits import TooMany

FILE = "file-"  # a file field of a material; then comes its key


@require_safe
def thing(request: HttpRequest, key: str) -> HttpResponse:
    """The questions, and what follows from the answers so far: items, papers, days, and what one by one would take."""
    found = _in_force(key)
    own = acting.whose(request, key)
    draft = drafts.draft_there(own.party, key, own.mandate) if own else None
    return render(request, "web/thing.html", guided(request, found) | {"draft": draft, "own": own})


def guided(request: HttpRequest, found: InForce) -> dict[str, Any]:
    """What the page of a thing shows for the answers in its address."""
    whole = found.whole
    given = guidance.given_of(request.GET, whole.thing)
    skipped = frozenset(request.GET.getlist("skip"))
    everything = things.decide(whole, given)
    decided = things.decide(whole, given, skipped)
    bars, days = guidance.lanes(found, decided)
    rows = guidance.papers(found, decided)
    return {
        "thing": whole.thing,
        "name": guidance.both(whole.thing.name),
        "text": guidance.both(whole.thing.text),
        "key": found.row.key,
        "questions": guidance.questions(whole.thing, decided.answers, request.GET),
        "steps": guidance.steps(found, decided, everything),
        "bring": [row for row in rows if not row.held],
        "held": [row for row in rows if row.held],
        "lanes": bars,
        "days": days,
        "bodies": guidance.bodies(decided),
        "comes": any(awaiting.may_want(step.item) for step in decided.steps),
        "count": len(decided.steps),
        "complete": decided.complete,
        "compared": things.compared(whole, decided),
        "query": guidance.query_of(decided.answers, skipped & {step.item.code for step in everything.steps}),
    }


def _in_force(key: str) -> InForce:
    found = catalogue.thing(key)
    if found is None:
        raise Http404
    return found


@never_cache
@signin.somebody_required
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, key: str) -> HttpResponse:
    """The one form with its papers. Whatever is sent is kept first; sent twice it is one case."""
    found, own = _in_force(key), acting.whose(request, key)
    if own is None:
        return redirect(f"{reverse('signin')}?{urlencode({'next': request.get_full_path()})}")
    if request.method == "POST":
        return _sent_already(request, own) or _posted(request, own, found)
    draft = drafts.draft_of(own.party, found, own.mandate)
    given = guidance.given_of(request.GET, found.whole.thing)
    if given:
        skipped = request.GET.getlist("skip")
        drafts.answer(draft, found, things.counted(found.whole.thing, given), skipped)
        return redirect(_form_at(key, own))
    if not drafts.decided_of(draft, found).complete:
        return redirect(f"{reverse('web:thing', args=[key])}?{_answered(draft, found)}")
    return _page(request, draft, found, {}, 200)


def _form_at(key: str, own: Whose) -> str:
    return reverse("web:thing-form", args=[key]) + own.query


def _posted(request: HttpRequest, own: Whose, found: InForce) -> HttpResponse:
    """What came, into its draft; where the same form became a case in this very moment, that case."""
    draft = drafts.draft_of(own.party, found, own.mandate)
    if draft.key != request.POST.get("key") and (again := _sent_already(request, own)):
        return again
    try:
        return _taken(request, draft, found)
    except IntegrityError:
        again = _sent_already(request, own)
        if again is None:
            raise
        return again


def _sent_already(request: HttpRequest, own: Whose) -> HttpResponse | None:
    before = drafts.sent_before(own.party, request.POST.get("key", ""))
    return _begun(own.mandate, before.number) if before else None


def _begun(mandate: Mandate | None, number: str) -> HttpResponse:
    """To the case; at a counter to the slip that she takes home."""
    if mandate is not None and mandate.window_id is not None:
        return redirect("slip-for", mandate.pk)
    return redirect("web:case", number=number)


def _answered(draft: Draft, found: InForce) -> str:
    query = guidance.query_of(drafts.decided_of(draft, found).answers, draft.skipped)
    return f"{query}&{mandated.FOR}={draft.mandate_id}" if draft.mandate_id else query


def _taken(request: HttpRequest, draft: Draft, found: InForce) -> HttpResponse:
    """Keep all that came, then do what was asked."""
    decided, sent, do = drafts.decided_of(draft, found), request.POST, request.POST.get("do", "save")
    given = {name: sent.getlist(name) for name in sent}
    fills = draft.reuse or (do == "fill" and draft.mandate_id is None)
    drafts.keep(draft, decided, given, sent.get("area", ""), fills)
    refused = take_files(request, draft, {paper.material.key for paper in decided.to_bring})
    if drop := ids.row_id(sent.get("drop", "")):
        drafts.drop_paper(draft, drop)
    if refused:
        return _page(request, draft, found, refused, 422)
    if do != "send":
        if not drop:
            messages.success(request, _("存好了，换一台设备登录也能接着填。"))
        at = _form_at(found.row.key, Whose(draft.party, draft.mandate))
        return redirect(f"{at}{'#papers' if drop or request.FILES else ''}")
    return _sent(request, draft, found)


def take_files(request: HttpRequest, draft: Draft, wanted: set[str]) -> dict[str, str]:
    """Take up each file that came; what is refused is told at its material, and refuses nothing else."""
    refused: dict[str, str] = {}
    files = [(name, file) for name in request.FILES for file in request.FILES.getlist(name)]
    try:
        if files:
            floods.photos(request, len(files))
    except TooMany as fault:
        return {f"paper-{name.removeprefix(FILE)}": floods.photos_words(fault) for name, _file in files}
    for name, file in files:
        material = name.removeprefix(FILE).removesuffix("-camera")
        if not name.startswith(FILE) or material not in wanted:
            continue
        try:
            _add(draft, material, file)
        except PaperRefused as refusal:
            refused[f"paper-{material}"] = _("%(name)s：%(why)s") % {"name": refusal.name, "why": refusal.message}
    return refused


def _add(draft: Draft, material: str, file: UploadedFile) -> None:
    if (file.size or 0) > settings.PAPER_MAX_BYTES:
        raise PaperRefused(file.name or _("文件"), papers.too_large())
    drafts.add_paper(draft, material, file.name or "", file.read())


def _sent(request: HttpRequest, draft: Draft, found: InForce) -> HttpResponse:
    if request.POST.get("agree") != "yes":
        agree = {"agree": _("请先勾选同意，各部门才能看您填的这份表。")}
        return _page(request, draft, found, drafts.faults_of(draft, found) | agree, 422)
    try:
        remembers = request.POST.get("remember") == "yes" and draft.mandate_id is None
        opened = drafts.send(access.actor_of(request), draft, found, remembers)
    except BadInput as bad:
        return _page(request, draft, found, bad.errors, 422)
    if opened.fresh:
        waits = awaiting.waits_for_her(opened.matter_id)
        messages.success(request, _("收到了。有的要您到窗口，请约个时间。") if waits else _("收到了，现在开始办。"))
    return _begun(draft.mandate, opened.number)


def _page(request: HttpRequest, draft: Draft, found: InForce, errors: dict[str, str], status: int) -> HttpResponse:
    decided = drafts.decided_of(draft, found)
    known = drafts.known_of(draft.party) if draft.mandate is None else {}
    filled = known if draft.reuse else drafts.known_for(draft.mandate) if draft.mandate else {}
    uploads = drafts.papers_of(draft)
    _bars, days = guidance.lanes(found, decided)
    context: dict[str, Any] = {
        "name": guidance.both(found.whole.thing.name),
        "key": found.row.key,
        "draft": draft,
        "own": Whose(draft.party, draft.mandate),
        "errors": errors,
        "fields": fields.views(found, decided, drafts.values_of(draft), filled, errors),
        "papers": [
            (row, uploads.get(row.key, []), errors.get(f"paper-{row.key}", ""))
            for row in guidance.papers(found, decided)
            if not row.held
        ],
        "held": [row for row in guidance.papers(found, decided) if row.held],
        "names": {row.pk: papers.name_of(row) for rows in uploads.values() for row in rows},
        "scans": papers.scans(),
        "most_megabytes": _megabytes(),
        "count": len(decided.steps),
        "bodies": guidance.bodies(decided),
        "days": days,
        "areas": areas.options(draft.area) if compiling.needs_place(decided) else "",
        "for_firm": "person" not in found.whole.thing.who,
        "can_fill": not draft.reuse and any(asked.field.schema.get("x-from") in known for asked in decided.fields),
        "agreed": request.POST.get("agree") == "yes",
        "remembered": request.POST.get("remember") == "yes",
        "query": _answered(draft, found),
        "titles": {row.name: row.title for row in fields.views(found, decided, {}, {}, {})},
    }
    return render(request, "web/thing_form.html", context, status=status)


def _megabytes() -> int:
    return int(settings.PAPER_MAX_BYTES // 1024**2)
