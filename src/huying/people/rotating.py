"""The city's key changes while everything runs: a new key wraps, then each party's data key is wrapped anew, in batches.

A batch is one short transaction. Whoever is killed in between loses nothing: what is left is found by the id of the key
that stands on it, and `finish` goes on.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, connection, transaction

from huying.people import keys, parties, private
from huying.people.keys import ID_BYTES
from huying.people.models import Factor, Party

BATCH = 500
_HOLDERS: tuple[type[Party | Factor], ...] = (Party, Factor)  # whose rows hold a data key


class StillUsed(Exception):
    """That key still wraps data keys, or is the newest: it cannot go."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many data keys, of living parties and of factors, each city key wraps, by its id in hexadecimals.

    `erased` parties have none any more.
    """

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
    wraps = Counter[str]()
    with connection.cursor() as cursor:  # the id is the second to fifth byte of what a row holds
        for held in _HOLDERS:
            table = held._meta.db_table
            cursor.execute(
                f"SELECT substr(data_key, 2, 4), count(*) FROM {table} WHERE data_key IS NOT NULL GROUP BY 1"  # nosec B608
            )
            wraps.update({bytes(key).hex(): int(n) for key, n in cursor.fetchall()})
    erased = Party.objects.filter(data_key__isnull=True).count()
    old = sum(1 for _party in _old_phones()) if len(keys.phone_keys()) > 1 else 0
    return Standing(keys.keeper().newest().hex(), dict(wraps), erased, len(keys.phone_keys()), old)


def finish(told: Callable[[int], None] = lambda n: None, batch: int = BATCH) -> int:
    """Wrap anew whatever an older key wraps; how many that were. `told` hears of each batch. Raises KeyTrouble."""
    newest, total = keys.keeper().newest(), 0
    for held in _HOLDERS:
        last = 0
        while found := _older(held, newest, last, batch):
            last, total = found[-1], total + _wrap_anew(held, newest, found)
            told(total)
    return total


def _wrap_anew(held: type[Party | Factor], newest: bytes, found: list[int]) -> int:
    kept: Any = held._default_manager  # Party's or Factor's: both have a data key
    with transaction.atomic():
        rows = list(kept.select_for_update().filter(pk__in=found, data_key__isnull=False).order_by("pk"))
        for row in rows:
            if keys.key_id(bytes(row.data_key or b"")) != newest:
                row.data_key = keys.rewrap(bytes(row.data_key or b""))
        kept.bulk_update(rows, ["data_key"])
    return len(rows)


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


def _older(held: type[Party | Factor], newest: bytes, last: int, batch: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {held._meta.db_table} WHERE id > %s AND data_key IS NOT NULL"  # nosec B608  # ours
            " AND substr(data_key, 2, %s) <> %s ORDER BY id LIMIT %s",
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
