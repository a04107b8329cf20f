"""What appeals hold about a party: whether hers may be shown on the board. Withdrawing that takes it down at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from huying.features.appeals.models import Appeal, ImportedRow
from huying.kernel import search
from huying.people import holdings
from huying.people.actors import Actor
from huying.people.events import PartyConsent
from huying.people.holdings import Files, Section
from huying.people.models import Party


def held(party: Party) -> list[Section]:
    """Each appeal that she agreed to show, and the words that are shown."""
    rows = Appeal.objects.filter(call__caller=party, may_publish=True).select_related("call").order_by("-pk")
    return [Section("board", _("您同意公开的诉求"), [_row(appeal) for appeal in rows])]


def erase(party: Party) -> list[Files]:
    """Take down what is shown of hers; forget which sender of another system she was."""
    _take_down(party)
    ImportedRow.objects.filter(call__caller=party).update(sender=None)
    return []


def withdraw_board(actor: Actor, party: Party) -> int:
    """She takes back her consent to be shown: nothing of hers stands on the board any more. How many appeals that were."""
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=party.pk)
        taken = _take_down(party)
        if taken:
            holdings.tell(actor, party, PartyConsent(f"party:{party.token}", "board", False))
    return taken


def _take_down(party: Party) -> int:
    shown = Appeal.objects.filter(call__caller=party, may_publish=True)
    calls = list(shown.values_list("call_id", flat=True))
    taken = shown.update(may_publish=False, public_call="", public_answer="", published_at=None, published_by=None)
    search.refresh(calls)  # at once: nobody finds it any more from here on
    return taken


def _row(appeal: Appeal) -> dict[str, str]:
    row = {_("查询号"): appeal.call.number, _("公开的诉求"): appeal.public_call, _("公开的答复"): appeal.public_answer}
    return {label: value for label, value in row.items() if value}
