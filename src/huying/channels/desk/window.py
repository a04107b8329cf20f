"""窗口代办: at a counter, for whoever stands there and agrees: by the code on her phone, or by a paper that she signs."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from huying.base import clock
from huying.channels.desk import pages
from huying.channels.parts import entering, mandated
from huying.channels.parts.signin import officer_required
from huying.features.services import awaiting, mandates, papers
from huying.features.services.mandates import Scope
from huying.features.services.models import Case
from huying.features.services.papers import PaperRefused
from huying.kernel.actions.open_calls import secret_of
from huying.kernel.errors import BadInput, NotThere
from huying.people import codes, limits
from huying.people.actors import Actor


@never_cache
@sensitive_post_parameters("phone", "code", "name")
@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    """Begin for somebody; below, whom this officer helped today. Not there for who sits at no counter."""
    actor = pages.who(request)
    if mandates.window_of(actor) is None:
        raise Http404
    if request.method != "POST":
        return _page(request, actor, {}, "", 200)
    do = request.POST.get("do", "")
    try:
        return _done(request, actor, do)
    except NotThere:
        raise Http404 from None
    except BadInput as bad:
        return _page(request, actor, bad.errors, do, 422)
    except PaperRefused as refusal:
        return _page(request, actor, {"paper": f"{refusal.name}：{refusal.message}"}, do, 422)
    except limits.TooMany as fault:
        return _page(request, actor, {"phone": entering.wait_words(_("同意码发得太勤了。"), fault)}, do, 429)
    except codes.NotSent as fault:
        return _page(request, actor, {"phone": str(fault)}, do, 502)


def _done(request: HttpRequest, actor: Actor, do: str) -> HttpResponse:
    given = request.POST
    scope = Scope(given.get("thing", "")[:64], clock.today())
    if not scope.thing:
        raise BadInput({"thing": _("请选要办的事。")})
    if do == "ask":
        mandates.ask_code(actor, given.get("phone", ""), scope, entering.address_of(request))
        messages.success(request, _("同意码发出去了，请本人看短信，同意就把六位数字报给您。"))
        return _page(request, actor, {}, "confirm", 200)
    if do == "confirm":
        made = mandates.by_code(actor, given.get("phone", ""), given.get("code", ""), scope, given.get("name", ""))
    else:
        made = mandates.by_paper(actor, given.get("name", ""), [_read(one) for one in request.FILES.getlist("paper")], scope)
    return redirect("begin-for", made.pk)


def _read(file: UploadedFile) -> tuple[str, bytes]:
    if (file.size or 0) > settings.PAPER_MAX_BYTES:
        raise PaperRefused(file.name or _("文件"), papers.too_large())
    return file.name or "", file.read()


@never_cache
@officer_required
@require_safe
def slip(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """What she takes home: the numbers of what was begun, and what she can do with them. For today, as the mandate."""
    actor = pages.who(request)
    found = mandates.usable(actor, mandate_id)
    cases = mandates.cases_of(found) if found else []
    if found is None or not cases:
        raise Http404
    rows = [(case, secret_of(case.call.number, str(case.call.key)), _due(case)) for case in cases]
    context = {"page": "window", "mandate": found, "rows": rows, "called": mandates.called(found.giver)}
    return render(request, "desk/window_slip.html", pages.bar_context(request, actor) | context)


def _due(case: Case) -> datetime | None:
    """By when all of it is done; None while nobody knows, because some of it counts from her visit to a counter."""
    return None if awaiting.waits_for_her(case.matter_id) else case.matter.due_at


def _page(request: HttpRequest, actor: Actor, errors: dict[str, str], at: str, status: int) -> HttpResponse:
    typed = request.POST
    context: dict[str, Any] = {
        "page": "window",
        "errors": errors,
        "at": at,
        "typed": {name: typed.get(name, "") for name in ("phone", "name", "thing")},
        "things": mandated.thing_options(typed.get("thing", "")),
        "what": mandates.what(typed.get("thing", "")),
        "today": mandated.lines(mandates.taken_today(actor)),
    }
    return render(request, "desk/window.html", pages.bar_context(request, actor) | context, status=status)
