"""The city's key changes while everything runs: a new key wraps, then each party's data key is wrapped anew, in batches.

A batch is one short transaction. Whoever is killed in between loses nothing: what is left is found by the id of the key
that stands on it, and `finish` goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction

from huying.people import keys, parties, private
from huying.people.keys import ID_BYTES
from huying.people.models import Party

BATCH = 500


class StillUsed(Exception):
    """That key still wraps data keys, or is the newest: it cannot go."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many living parties' data keys each city key wraps, by its id in hexadecimals; how many have none any more."""

    newest: str
    wraps: dict[str, int] = field(default_factory=dict)
    erased: int = 0
    phone_keys: int = 1
    old_phones: int = 0  # parties still found by an older phone key

    @property
    def left(self) -> int:
        """How many are still to be wrapped anew."""
        return sum(n for key, n in self.wraps.items() if key != self.newest)


def status() -> Standing:
    """Where a rotation stands. Raises KeyTrouble."""
    with connection.cursor() as cursor:  # the id is the second to fifth byte of what a row holds
        cursor.execute("SELECT substr(data_key, 2, 4), count(*) FROM people_party WHERE data_key IS NOT NULL GROUP BY 1")
        wraps = {bytes(key).hex(): int(n) for key, n in cursor.fetchall()}
    erased = Party.objects.filter(data_key__isnull=True).count()
    old = sum(1 for _party in _old_phones()) if len(keys.phone_keys()) > 1 else 0
    return Standing(keys.keeper().newest().hex(), wraps, erased, len(keys.phone_keys()), old)


def finish(told: Callable[[int], None] = lambda n: None, batch: int = BATCH) -> int:
    """Wrap anew whatever an older key wraps; how many that were. `told` hears of each batch. Raises KeyTrouble."""
    newest, last, total = keys.keeper().newest(), 0, 0
    while found := _older(newest, last, batch):
        with transaction.atomic():
            rows = list(Party.objects.select_for_update().filter(pk__in=found, data_key__isnull=False).order_by("pk"))
            for party in rows:
                if keys.key_id(bytes(party.data_key or b"")) != newest:
                    party.data_key = keys.rewrap(bytes(party.data_key or b""))
            Party.objects.bulk_update(rows, ["data_key"])
        last, total = found[-1], total + len(rows)
        told(total)
    return total


def finish_phones(batch: int = BATCH) -> tuple[int, int]:
    """Keep each phone by the newest phone key: how many that were, and how many could not.

    A phone that two parties came to hold in the same moment stays under two keys: both are found.
    """
    done = stayed = 0
    for pk, mac in _old_phones(batch):
        try:
            with transaction.atomic():
                done += Party.objects.filter(pk=pk, data_key__isnull=False).update(phone_mac=mac)
        except IntegrityError:
            stayed += 1
    return done, stayed


def retire(key_id: str) -> None:
    """Destroy an old city key. Backups whose data keys it wraps can be read by nobody then. Raises StillUsed, KeyTrouble."""
    now = status()
    if key_id == now.newest or now.wraps.get(key_id):
        raise StillUsed(f"{key_id} is the newest key, or still wraps data keys: `huying keys rotate` first")
    keys.keeper().retire(bytes.fromhex(key_id))


def _older(newest: bytes, last: int, batch: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM people_party WHERE id > %s AND data_key IS NOT NULL AND substr(data_key, 2, %s) <> %s"
            " ORDER BY id LIMIT %s",
            [last, ID_BYTES, newest, batch],
        )
        return [row[0] for row in cursor.fetchall()]


def _old_phones(batch: int = BATCH) -> "list[tuple[int, bytes]]":
    """Parties whose phone is kept by an older key, and what the newest makes of it."""
    rows = Party.objects.filter(phone_mac__isnull=False, data_key__isnull=False).order_by("pk")
    found = []
    for party in rows.iterator(batch):
        phone = parties.phone_of(party)
        if phone and (mac := private.phone_mac(phone)) != bytes(party.phone_mac or b""):
            found.append((party.pk, mac))
    return found
