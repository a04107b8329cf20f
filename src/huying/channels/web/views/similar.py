"""我也遇到: before an appeal is sent, what she said before, what the city knows of, and what is likely the same.

One tap joins, one goes on.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huying.channels.web.form import NAMES, Typed
from huying.features.appeals import actions
from huying.features.appeals.actions import NewAppeal
from huying.kernel import queries
from huying.kernel.queries import IncidentLine, OwnLine, SharedLine
from huying.people.actors import Actor

NONE_OF_THEM = "none"
_SALT = "huying.join"


@dataclass(frozen=True, slots=True)
class Found:
    """The known incidents of her area that she was not shown yet, and what she or others said that is likely the same."""

    known: list[IncidentLine]
    alike: list[SharedLine]
    own: list[OwnLine]

    def __bool__(self) -> bool:
        return bool(self.known or self.alike or self.own)


def look(actor: Actor, new: NewAppeal, seen: Collection[int]) -> Found:
    """What she may join instead; nothing for a resend. Raises BadInput naming each field at fault."""
    if queries.is_known(new.key):
        return Found([], [], [])
    alike, own = actions.alike(actor, new), actions.told_before(actor, new)
    hers = {line.matter_id for line in own}
    known = [line for line in actions.known(actor, new, seen) if line.matter_id not in hers]
    return Found(known, [line for line in alike if line.matter_id not in hers], own)


def offer(request: HttpRequest, typed: Typed, found: Found) -> HttpResponse:
    """The page with what was found. The whole form goes along, so that either button sends it."""
    context = {
        "known": [(line, _token(typed.key, line.matter_id)) for line in found.known],
        "own": [(line, _token(typed.key, line.matter_id)) for line in found.own],
        "lines": [(line, _token(typed.key, line.matter_id)) for line in found.alike],
        "fields": [(name, getattr(typed, name)) for name in NAMES],
        "typed": typed,
        "none": NONE_OF_THEM,
    }
    return render(request, "web/similar.html", context)


def chosen(request: HttpRequest, key: str) -> int | None:
    """The matter she joins, 0 when it is none of those, None when she was not asked yet.

    Only what this form was offered can be joined: the button's value is signed for the form's key.
    """
    value = request.POST.get("join", "")
    if value == NONE_OF_THEM:
        return 0
    try:
        of, matter_id = signing.loads(value, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return matter_id if of == key and isinstance(matter_id, int) else None


def _token(key: str, matter_id: int) -> str:
    return signing.dumps([key, matter_id], salt=_SALT)
