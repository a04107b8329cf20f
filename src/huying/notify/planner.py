"""When a notice leaves, and with which message: at civil hours, by the party's wish, several facts of one call in one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from huying.base import clock
from huying.events import rows
from huying.events.log import Told
from huying.notify import hours, templates, ways
from huying.notify.models import Channel, Message, Notice, State, Wish
from huying.notify.ports import About

WINDOW = timedelta(minutes=2)  # what follows within it goes in the same message
CARRIED_WITHIN = timedelta(hours=24)  # older news are read on the portal alone
AT_ONCE_WITHIN = timedelta(minutes=30)  # what she did longer ago than this can wait for the morning as well

_HELD = "call:"  # who acted, as facts name it: whoever holds her number and secret

Planned = tuple[Notice, Told, About]


def carry(planned: Sequence[Planned]) -> None:
    """Give each notice that should leave the message that takes it, new or still waiting. The notices are not saved yet."""
    leaving = [row for row in planned if _leaves(row[0])]
    wishes = Wish.objects.in_bulk({about.party.pk for _, _, about in leaving})
    open_messages = _open({_key(notice) for notice, _, _ in leaving})
    fresh: list[Message] = []
    changed: dict[int, Message] = {}
    carried: list[tuple[Notice, Message]] = []
    for notice, told, about in leaving:
        wish = wishes.get(about.party.pk) or Wish(party=about.party)
        message = open_messages.get(_key(notice))
        # whoever acts for her has no part in the line that stands in for her number
        relayed = templates.template(notice.template).relayed or (message is not None and message.channel == Channel.RELAY)
        channel = ways.channel_of(about.party, wish, relayed=relayed and not about.acts)
        if channel is None:
            continue
        at = earliest(told, wish, about)
        if templates.template(notice.template).moment and notice.by and at >= notice.by:
            continue  # it would arrive when it has begun
        if message is None:
            message = Message(party=about.party, call=notice.call, channel=channel, made_at=clock.now(), next_try_at=at)
            open_messages[_key(notice)] = message
            fresh.append(message)
        message.channel, message.next_try_at = channel, min(at, message.next_try_at)
        if message.pk:
            changed[message.pk] = message
        carried.append((notice, message))
    rows.insert(fresh)
    for notice, message in carried:  # only now has each message its id
        notice.message = message
    Message.objects.bulk_update(changed.values(), ["channel", "next_try_at"])


def earliest(told: Told, wish: Wish, about: About) -> datetime:
    """From when a fact may be told: at once what answers her own act or is urgent, else after the window, at civil hours."""
    own = told.actor == f"party:{about.party.token}" or (told.actor.startswith(_HELD) and not about.acts)
    if about.urgent or (own and clock.now() - told.at < AT_ONCE_WITHIN):
        return told.at
    return hours.civil(told.at + WINDOW, wish.quiet_from, wish.quiet_to)


def _leaves(notice: Notice) -> bool:
    return templates.template(notice.template).carried and notice.at > clock.now() - CARRIED_WITHIN


def _key(row: Notice | Message) -> tuple[int, int]:
    """Whose message it goes in, and about which call: 0 is what is offered to her."""
    return row.party_id, row.call


def _open(keys: set[tuple[int, int]]) -> dict[tuple[int, int], Message]:
    """The messages of these to which something can be added: none has been begun, and no sender has them."""
    free = Q(claim_until__isnull=True) | Q(claim_until__lte=clock.now())
    calls, offered = {call for _party, call in keys if call}, {party for party, call in keys if not call}
    about = Q(call__in=calls) | Q(call=0, party__in=offered)
    found = Message.objects.select_for_update().filter(free, about, state=State.PLANNED, began_at__isnull=True)
    return {_key(message): message for message in found.order_by("id")}
