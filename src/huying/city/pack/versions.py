"""Keep each content of items and things as a version: a running case reads the one it began with."""

from datetime import datetime

from huying.base import clock
from huying.city.models import Item, ItemVersion, Thing, ThingVersion
from huying.city.pack.things.wanted import Contents, codes_of


def keep(said: Contents) -> None:
    """Add the versions that are not there yet. Content that comes back is the version it was."""
    now = clock.now()
    _keep_items(said, now)
    _keep_things(said, now)


def _keep_items(said: Contents, now: datetime) -> None:
    ids = dict(Item.objects.values_list("key", "pk"))
    there, numbers = _known(ItemVersion, "item_id")
    made = []
    for code, digest in said.digests["items"].items():
        if (ids[code], digest) not in there:
            number = numbers.get(ids[code], 0) + 1
            made.append(ItemVersion(item_id=ids[code], number=number, digest=digest, content=said.items[code], loaded_at=now))
    ItemVersion.objects.bulk_create(made, batch_size=500)


def _keep_things(said: Contents, now: datetime) -> None:
    ids = dict(Thing.objects.values_list("key", "pk"))
    there, numbers = _known(ThingVersion, "thing_id")
    fresh = {code: digest for code, digest in said.digests["things"].items() if (ids[code], digest) not in there}
    if not fresh:
        return
    items = {(code, digest): pk for pk, code, digest in ItemVersion.objects.values_list("pk", "item__key", "digest")}
    for code, digest in fresh.items():
        number = numbers.get(ids[code], 0) + 1
        version = ThingVersion.objects.create(
            thing_id=ids[code], number=number, digest=digest, content=said.things[code], loaded_at=now
        )
        version.items.set([items[one, said.digests["items"][one]] for one in codes_of(said.things[code])])


def _known(model: type[ItemVersion] | type[ThingVersion], owner: str) -> tuple[set[tuple[int, str]], dict[int, int]]:
    """Which contents there are, and the last number of each owner."""
    there: set[tuple[int, str]] = set()
    numbers: dict[int, int] = {}
    for pk, digest, number in model._default_manager.values_list(owner, "digest", "number"):
        there.add((pk, digest))
        numbers[pk] = max(numbers.get(pk, 0), number)
    return there, numbers
