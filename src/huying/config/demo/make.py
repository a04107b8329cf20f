"""Make the demo's data, once: the pack, the people, the week. All of it or nothing, in one transaction."""

from pathlib import Path

from django.db import transaction

from huying.city import pack
from huying.config.demo import before, cases, making, registered, standby, story, week
from huying.config.environment import BadSetting
from huying.kernel import hot
from huying.kernel.models import Call


def make(city: Path) -> week.Week | None:
    """Load the pack, and play the week where it was not played yet; None where it was: then everything stays as it is.

    Raises BadSetting: a pack with faults, or a database that holds calls of a real city.
    """
    with transaction.atomic():
        _load(city)
        if Call.objects.filter(key__startswith="demo-").exists():
            return None
        if Call.objects.exists():
            raise BadSetting(
                "this database holds calls that are not the demo's. Name another with --data or HUYING_DATABASE_URL"
            )
        people = story.people(city / "demo")
        played = week.play(people, story.stories(city / "demo"))
        before.play(city / "demo", {name: week.caller(name, phone) for name, phone in people.callers.items()})
        cases.play(city / "demo")
        standby.make(city / "demo")
        making.make(city / "demo")
        registered.make(city / "demo")
        hot.refresh()  # the view of causes is not empty until the worker comes to it
        return played


def _load(city: Path) -> None:
    try:
        pack.load(city)
    except pack.PackHasFaults as fault:
        raise BadSetting(f"{city}: the pack has faults, `huying check {city}` names them") from fault
