"""请假与代理: one's own leave and stand-ins, for whom one stands in, and for a head who of his unit is away."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huying.base import clock, ids
from huying.channels.desk import pages
from huying.channels.desk.pages import who
from huying.channels.parts.signin import officer_required
from huying.people import leave
from huying.people.actors import Actor
from huying.people.errors import NotYours, Wrong
from huying.people.leave import Span
from huying.people.models import Officer, Post
from huying.people.rostering import officer_named


@dataclass(slots=True)
class PostLine:
    """A post for which somebody may stand in: whom one may choose, who was chosen, and what is wrong with it."""

    post: Post
    colleagues: list[Officer]
    chosen: str = ""
    outside: str = ""
    may_outside: bool = False
    fault: str = ""


@dataclass(slots=True)
class Typed:
    """The form as it was filled."""

    first: str = ""
    last: str = ""
    posts: list[PostLine] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required
def absence(request: HttpRequest) -> HttpResponse:
    """The page; a POST enters a leave. What was typed stays where something is missing."""
    actor = who(request)
    officer = _of(request, actor)
    typed = _typed(request, actor, officer)
    if request.method != "POST":
        return _page(request, actor, officer, typed, {}, 200)
    first, last = _day(typed.first), _day(typed.last)
    if first is None or last is None:
        errors = {"first": _("请选第一天。")} if first is None else {"last": _("请选最后一天。")}
        return _page(request, actor, officer, typed, errors, 422)
    chosen, errors = _chosen(typed)
    try:
        if not errors:
            leave.enter(actor, officer.pk, Span(first, last), chosen)
    except Wrong as wrong:
        errors = wrong.errors
    except NotYours:
        raise Http404 from None
    if errors:
        return _page(request, actor, officer, typed, errors, 422)
    messages.success(request, _("已登记%(name)s的请假，代理的人到时就能办。") % {"name": officer.name})
    return redirect(request.get_full_path())


@require_POST
@officer_required
def end(request: HttpRequest, leave_id: int) -> HttpResponse:
    """He is back, or does not go."""
    try:
        leave.end(who(request), leave_id)
    except NotYours:
        raise Http404 from None
    messages.success(request, _("已销假，代理到此为止。"))
    return redirect("desk:leave")


def _of(request: HttpRequest, actor: Actor) -> Officer:
    """Whose leave it is: one's own, or of an officer of one's unit."""
    assert actor.officer
    asked = request.POST.get("officer") or request.GET.get("officer") or str(actor.officer.pk)
    found = {str(row.pk): row for row in (actor.officer, *_mine(actor))}
    if asked not in found:
        raise Http404
    return found[asked]


def _mine(actor: Actor) -> list[Officer]:
    """The officers of the units the actor leads."""
    return leave.colleagues(actor.departments("head"), clock.today())


def _typed(request: HttpRequest, actor: Actor, officer: Officer) -> Typed:
    today, led = clock.today(), actor.departments("head")
    first, last = request.POST.get("first", ""), request.POST.get("last", "")
    span = Span(_day(first) or today, max(_day(last) or today, _day(first) or today))
    typed = Typed(first, last)
    for post in leave.posts_within(officer, span):
        rows = [row for row in leave.colleagues([post.department_id], span.first) if row.pk != officer.pk]
        line = PostLine(post, rows, may_outside=post.department_id in led)
        line.chosen = request.POST.get(f"post-{post.pk}", "")
        line.outside = request.POST.get(f"outside-{post.pk}", "").strip()
        typed.posts.append(line)
    return typed


def _chosen(typed: Typed) -> tuple[dict[int, int], dict[str, str]]:
    """The stand-ins by post; a user name that nobody has is a fault."""
    chosen, errors = dict[int, int](), dict[str, str]()
    for line in typed.posts:
        if line.outside and line.may_outside:
            if found := officer_named(line.outside):
                chosen[line.post.pk] = found.pk
            else:
                errors[f"post-{line.post.pk}"] = _("没有这个用户名，请核对。")
        elif stand_in := ids.row_id(line.chosen):
            chosen[line.post.pk] = stand_in
    return chosen, errors


def _page(
    request: HttpRequest, actor: Actor, officer: Officer, typed: Typed, errors: dict[str, str], status: int
) -> HttpResponse:
    assert actor.officer
    for line in typed.posts:
        line.fault = errors.get(f"post-{line.post.pk}", "")
    today = clock.today()
    context: dict[str, Any] = {
        "page": "me",
        "officer": officer,
        "typed": typed,
        "errors": errors,
        "mine": _mine(actor),
        "leaves": leave.of_officer(officer),
        "standing": leave.stands_in(actor.officer, today),
        "unit": [row for row in leave.of_departments(actor.departments("head"), today) if row.officer_id != officer.pk],
        "today": today,
    }
    return render(request, "desk/leave.html", pages.bar_context(request, actor) | context, status=status)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
