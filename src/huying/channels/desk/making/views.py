"""Make a thing: a list, the form of a draft beside what a citizen would see, its file, and the word of each department."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.base import ids
from huying.channels.desk import pages
from huying.channels.desk.making import showing
from huying.channels.parts.middleware import FRAMING
from huying.channels.parts.signin import officer_required
from huying.city import catalogue
from huying.features.services.making import approving, drafting, form, publishing, seeing, yaml_text
from huying.features.services.making.models import OPEN, ThingDraft
from huying.features.services.making.seeing import Seen
from huying.features.services.making.work import Stale
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor

LARGEST = 1024 * 1024  # bytes of a file that is taken in
ENDINGS: dict[str, Callable[[Actor, int, int], ThingDraft]] = {
    "send": approving.send,
    "publish": publishing.publish,
    "withdraw": drafting.withdraw,
    "catch-up": drafting.catch_up,
}


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def things(request: HttpRequest) -> HttpResponse:
    """What is on its way, what waits for a word; and a new one, from nothing, from one in force or from a file."""
    actor = pages.who(request)
    if not seeing.concerns(actor):
        raise Http404
    if request.method != "POST":
        return _list(request, actor, {})
    try:
        row = drafting.begin(actor, ids.row_id(request.POST.get("owner", "")), request.POST.get("base", ""), _text(request))
    except NotThere:
        raise Http404 from None
    except (BadInput, Refused) as fault:
        return _list(request, actor, _errors(fault), 422)
    return redirect("desk:making", row.pk)


def _list(request: HttpRequest, actor: Actor, errors: dict[str, str], status: int = 200) -> HttpResponse:
    context = {
        "page": "things",
        "waiting": seeing.waiting(actor),
        "drafts": seeing.drafts(actor),
        "owners": seeing.owners(actor),
        "in_force": sorted((found.row.key, found.row.name) for found in catalogue.things()),
        "errors": errors,
    }
    return render(request, "desk/making/list.html", pages.bar_context(request, actor) | context, status=status)


def _text(request: HttpRequest) -> str:
    """The text of the file that came, or that was typed. Raises BadInput."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    if (file.size or 0) > LARGEST:
        raise BadInput({"text": _("文件太大了；一件事的文件是一份不长的文字。")})
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput({"text": _("文件不是 UTF-8 文字；请另存为 UTF-8 编码再传。")}) from None


def _errors(fault: BadInput | Refused) -> dict[str, str]:
    return fault.errors if isinstance(fault, BadInput) else {"": fault.message}


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def edit(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The form. Every button keeps what was typed; who does not draft it is led to where he says his word."""
    actor, seen = _seen(request, draft_id)
    data = yaml_text.data_of(seen.row.text)
    if not seen.drafts or seen.row.state not in OPEN:
        return redirect("desk:making_review", draft_id)
    if data is None:
        return redirect("desk:making_text", draft_id)
    if request.method != "POST":
        return _form(request, actor, seen, data)
    given = {name: request.POST.getlist(name) for name in request.POST}
    deed = request.POST.get("do", "")
    made = form.done(form.filled(data, given), deed)
    try:
        drafting.keep(
            actor,
            draft_id,
            ids.row_id(request.POST.get("revision", "")),
            yaml_text.write(made) if made != data else seen.row.text,
        )
    except NotThere:
        raise Http404 from None
    except Stale as stale:
        return _form(request, actor, seen, made, {"": stale.message}, 409)
    except (BadInput, Refused) as fault:
        return _form(request, actor, seen, made, _errors(fault), 422)
    return redirect(showing.onward(draft_id, deed, request.POST))


def _form(
    request: HttpRequest,
    actor: Actor,
    seen: Seen,
    data: yaml_text.Data,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = showing.form_context(seen, data, request.GET.get("seek", ""), mine=status != 200) | {"errors": errors or {}}
    return _framing(render(request, "desk/making/edit.html", pages.bar_context(request, actor) | context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def text(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The file itself, for whoever writes it by hand; another one may be put in its place."""
    actor, seen = _seen(request, draft_id)
    if not seen.drafts or seen.row.state not in OPEN:
        return redirect("desk:making_review", draft_id)
    if request.method != "POST":
        return _file(request, actor, seen, seen.row.text, {})
    try:
        typed = _text(request)
        drafting.keep(actor, draft_id, ids.row_id(request.POST.get("revision", "")), typed)
    except NotThere:
        raise Http404 from None
    except (BadInput, Refused) as fault:
        status = 409 if isinstance(fault, Stale) else 422
        return _file(request, actor, seen, request.POST.get("text", ""), _errors(fault), status)
    messages.success(request, _("存好了。"))
    return redirect("desk:making_text", draft_id)


def _file(
    request: HttpRequest, actor: Actor, seen: Seen, typed: str, errors: dict[str, str], status: int = 200
) -> HttpResponse:
    context = showing.text_context(seen, typed) | {"errors": errors}
    return _framing(render(request, "desk/making/text.html", pages.bar_context(request, actor) | context, status=status))


@require_GET
@officer_required
def download(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The file as a pack has it."""
    _actor, seen = _seen(request, draft_id)
    answer = HttpResponse(seen.row.text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{showing.file_name(seen.row)}"'
    return answer


@require_GET
@officer_required
def review(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What is asked of each department, and what each said; for the owner the way to its end."""
    actor, seen = _seen(request, draft_id)
    return _review(request, actor, seen, {})


@require_POST
@officer_required
def end(request: HttpRequest, draft_id: int, verb: str) -> HttpResponse:
    """Send it, publish it, give it up, or take note of a newer version."""
    actor, seen = _seen(request, draft_id)
    carry = ENDINGS.get(verb)
    if carry is None:
        raise Http404
    try:
        carry(actor, draft_id, ids.row_id(request.POST.get("revision", "")))
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        return _review(request, actor, seen, {"": refused.message}, 409)
    messages.success(request, showing.done(verb))
    return redirect("desk:making_review", draft_id)


@require_POST
@officer_required
def consent(request: HttpRequest, draft_id: int, consent_id: int, verb: str) -> HttpResponse:
    """A head's word for his department. A fault keeps what was typed."""
    actor, seen = _seen(request, draft_id)
    if verb not in ("agree", "disagree") or consent_id not in seen.his:
        raise Http404
    say = approving.agree if verb == "agree" else approving.disagree
    try:
        say(actor, consent_id, request.POST.get("why", ""))
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        return _review(request, actor, seen, {"": refused.message}, 409)
    except BadInput as bad:
        more = {"at_fault": consent_id, "typed": request.POST.get("why", ""), "fault": bad.errors["why"]}
        return _review(request, actor, seen, {}, 422, more)
    messages.success(request, _("已同意。") if verb == "agree" else _("已退回，写的人看得到为什么。"))
    return redirect("desk:making_review", draft_id)


def _review(
    request: HttpRequest,
    actor: Actor,
    seen: Seen,
    errors: dict[str, str],
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = showing.review_context(actor, seen) | {"errors": errors} | (more or {})
    return _framing(render(request, "desk/making/review.html", pages.bar_context(request, actor) | context, status=status))


def _seen(request: HttpRequest, draft_id: int) -> tuple[Actor, Seen]:
    actor = pages.who(request)
    try:
        return actor, seeing.seen(actor, draft_id)
    except NotThere:
        raise Http404 from None


def _framing(response: HttpResponse) -> HttpResponse:
    """Beside the form stands the page as a citizen would see it, in a frame of our own."""
    response["Content-Security-Policy"] = FRAMING
    return response
