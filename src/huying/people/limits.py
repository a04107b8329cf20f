"""How often something may be tried: counted in the database, because there is no cache that all processes share."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from huying.base import clock
from huying.people import private
from huying.people.models import Attempts, SignInCode

_KEPT = timedelta(days=2)  # longer than any limit here counts
_COUNT = """UPDATE people_attempts SET count = count + %s, last_at = %s
WHERE what = %s AND who_mac = %s AND count > 0 AND count <= %s AND first_at > %s AND last_at <= %s"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries of `what` within `within` of the first, and `gap` between one and the next."""

    what: str
    most: int
    within: timedelta
    gap: timedelta = timedelta()


class TooMany(Exception):
    """Tried too often: `wait` seconds must pass. `limit` says which limit it was."""

    def __init__(self, limit: Limit, wait: timedelta) -> None:
        self.limit = limit
        self.wait = max(1, math.ceil(wait.total_seconds()))
        super().__init__(f"{limit.what}: wait {self.wait} seconds")

    @property
    def minutes(self) -> int:
        """The wait in minutes, rounded up."""
        return -(-self.wait // 60)


def take(limit: Limit, who: str, tries: int = 1) -> None:
    """Count one try, or several at once; of tries at one moment each is counted. Raises TooMany, and then counts nothing."""
    begun = clock.now()
    if _counted(limit, _mac(limit, who), tries, begun):
        return
    with transaction.atomic():
        rows = Attempts.objects.select_for_update()
        row, _ = rows.get_or_create(what=limit.what, who_mac=_mac(limit, who), defaults={"first_at": begun, "last_at": begun})
        now = clock.now()  # after the lock: whoever held it may have been later than our beginning
        if not row.count or row.first_at + limit.within <= now:
            row.count, row.first_at = 0, now
        if row.count + tries > limit.most:
            raise TooMany(limit, row.first_at + limit.within - now)
        if row.count and limit.gap and row.last_at + limit.gap > now:
            raise TooMany(limit, row.last_at + limit.gap - now)
        row.count, row.last_at = row.count + tries, now
        row.save(update_fields=["count", "first_at", "last_at"])


def _counted(limit: Limit, who_mac: bytes, tries: int, now: datetime) -> bool:
    """Count where counting has begun and there is room: one statement, for nearly all there is; whether it did."""
    stamp = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:  # by hand: composing the query cost ten times what asking does
        cursor.execute(
            _COUNT,
            (tries, stamp(now), limit.what, who_mac, limit.most - tries, stamp(now - limit.within), stamp(now - limit.gap)),
        )
        return cursor.rowcount > 0


def forget(limit: Limit, who: str) -> None:
    """Begin to count anew, after a success. The row stays: a try at this very moment would find it gone and fail."""
    Attempts.objects.filter(what=limit.what, who_mac=_mac(limit, who)).update(count=0)


def sweep() -> int:
    """Delete counts and codes that no longer matter: how many rows. A timer calls it once a day."""
    before = clock.now() - _KEPT
    counts, _ = Attempts.objects.filter(last_at__lt=before).delete()
    codes, _ = SignInCode.objects.filter(sent_at__lt=before).delete()
    return counts + codes


def _mac(limit: Limit, who: str) -> bytes:
    return private.mac(limit.what, who)
