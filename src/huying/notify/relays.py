"""中转号: numbers that stand in for callers' own. Made when a message first goes out, let go when nobody needs them."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from huying.base import clock
from huying.base.faults import ForOperator
from huying.notify.models import RelayHeard, RelayLine
from huying.notify.ports import Heard, NotDelivered, Relay
from huying.people.models import Party

KEPT = timedelta(days=60)  # after the last message: then a number goes to somebody else
BATCH = 50


class NoRelay(ForOperator):
    """No relay is configured, or it cannot be used: one line for the operator."""


def adapter() -> Relay:
    """The adapter that is named. Raises NoRelay, also for the demo's in a city that is no demo."""
    if not settings.RELAY:
        raise NoRelay("HUYING_RELAY is not set: name the adapter whose numbers stand in for callers' own")
    return _made(settings.RELAY, settings.DEMO)


def forget() -> None:
    """Make the adapter anew: after its settings changed, in tests."""
    _made.cache_clear()


def numbers(calls: Iterable[int]) -> dict[int, str]:
    """The numbers that stand in for the callers of these calls now."""
    rows = RelayLine.objects.filter(call__in=list(calls)).exclude(number="")
    return dict(rows.values_list("call", "number"))


def send(party: Party, call: int, phone: str, words: tuple[str, Mapping[str, str]], key: str) -> str:
    """Hand a message over from the call's number, which is made for the first one. Raises NotDelivered, NoRelay."""
    relay = adapter()
    row, _ = RelayLine.objects.get_or_create(call=call, defaults={"party": party, "used_at": clock.now()})
    number = relay.number(row.line, phone)  # the same again; asked anew, because a phone may have changed
    RelayLine.objects.filter(call=call).update(number=number, used_at=clock.now())
    template, values = words
    return relay.send(row.line, template, values, key)


def call_of(heard: Heard) -> int | None:
    """The call whose caller answered; None for a line that is not there."""
    return RelayLine.objects.filter(line=heard.line).values_list("call", flat=True).first()


def is_new(heard: Heard) -> bool:
    """Whether this answer was not told before. Written down in the transaction of whoever asks."""
    try:
        with transaction.atomic():
            RelayHeard.objects.create(key=heard.key, at=clock.now())
    except IntegrityError:
        return False
    return True


def sweep() -> int:
    """Let go of lines that nobody needs any more, and of those of parties that were erased; how many."""
    if not settings.RELAY:
        return 0
    RelayHeard.objects.filter(at__lt=clock.now() - KEPT).delete()
    old = Q(used_at__lt=clock.now() - KEPT) | Q(party__data_key__isnull=True)
    done = 0
    for row in RelayLine.objects.filter(old).order_by("used_at")[:BATCH]:
        try:
            adapter().release(row.line)
        except (NotDelivered, NoRelay):  # next time
            break
        row.delete()
        done += 1
    return done


@lru_cache(maxsize=4)
def _made(path: str, demo: bool) -> Relay:
    try:
        return cast(Relay, import_string(path)())
    except (ImportError, NotDelivered) as fault:
        raise NoRelay(f"HUYING_RELAY={path}: {fault}") from fault
