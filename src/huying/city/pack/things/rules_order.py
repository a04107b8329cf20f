"""What must hold of the order of items: none waits for itself."""

from django.utils.translation import gettext as _

from huying.city.pack.faults import Faults
from huying.city.pack.things.layout import ThingFile


def check_circle(file: ThingFile, faults: Faults) -> None:
    """No item waits for itself, by whatever way. A circle is told once, where its first item stands."""
    after = {entry["item"]: list(entry["after"] or ()) for entry in file.entries.rows if entry["item"]}
    told: set[str] = set()
    for entry in file.entries.rows:
        circle = _circle(entry["item"], after) if entry["item"] else None
        if circle and not told & set(circle):
            told |= set(circle)
            text = " → ".join(circle)
            faults.add(entry.file, entry.at("after"), _("先后绕成了圈：{circle}；请断开一处").format(circle=text))


def _circle(start: str, after: dict[str, list[str]]) -> list[str] | None:
    """The way from `start` back to itself along `after`; None when there is none."""
    ways, met = [[start]], set()
    while ways:
        way = ways.pop()
        for earlier in after.get(way[-1], ()):
            if earlier == start:
                return [*way, start]
            if earlier not in met:
                met.add(earlier)
                ways.append([*way, earlier])
    return None
