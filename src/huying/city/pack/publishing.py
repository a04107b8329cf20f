"""Bring one thing into force that was made here, just as a load does: same content, same digest, same versions."""

import hashlib
from typing import NamedTuple

from django.db import transaction

from huying.base import clock
from huying.city import loaded
from huying.city.models import MadeThing, PackState, PackText, Thing, ThingVersion
from huying.city.pack import versions
from huying.city.pack.faults import PackHasFaults
from huying.city.pack.loading import wait_for_turn
from huying.city.pack.made import said
from huying.city.pack.standing import proved, proved_whole, standing
from huying.city.pack.things import wanted
from huying.city.pack.things.layout import Catalogue


class Published(NamedTuple):
    """The version that is in force now; `fresh` where it was not before."""

    code: str
    version: int
    number: int
    digest: str
    fresh: bool


def take_turn() -> None:
    """Let nobody else publish or load until the transaction ends, and see what stands at this moment."""
    wait_for_turn()
    loaded.look()  # what stands in the tables now counts, not what was held a moment ago


def publish(text: str, replaces: str) -> Published:
    """Put the thing that `text` says into force, in the place of the thing `replaces` or as a new one ('').

    Raises PackHasFaults, NothingLoaded.
    It is proved once more, against everything that stands now, while no pack can be loaded.
    """
    with transaction.atomic():
        take_turn()
        file, things, faults = proved(text, replaces)
        if not faults:
            faults = proved_whole(things)
        if faults or file is None:
            raise PackHasFaults(faults)
        base = _base(file.row["code"])
        told = _write(file.row["code"], things)
        MadeThing.objects.update_or_create(
            code=told.code, defaults={"text": text, "made_at": clock.now()}, create_defaults=_row(text, base)
        )
        _turn(told)
        # within the transaction for whoever goes on in it, and once more for all others when it is over
        loaded.forget()
        transaction.on_commit(loaded.forget)
    return told


def _row(text: str, base: str) -> dict[str, object]:
    return {"text": text, "base": base, "made_at": clock.now()}


def _base(code: str) -> str:
    """What the pack's own file says of it; '' where it has none."""
    file = next((one for one in standing().things if one.row["code"] == code), None)
    text = PackText.objects.filter(name=file.row.file).values_list("text", flat=True).first() if file else None
    return said(text) if text else ""


def _write(code: str, things: Catalogue) -> Published:
    everything = wanted.contents(things)
    content = everything.things[code]
    own = wanted.codes_of(content)
    digests = {
        "items": {one: everything.digests["items"][one] for one in own},
        "things": {code: everything.digests["things"][code]},
    }
    before = Thing.objects.filter(key=code).values_list("digest", "valid_to").first()
    fields = wanted.rows(things, everything)["things"][code]
    row, _made = Thing.objects.update_or_create(key=code, defaults=fields)
    versions.keep(wanted.Contents({one: everything.items[one] for one in own}, {code: content}, digests))
    version = ThingVersion.objects.get(thing=row, digest=row.digest)
    return Published(code, version.pk, version.number, row.digest, before != (row.digest, row.valid_to))


def _turn(told: Published) -> None:
    """Whoever keeps the city in memory sees by the digest of what is loaded that it is another now."""
    state = PackState.objects.select_for_update().filter(id=1).first()
    if state is not None:
        state.digest = hashlib.sha256(f"{state.digest}\0{told.code}\0{told.digest}".encode()).hexdigest()
        state.save(update_fields=["digest"])
