"""我的信息: everything held about her; she exports it, corrects it, takes back consent, and asks for erasure."""

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.base import clock
from huying.channels.parts import access, entering, signin
from huying.channels.web import exported
from huying.features.appeals.mydata import withdraw_board
from huying.features.services import drafts
from huying.kernel import actions
from huying.kernel.errors import Refused
from huying.kernel.queries import call_id_of
from huying.people import changing, codes, holdings, limits
from huying.people.errors import Wrong
from huying.people.holdings import OpenMatters
from huying.people.models import Party


@never_cache
@signin.party_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All of it, on one page."""
    return _page(request, {}, 200)


@never_cache
@signin.party_required
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file: canonical JSON for machines, PDF for people."""
    sections, now = holdings.held(_her(request)), clock.now()
    if form == "json":
        body, media = exported.as_json(sections, now), "application/json"
    else:
        body, media = exported.as_pdf(sections, now), "application/pdf"
    answer = HttpResponse(body, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data.{form}"'
    return answer


@never_cache
@sensitive_post_parameters("name", "address", "phone", "code")
@signin.party_required
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """Keep name and address as they were typed; a new phone once a code that was sent there came back."""
    actor, her, given = access.actor_of(request), _her(request), request.POST
    try:
        if "phone" not in given:
            changing.correct(actor, her, name=given.get("name", ""), address=given.get("address", ""))
        elif given.get("code", "").strip():
            changing.change_phone(actor, her, given["phone"], given["code"])
        else:
            changing.ask_phone(her, given["phone"], entering.address_of(request))
            return _page(request, {}, 200, asked=given["phone"])
    except Wrong as wrong:
        return _page(request, wrong.errors, 422, asked=given.get("phone", "") if "code" in given else "")
    except limits.TooMany as fault:
        return _page(request, {"phone": _("验证码发得太勤了，请过 %(n)s 分钟再试。") % {"n": fault.minutes}}, 422)
    except codes.NotSent as fault:
        return _page(request, {"phone": str(fault)}, 422)
    return redirect("web:my-data")


@never_cache
@signin.party_required
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Take back what was agreed to, or agree again to be asked."""
    actor, her, to = access.actor_of(request), _her(request), request.POST.get("to", "")
    if to == "board":
        withdraw_board(actor, her)
    elif to == "known":
        drafts.forget(her)
    elif to == "contact":
        changing.agree_contact(actor, her, given=request.POST.get("given") == "1")
    return redirect("web:my-data")


@never_cache
@signin.party_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; a POST that confirms does it. Calls that wait finish first, or are withdrawn here."""
    her = _her(request)
    waiting = holdings.waiting(her)
    errors: dict[str, str] = {}
    if request.method == "POST":
        if request.POST.get("sure") != "1":
            errors["sure"] = _("请先勾选“我明白，删除以后不能恢复”。")
        elif waiting and request.POST.get("withdraw") != "1":
            errors["withdraw"] = _("还有没答复的诉求。请等它们办完，或者勾选“一并撤回”。")
        else:
            try:
                _erase(request, waiting)
            except (OpenMatters, Refused):
                waiting = holdings.waiting(her)
                errors["withdraw"] = _("诉求的状态刚刚变了，请再看一遍。")
            else:
                logout(request)
                answer = render(request, "web/erased.html")
                access.let_go(answer)
                return answer
    status = 422 if errors else 200
    return render(
        request, "web/erase.html", {"waiting": waiting, "errors": errors, "days": exported.kept_days()}, status=status
    )


def _erase(request: HttpRequest, waiting: list[str]) -> None:
    actor = access.actor_of(request)
    with transaction.atomic():
        for number in waiting:
            actions.withdraw(actor, call_id_of(number) or 0)
        holdings.erase(actor, _her(request))


def _her(request: HttpRequest) -> Party:
    party = access.actor_of(request).party
    assert party is not None  # party_required
    return party


def _page(request: HttpRequest, errors: dict[str, str], status: int, asked: str = "") -> HttpResponse:
    her = _her(request)
    her.refresh_from_db()
    sections = holdings.held(her)
    context = {
        "sections": [section for section in sections if section.name != "consent"],
        "name": request.POST.get("name", changing.name_or_none(her)),
        "address": request.POST.get("address", changing.address_or_none(her)),
        "asked": asked,
        "errors": errors,
        "contact": her.contact_beyond,
        "shown": next((len(s.rows) for s in sections if s.name == "board"), 0),
        "reused": next((len(s.rows) for s in sections if s.name == "reused"), 0),
    }
    return render(request, "web/my_data.html", context, status=status)
