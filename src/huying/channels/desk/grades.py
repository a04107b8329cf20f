"""好差评: poor grades that wait for an answer here, and for who oversees how many said what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.channels.desk import pages
from huying.channels.desk.oversight import reach
from huying.channels.parts.signin import officer_required
from huying.channels.parts.words import grade_words
from huying.city import catalogue
from huying.city import queries as city
from huying.features.services import graded, rating
from huying.features.services.graded import Graded
from huying.features.services.models import Rating
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor

Given = dict[str, str]
VERBS: dict[str, Callable[[Actor, int, Given], Rating]] = {
    "contacted": lambda actor, pk, given: rating.contacted(actor, pk),
    "answer": lambda actor, pk, given: rating.answer(actor, pk, given.get("found", ""), given.get("follows", "")),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A poor grade as who answers it reads it."""

    row: Rating
    name: str
    grade: str
    because: list[str]


@require_GET
@officer_required
def grades(request: HttpRequest) -> HttpResponse:
    """What waits, and the counts within reach."""
    return render(request, "desk/grades.html", _context(request, pages.who(request)))


@require_POST
@officer_required
def act(request: HttpRequest, rating_id: int, verb: str) -> HttpResponse:
    """She was spoken with, or is answered. A fault keeps what was typed."""
    actor, carry = pages.who(request), VERBS.get(verb)
    if carry is None:
        raise Http404
    try:
        carry(actor, rating_id, request.POST.dict())
    except NotThere:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, refused.message)
    except BadInput as bad:
        again = {"errors": bad.errors, "typed": request.POST, "at_fault": rating_id}
        return render(request, "desk/grades.html", _context(request, actor) | again, status=422)
    else:
        messages.success(request, _("已记下联系过她。") if verb == "contacted" else _("已答复，申请人看得到。"))
    return redirect("desk:grades")


def _context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    lines = graded.lines(reach(actor)) if pages.may_oversee(actor) else []
    context = {
        "page": "grades",
        "waiting": [_waiting(row) for row in graded.waiting(actor)],
        "lines": [(line, _unit(line), _name(line.item)) for line in lines],
        "labels": [grade_words(grade) for grade in (5, 4, 3, 2, 1)],
        "enough": graded.ENOUGH,
        "counts": pages.may_oversee(actor),
    }
    return pages.bar_context(request, actor) | context


def _waiting(row: Rating) -> Waiting:
    because = [str(rating.REASONS[key]) for key in row.reasons if key in rating.REASONS]
    return Waiting(row, _name(row.branch.item if row.branch else row.case.thing), grade_words(row.grade), because)


def _unit(line: Graded) -> str:
    found = city.department_by_key(line.unit) if line.unit else None
    return found.name if found else _("整件事")


def _name(key: str) -> str:
    """The name of an item, or of a thing."""
    item, thing = catalogue.item(key), catalogue.thing(key)
    return item.name.zh if item else thing.whole.thing.name.zh if thing else key
