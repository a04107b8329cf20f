"""Hand messages over, outside any transaction. What was begun and not ended is asked about before it is tried again.

    planned --begin--> sending --hand over--> sent          `sending` is on the disk before a byte leaves,
       ^                  |                                 `sent` after the other side took it
       +--not taken, yet--+--nobody knows--> ask: sent, or hand over again under the same key

One fact is one notice and one message with one key. A provider that keeps to keys or answers questions gets it once. One
that does neither: a text message is rather lost than doubled (the portal has it), an e-mail rather doubled than lost.
"""

import logging
import random
import secrets
import time
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from huying.base import clock
from huying.base.faults import ForOperator
from huying.notify import letters
from huying.notify.letters import Outgoing, Unreachable
from huying.notify.models import WAITING, Channel, Message, State
from huying.notify.ports import CannotAsk, NotDelivered, Refused, Unsure

BATCH = 20
LEASE = timedelta(minutes=3)  # longer than one message can take
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=2)
GIVEN_UP_AFTER = timedelta(hours=72)  # what comes three days late is no help: the portal has it
TOO_LATE = "too late to be of use"
SET_ASIDE_FOR = timedelta(hours=1)
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 300.0
_log = logging.getLogger(__name__)


class Sender:
    """Hands over what is due. Several may work beside each other, in any process: each message is claimed by one."""

    def __init__(self) -> None:
        self._claim = secrets.token_hex(8)
        self._pauses: dict[str, float] = {}  # by channel: how long it was last left alone, in seconds
        self._until: dict[str, float] = {}  # and until when, by the monotonic clock

    def once(self, limit: int = BATCH) -> int:
        """Hand over up to `limit` messages; how many were tried."""
        tried = 0
        for message in self._claimed(limit):
            if self._paused(message.channel):
                self._put_back(message)
                continue
            tried += 1
            try:
                self._carry(message)
            except DatabaseError:
                raise
            except Exception:  # one message must not keep the others from leaving, whatever is wrong with it
                _log.exception("message %s (%s) is set aside", message.pk, message.channel)
                self._set_aside(message)
        return tried

    # --- Claiming -----------------------------------------------------------------------------------------------------

    def _claimed(self, limit: int) -> list[Message]:
        """Messages that are due, now ours for a while. A claim says nothing of the provider: only `sending` does."""
        now = clock.now()
        free = Q(claim_until__isnull=True) | Q(claim_until__lte=now)
        paused = [channel for channel in Channel.values if self._paused(channel)]
        with transaction.atomic():
            due = Message.objects.select_for_update(skip_locked=True).filter(free, state__in=WAITING, next_try_at__lte=now)
            found = list(due.exclude(channel__in=paused).order_by("next_try_at", "id").values_list("pk", flat=True)[:limit])
            if not found:
                return []
            ours = Message.objects.filter(pk__in=found)
            ours.update(claim=self._claim, claim_until=now + LEASE)
        rows = ours.select_related("party__wish").prefetch_related("notices")
        return list(rows.order_by("next_try_at", "id"))

    def _put_back(self, message: Message) -> None:
        self._mine(message).update(claim="", claim_until=None)

    def _mine(self, message: Message, *states: str) -> QuerySet[Message]:
        """The row, as long as it is ours: whoever lost his claim while he hung changes nothing."""
        return Message.objects.filter(pk=message.pk, claim=self._claim, state__in=states or WAITING)

    # --- One message --------------------------------------------------------------------------------------------------

    def _carry(self, message: Message) -> None:
        try:
            out = letters.outgoing(message)
            if message.state == State.SENDING:
                self._again(message, out)
            elif _too_late(message):
                self._give_up(message, TOO_LATE)
            elif self._begin(message, out):
                self._hand_over(message, out)
        except Unreachable as fault:
            self._give_up(message, str(fault))
        except ForOperator as fault:  # no adapter, or a key that is missing: nothing was handed over
            self._later(message, NotDelivered(str(fault), down=True))

    def _begin(self, message: Message, out: Outgoing) -> bool:
        """Write down that it is being handed over, before it is; False when it is not ours any more."""
        now = clock.now()
        message.tries, message.channel = message.tries + 1, out.channel
        began = message.began_at or now
        rows = self._mine(message, State.PLANNED)
        change = {"state": State.SENDING, "began_at": began, "tries": message.tries, "channel": out.channel}
        return bool(rows.update(claim_until=now + LEASE, **change))

    def _hand_over(self, message: Message, out: Outgoing) -> None:
        try:
            outside_id = out.send()
        except Unsure as fault:
            self._unknown(message, fault)
        except Refused as fault:
            self._give_up(message, str(fault))
        except NotDelivered as fault:
            self._later(message, fault)
        else:
            self._sent(message, outside_id)

    def _again(self, message: Message, out: Outgoing) -> None:
        """It was begun and not ended: a crash, or a connection that broke. Ask, then decide."""
        try:
            outside_id = out.ask()
        except CannotAsk:
            if message.channel == Channel.SMS:
                self._give_up(message, "nobody knows whether it arrived, and it is never sent twice")
                return
        except NotDelivered as fault:
            self._unknown(message, fault)
            return
        else:
            if outside_id is not None:
                self._sent(message, outside_id)
                return
        if _too_late(message):
            self._give_up(message, TOO_LATE)
            return
        message.tries += 1
        if self._mine(message, State.SENDING).update(tries=message.tries, claim_until=clock.now() + LEASE):
            self._hand_over(message, out)

    # --- How it ended -------------------------------------------------------------------------------------------------

    def _sent(self, message: Message, outside_id: str) -> None:
        self._pauses.pop(message.channel, None)
        now, free = clock.now(), {"claim": "", "claim_until": None, "outside_id": outside_id[:80]}
        if not self._mine(message, State.SENDING).update(state=State.SENT, sent_at=now, ended_at=now, reason="", **free):
            # its report came before we wrote this down: that word stands
            Message.objects.filter(pk=message.pk, claim=self._claim).update(**free)

    def _later(self, message: Message, fault: NotDelivered) -> None:
        """The other side did not take it: it is planned anew."""
        self._note(message, fault)
        at = clock.now() + _wait(message.tries, fault.wait)
        rows = self._mine(message)
        rows.update(state=State.PLANNED, next_try_at=at, claim="", claim_until=None, reason=str(fault)[:120])

    def _unknown(self, message: Message, fault: NotDelivered) -> None:
        """It stays `sending`, and is asked about when the other side may have come to rest."""
        self._note(message, fault)
        if _too_late(message):
            self._give_up(message, f"nobody knows whether it arrived: {fault}")
            return
        at = clock.now() + _wait(message.tries, fault.wait)
        self._mine(message, State.SENDING).update(next_try_at=at, claim="", claim_until=None, reason=str(fault)[:120])

    def _set_aside(self, message: Message) -> None:
        self._mine(message).update(next_try_at=clock.now() + SET_ASIDE_FOR, claim="", claim_until=None, reason="fault of ours")

    def _give_up(self, message: Message, why: str) -> None:
        _log.warning("message %s (%s) is given up: %s", message.pk, message.channel, why)
        rows = self._mine(message)
        rows.update(state=State.GIVEN_UP, ended_at=clock.now(), claim="", claim_until=None, reason=why[:120])

    # --- When the other side is down ----------------------------------------------------------------------------------

    def _note(self, message: Message, fault: NotDelivered) -> None:
        if not fault.down:
            _log.info("message %s (%s) was not delivered: %s", message.pk, message.channel, fault)
            return
        pause = min(LONGEST_PAUSE_SECONDS, 2 * self._pauses[message.channel]) if message.channel in self._pauses else 0
        pause = max(pause or PAUSE_SECONDS, float(fault.wait))
        self._pauses[message.channel], self._until[message.channel] = pause, time.monotonic() + pause
        _log.warning("%s: %s; it is left alone for %.0f s", Channel(message.channel).name.lower(), fault, pause)

    def _paused(self, channel: str) -> bool:
        return self._until.get(channel, 0.0) > time.monotonic()


def _too_late(message: Message) -> bool:
    return clock.now() - message.made_at > GIVEN_UP_AFTER


def _wait(tries: int, asked: int) -> timedelta:
    """Twice as long each time, a little by chance so that not all come back at once; never sooner than was asked for."""
    grown = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(max(tries - 1, 0), 12))
    return max(grown * random.uniform(0.75, 1.25), timedelta(seconds=asked))  # nosec B311  # no secret is drawn
