"""The dispatcher's page: the queue, one call, three suggestions with their reasons."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from huying.channels.desk import pages
from huying.channels.parts.signin import officer_required
from huying.kernel import dispatch, queries
from huying.kernel.queries import MatterView
from huying.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """A suggestion as the page offers it: whom the officer gives it to, and who ends up working it."""

    to_id: int
    name: str
    via: str
    suggestion: dispatch.Suggestion

    @property
    def percent(self) -> int:
        """The confidence in whole percent."""
        return round(self.suggestion.confidence * 100)


@require_GET
@officer_required
def dispatching(request: HttpRequest, matter_id: int | None = None) -> HttpResponse:
    """The queue with one matter open: the one asked for, else the first."""
    actor = pages.who(request)
    if not queries.is_dispatcher(actor):
        raise Http404
    context = queue_context(request, actor)
    chosen = matter_id or (context["queue"][0].matter_id if context["queue"] else None)
    if chosen is not None:
        context |= pages.matter_context(request, actor, chosen)
        context |= suggestion_context(actor, context["view"])
    response = render(request, "desk/dispatch.html", context)
    add_never_cache_headers(response)  # what an officer has open of a caller lies in no cache
    return response


@require_GET
@officer_required
def boundaries(request: HttpRequest) -> HttpResponse:
    """Whose a place is: what waits to be settled, and what was."""
    actor = pages.who(request)
    if not queries.is_dispatcher(actor):
        raise Http404
    waiting, settled = queries.ledger(actor)
    context = {"page": "boundaries", "waiting": waiting, "settled": settled}
    return render(request, "desk/boundaries.html", pages.bar_context(request, actor) | context)


def queue_context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What waits."""
    queue = queries.dispatch_queue(actor)
    return pages.bar_context(request, actor) | {"queue": queue, "count": queries.queue_count(actor), "page": "dispatch"}


def suggestion_context(actor: Actor, view: MatterView) -> dict[str, Any]:
    """The three likeliest bearers, and the caller's words with what decided marked in them."""
    if not view.calls:  # merged into another
        return {"choices": [], "marked": "", "verb": ""}
    call = view.calls[0]
    text = f"{call.title}。{call.text} {call.place}"
    found = dispatch.leaving_out(dispatch.suggest(text, view.matter.area, sort=call.sort), view.matter.about)
    at_centre = view.task is not None
    choices = [_choice(s, at_centre) for s in found if _target(s, at_centre) is not None]
    phrases = [p for s in found[:1] for p in (*s.phrases, *s.learned)]
    return {"choices": choices, "marked": marked(call.text, phrases), "verb": "pass_down" if at_centre else "dispatch"}


def _target(suggestion: dispatch.Suggestion, at_centre: bool) -> int | None:
    return suggestion.bearer_id if at_centre else (suggestion.via_id or suggestion.bearer_id)


def _choice(suggestion: dispatch.Suggestion, at_centre: bool) -> Choice:
    target = _target(suggestion, at_centre)
    assert target is not None
    via = suggestion.via_name if suggestion.via_id and not at_centre else ""
    return Choice(target, suggestion.bearer_name, via or "", suggestion)


def marked(text: str, phrases: list[str]) -> SafeString:
    """The text with each phrase in <mark>; longer phrases first, none inside another."""
    spans: list[tuple[int, int]] = []
    for phrase in sorted({p for p in phrases if p}, key=len, reverse=True):
        at = text.find(phrase)
        while at >= 0:
            if not any(a < at + len(phrase) and at < b for a, b in spans):
                spans.append((at, at + len(phrase)))
            at = text.find(phrase, at + 1)
    out, last = [], 0
    for begin, end in sorted(spans):
        out.append((text[last:begin], text[begin:end]))
        last = end
    body = format_html_join("", "{}<mark>{}</mark>", out)
    return mark_safe(body + conditional_escape(text[last:]))  # nosec B308, B703  # both parts are escaped


def again(request: HttpRequest, actor: Actor, context: dict[str, Any], status: int = 422) -> HttpResponse:
    """The dispatcher's page again, with the fault named, or the advice."""
    whole = context | queue_context(request, actor) | suggestion_context(actor, context["view"])
    return render(request, "desk/dispatch.html", whole, status=status)
