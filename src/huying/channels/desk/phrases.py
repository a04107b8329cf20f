"""答复模板 on the desk: the page on which they are kept, and how one fills a box."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huying.base import ids
from huying.channels.desk import pages
from huying.channels.desk.pages import who
from huying.channels.desk.verbs import FORMS
from huying.channels.parts.signin import officer_required
from huying.city import queries as city
from huying.kernel import templates
from huying.kernel.errors import BadInput, NotThere
from huying.people.actors import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def phrases(request: HttpRequest) -> HttpResponse:
    """All templates by step; a POST keeps one, or takes one out."""
    actor = who(request)
    if request.method != "POST":
        return _page(request, actor, _edited(request, actor), {}, 200)
    try:
        said = _take_out(request, actor) if request.POST.get("do") == "remove" else _save(request, actor)
    except NotThere:
        raise Http404 from None
    except BadInput as bad:
        return _page(request, actor, request.POST.dict(), bad.errors, 422)
    messages.success(request, said)
    return redirect("desk:templates")


@require_POST
@officer_required
def from_answer(request: HttpRequest, response_id: int) -> HttpResponse:
    """One's own good answer as a template, with one press."""
    try:
        row = templates.from_answer(who(request), response_id)
    except NotThere:
        raise Http404 from None
    except BadInput as bad:
        messages.warning(request, next(iter(bad.errors.values())))
        return redirect("desk:templates")
    messages.success(request, _("已存成您的模板，姓名、电话和日期换成了空，请看一遍。"))
    return redirect(f"{request.path_info.rsplit('from/', 1)[0]}?edit={row.pk}")


def _save(request: HttpRequest, actor: Actor) -> str:
    unit = request.POST.get("unit", "")
    templates.keep(
        actor,
        request.POST.get("title", ""),
        request.POST.get("step", ""),
        request.POST.get("text", ""),
        duty_key=request.POST.get("duty_key", ""),
        unit=ids.row_id(unit) or None,
        key=request.POST.get("key", ""),
    )
    return _("存好了。")


def _take_out(request: HttpRequest, actor: Actor) -> str:
    templates.remove(actor, request.POST.get("key", ""))
    return _("删掉了。")


def _edited(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """The template that is open for change, as the form names its fields."""
    key = request.GET.get("edit", "")
    found = templates.get(actor, key) if key in templates.kept_by(actor) else None
    if found is None:
        return {}
    return {"key": key, "title": found.title, "step": found.step, "text": found.text, "duty_key": found.duty_key}


def _page(request: HttpRequest, actor: Actor, typed: dict[str, str], errors: dict[str, str], status: int) -> HttpResponse:
    rows = templates.everything(actor)
    steps = [(step, FORMS[step].label) for step in templates.STEPS]
    context: dict[str, Any] = {
        "page": "me",
        "groups": [(label, [row for row in rows if row.step == step]) for step, label in steps],
        "steps": steps,
        "kept": templates.kept_by(actor),
        "units": [d for pk in sorted(actor.departments("head")) if (d := city.department_by_id(pk))],
        "duty": city.duty(typed.get("duty_key", "")) if typed.get("duty_key") else None,
        "typed": typed,
        "errors": errors,
    }
    return render(request, "desk/templates.html", pages.bar_context(request, actor) | context, status=status)
