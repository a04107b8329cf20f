"""Mandates as pages show them, the things they are for, and the ways between the form and the counter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huying.channels.parts import access, choices
from huying.channels.parts.hops_cases import guided
from huying.city import catalogue
from huying.features.services import mandates
from huying.features.services.models import Case, Mandate

FOR = "for"  # what an address calls the mandate by which it acts


@dataclass(frozen=True, slots=True)
class Line:
    """A mandate in words."""

    row: Mandate
    who: str
    giver: str
    what: str

    @property
    def over(self) -> bool:
        """Whether it is past."""
        return mandates.over(self.row)

    @property
    def cases(self) -> list[Case]:
        """What was begun by it."""
        return mandates.cases_of(self.row)


def lines(rows: Sequence[Mandate]) -> list[Line]:
    """As a list shows them. Raises KeyTrouble."""
    return [Line(row, mandates.who(row), mandates.called(row.giver), mandates.what(row.thing)) for row in rows]


def thing_options(selected: str) -> SafeString:
    """Every thing, by its name."""
    return choices.options([(one.row.key, guided(one.whole.thing.name)) for one in catalogue.things()], selected)


# --- The ways: neither channel knows the other's addresses ------------------------------------------------------------


@never_cache
@require_safe
def begin(request: HttpRequest, mandate_id: int, to: str) -> HttpResponse:
    """On to the thing that the mandate names. Raises Http404 for one by which he acts not."""
    found = mandates.usable(access.actor_of(request), mandate_id)
    if found is None or not found.thing:
        raise Http404
    return redirect(f"{reverse(to, args=[found.thing])}?{FOR}={found.pk}")


@never_cache
@require_safe
def slip(request: HttpRequest, mandate_id: int, to: str) -> HttpResponse:
    """On to what she takes home from the counter."""
    if mandates.usable(access.actor_of(request), mandate_id) is None:
        raise Http404
    return redirect(to, mandate_id)


def urls(*, thing: str, counter: str) -> list[URLPattern]:
    """Both ways, with the names of the pages they lead to."""
    return [
        path("for/<int:mandate_id>/", begin, {"to": thing}, name="begin-for"),
        path("for/<int:mandate_id>/slip/", slip, {"to": counter}, name="slip-for"),
    ]
