"""一起办: one verb on many ticked tasks, with one reason. Each goes by itself; the page says which did not, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from huying.base import ids
from huying.channels.desk import pages
from huying.channels.desk.filled import Filled
from huying.channels.desk.pages import who
from huying.channels.desk.verbs import FORMS
from huying.channels.parts.photos import Given
from huying.channels.parts.signin import officer_required
from huying.kernel import queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.queries import MatterView
from huying.people import leave
from huying.people.actors import Actor

MOST = 100
VERBS = ("sign", "pass_down", "assign", "transfer", "decide_extension", "approve", "return", "resume")
SESSION = "batch"  # what the last one did, for the page that tells it


@dataclass(frozen=True, slots=True)
class Ticked:
    """A task that was ticked, as far as the actor may see it; `answer` is what an approval would send."""

    task_id: int
    view: MatterView
    answer: str


@require_POST
@officer_required
def batch(request: HttpRequest) -> HttpResponse:
    """First what was ticked with the verb's form, then the doing of it."""
    actor = who(request)
    verb, chosen = (
        request.POST.get("verb", ""),
        list(dict.fromkeys(filter(None, map(ids.row_id, request.POST.getlist("task"))))),
    )
    if verb not in VERBS:
        raise Http404
    if not chosen or len(chosen) > MOST:
        fault = (
            _("先勾选要一起办的件。")
            if not chosen
            else ngettext("一次最多 %(n)s 件。", "一次最多 %(n)s 件。", MOST) % {"n": MOST}
        )
        return _page(request, actor, verb, chosen[:MOST], {"": fault}, 422)
    if "sure" not in request.POST:
        return _page(request, actor, verb, chosen, {}, 200)
    done, not_done, errors = _carry(actor, verb, chosen, request.POST)
    if errors and not done:  # the reason itself is at fault: nothing happened, and what was typed stays
        return _page(request, actor, verb, chosen, errors, 422)
    request.session[SESSION] = {"verb": verb, "done": done, "not_done": not_done}
    return redirect("desk:batch_done")


@require_safe
@officer_required
def done(request: HttpRequest) -> HttpResponse:
    """Who was done, who was not, and why."""
    actor, told = who(request), request.session.get(SESSION)
    if not told:
        return redirect("desk:inbox")
    titles = queries.titles(actor, {pk for pk, *_rest in (*told["done"], *told["not_done"])})
    context = {
        "page": "inbox",
        "form": FORMS[told["verb"]],
        "done": [(pk, titles.get(pk, "")) for pk, *_rest in told["done"]],
        "not_done": [(pk, titles.get(pk, ""), why) for pk, why in told["not_done"]],
    }
    return render(request, "desk/batch_done.html", pages.bar_context(request, actor) | context)


Rows = list[list[Any]]


def _carry(actor: Actor, verb: str, chosen: list[int], data: QueryDict) -> tuple[Rows, Rows, dict[str, str]]:
    """Each task in its own transaction: the matters done, those not done with why, and what was wrong with the form."""
    done, not_done, errors = Rows(), Rows(), dict[str, str]()
    carry: Callable[[Filled], object] = FORMS[verb].carry
    for pk in chosen:
        matter = queries.matter_of_task(actor, pk)
        if matter is None:
            not_done.append([0, _("不在您这里了。")])
            continue
        try:
            carry(Filled(actor, queries.matter_page(actor, matter, pk), data, Given()))
            done.append([matter])
        except BadInput as bad:
            errors |= bad.errors
            not_done.append([matter, "；".join(bad.errors.values())])
        except Refused as refusal:
            not_done.append([matter, refusal.message])
        except NotThere:
            not_done.append([matter, _("不在您这里了。")])
    return done, not_done, errors


def _page(
    request: HttpRequest, actor: Actor, verb: str, chosen: list[int], errors: dict[str, str], status: int
) -> HttpResponse:
    ticked = [row for pk in chosen if (row := _ticked(actor, pk, verb))]
    about = next((row.view.matter.about for row in ticked if row.view.matter.about), None)
    bearers = {row.view.task.bearer_id for row in ticked if row.view.task}
    context: dict[str, Any] = {
        "page": "inbox",
        "form": FORMS[verb],
        "verb": verb,
        "ticked": ticked,
        "able": sum(verb in row.view.verbs for row in ticked),
        "bearers": queries.bearers_for(actor, about) if verb in ("pass_down", "transfer") else [],
        "colleagues": leave.there_today(bearers & actor.departments("head")) if verb == "assign" else [],
        "typed": request.POST,
        "errors": errors,
    }
    return render(request, "desk/batch.html", pages.bar_context(request, actor) | context, status=status)


def _ticked(actor: Actor, task_id: int, verb: str) -> Ticked | None:
    matter = queries.matter_of_task(actor, task_id)
    if matter is None:
        return None
    try:
        view = queries.matter_page(actor, matter, task_id)
    except NotThere:
        return None
    sent = [row.text for row in view.responses if row.state == "submitted"] if verb == "approve" else []
    return Ticked(task_id, view, sent[-1] if sent else "")
