"""For whom a page acts: she herself who signed in, or somebody by whose mandate (?for=…) another fills her form."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from huying.base import ids
from huying.channels.parts import access
from huying.channels.parts.mandated import FOR
from huying.features.services import mandates
from huying.features.services.mandates import Scope
from huying.features.services.models import Case, Mandate
from huying.people.actors import Actor
from huying.people.models import Party


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose form it is, and by which mandate another fills it; None where she does."""

    party: Party
    mandate: Mandate | None = None

    @property
    def query(self) -> str:
        """What an address carries on, with its question mark."""
        return f"?{FOR}={self.mandate.pk}" if self.mandate is not None else ""

    @property
    def called(self) -> str:
        """Who she is to the one who acts for her; nothing where she acts herself. Raises KeyTrouble."""
        return mandates.called(self.mandate.giver) if self.mandate is not None else ""


def mandate_of(request: HttpRequest, thing: str) -> Mandate | None:
    """The mandate that the address names. Raises Http404 for one that is over, of another, or for another thing."""
    named = request.GET.get(FOR, "")
    if not named:
        return None
    found = mandates.usable(access.actor_of(request), ids.row_id(named), thing)
    if found is None:
        raise Http404
    return found


def whose(request: HttpRequest, thing: str) -> Whose | None:
    """Whose form this is; None for a visitor. Raises Http404."""
    party = access.actor_of(request).party
    mandate = mandate_of(request, thing) if party is not None or access.actor_of(request).officer is not None else None
    if mandate is not None:
        return Whose(mandate.giver, mandate)
    return Whose(party) if party is not None else None


def scope_of(given: QueryDict) -> Scope:
    """What was chosen on a form of a mandate; a day that is none counts as not given."""
    try:
        last = date.fromisoformat(given.get("last", ""))
    except ValueError:
        last = None
    return Scope(given.get("thing", "")[:64], last, given.get("relation", ""))


def banner(actor: Actor, case: Case) -> str:
    """Who did it for whom, as she or the one who acts for her reads it; nothing where she did it herself. Raises KeyTrouble."""
    mandate = mandates.of_case(case)
    if mandate is None:
        return ""
    if actor.party is not None and actor.party == mandate.holder:
        return _("您替%(who)s办的。") % {"who": mandates.called(case.party)}
    says = {"who": mandates.who(mandate), "how": mandate.get_proof_display()}
    return _("%(who)s替您办的（%(how)s）。") % says


def owns(actor: Actor, case: Case) -> bool:
    """Whether it is her own, or she holds its number and secret: not somebody who acts for her."""
    return actor.party is None or actor.party == case.party
