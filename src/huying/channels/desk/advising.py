"""先看一遍: an answer looked over before it leaves. It advises and never blocks: it is shown once, the second press sends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from huying.channels.desk import pages
from huying.channels.parts.signin import officer_required
from huying.kernel import adviser, gaps, queries
from huying.kernel.actions.submit import SHORTEST
from huying.kernel.errors import NotThere
from huying.kernel.queries import MatterView
from huying.people.actors import Actor
from huying.reading.answers import LIGHT, Advice

VERBS = ("answer", "answer_at_once", "submit")
LOOK, ASK_MODEL, SEND, SEEN, HELD = "look", "ask_model", "send", "seen", "held"  # as the form calls them
MANY_LIGHT = 4  # so many small things together are one that is worth a stop


@dataclass(frozen=True, slots=True)
class Shown:
    """The advice as the page shows it. `held`: it was about to be sent; the next press sends."""

    weighty: Sequence[Advice] = ()
    light: Sequence[Advice] = ()
    held: bool = False
    model: adviser.Said | None = None
    seen: str = field(default="")

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to think of."""
        return not self.weighty and not self.light


def instead(actor: Actor, view: MatterView, verb: str, data: QueryDict) -> Shown | None:
    """What to show instead of carrying the verb; None: it is carried.

    What is too short, or has a gap, is left to the verb: it refuses, and says why.
    """
    if verb not in VERBS or verb not in view.verbs:
        return None
    looks = LOOK in data or ASK_MODEL in data
    if not looks and (data.get(HELD) or (verb == "answer" and not data.get(SEND))):
        return None
    text = _text(view, verb, data)
    if not looks and (len(text) < SHORTEST or gaps.left(text)):
        return None
    found = queries.looked_over(actor, view, text)
    if looks:
        return shown(found, held=bool(data.get(HELD)), model=adviser.ask(view, text) if ASK_MODEL in data else None)
    new = [one for one in found if one.kind not in data.get(SEEN, "").split(",")]
    weighty = [one for one in new if one.kind not in LIGHT]
    return shown(found, held=True) if weighty or len(new) >= MANY_LIGHT else None


def shown(found: Sequence[Advice], *, held: bool, model: adviser.Said | None = None) -> Shown:
    """The advice, in two parts, with the kinds that have been seen then."""
    weighty = [one for one in found if one.kind not in LIGHT]
    light = [one for one in found if one.kind in LIGHT]
    return Shown(weighty, light, held, model, ",".join(dict.fromkeys(one.kind for one in found)))


@require_POST
@officer_required
def follow(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The advice alone, for the script that follows what is mended."""
    actor = pages.who(request)
    try:
        view = queries.matter_page(actor, matter_id, pages.task_id(request))
    except NotThere:
        raise Http404 from None
    verb = next((verb for verb in VERBS if verb in view.verbs), "")
    if not verb:
        raise Http404
    found = queries.looked_over(actor, view, _text(view, verb, request.POST))
    context: dict[str, Any] = {"advice": shown(found, held=bool(request.POST.get(HELD)))}
    response = render(request, "desk/_advice.html", context)
    add_never_cache_headers(response)
    return response


def _text(view: MatterView, verb: str, data: QueryDict) -> str:
    if verb == "submit" and "text" not in data:
        return view.draft.text if view.draft else ""
    return str(data.get("text", "")).strip()
