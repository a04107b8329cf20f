"""What a party was told, as she reads it on the portal; how many she has not read."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import translation

from huying.base import clock
from huying.notify import acting, templates
from huying.notify.models import Message, Notice, State
from huying.people.models import Party

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in the reader's language; `carried` is its message, None where it stands on the portal alone."""

    notice: Notice
    text: str
    carried: Message | None

    @property
    def unread(self) -> bool:
        """Whether she has not seen it yet."""
        return self.notice.read_at is None


def mine(party: Party | None, held: Collection[int] = (), limit: int = SHOWN) -> list[Line]:
    """The newest notices of a party, and of calls whose number and secret were shown (`held`, their ids)."""
    rows = list(Notice.objects.filter(_hers(party, held)).select_related("message").order_by("-at", "-id")[:limit])
    over = acting.over(party, {row.call for row in rows if row.acts}) if party else set()
    language = translation.get_language() or "zh-hans"
    return [_line(row, language) for row in rows if not (row.acts and row.call in over)]


def unread(party: Party | None) -> int:
    """How many notices the party has not read."""
    if party is None:
        return 0
    rows = list(Notice.objects.filter(party=party, read_at__isnull=True).values_list("call", "acts"))
    over = acting.over(party, {call for call, acts in rows if acts})
    return sum(not (acts and call in over) for call, acts in rows)


def mark_read(party: Party | None, held: Collection[int] = (), call: int | None = None) -> int:
    """She has read them: all of hers, or those of one call. How many were new."""
    rows = Notice.objects.filter(_hers(party, held), read_at__isnull=True)
    return rows.filter(**({} if call is None else {"call": call})).update(read_at=clock.now())


def mark_seen(party: Party | None, address: str) -> int:
    """She has opened the page that a notice of hers led to. How many were new."""
    return Notice.objects.filter(party=party, address=address, read_at__isnull=True).update(read_at=clock.now()) if party else 0


def _hers(party: Party | None, held: Collection[int]) -> Q:
    of_calls = Q(call__in=held, acts=False)
    return of_calls if party is None else Q(party=party) | of_calls


def _line(notice: Notice, language: str) -> Line:
    message = notice.message
    shown = message if message and message.state not in (State.PLANNED, State.GIVEN_UP) else None
    return Line(notice, templates.read(notice, language), shown)
