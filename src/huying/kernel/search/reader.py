"""The reader `search`: facts in, documents up to date, in one transaction with its cursor.

The log says what changed; the words are fetched from the tables as they are now, so reading a fact twice, or late, is right.
"""

from collections.abc import Sequence

from huying.city import queries as city
from huying.events import log
from huying.events.log import Told
from huying.kernel.models import Call
from huying.kernel.search import documents

NAME = "search"
# Clocks tell most of all, and change no words and nobody's right to see them.
QUIET = ("promise.", "leave.", "roster.", "party.", "factor.", "log.")
_duties_of: str | None = None  # the pack whose duties stand in the index


def run() -> int:
    """Read what is new; how many facts. After another pack was loaded, its duties take the place of the old ones."""
    global _duties_of
    digest = city.digest()
    if digest != _duties_of:
        documents.refresh_duties()
        _duties_of = digest
    return log.consume(NAME, take)


def take(batch: Sequence[Told]) -> None:
    """Bring up to date whatever calls a batch of facts is about: those it names, and all of a matter it names."""
    calls, matters = set[int](), set[int]()
    for told in batch:
        if not told.name.startswith(QUIET):
            calls |= _named(told, "call")
            matters |= _named(told, "matter")
    calls |= set(Call.objects.filter(matter__in=matters).values_list("pk", flat=True))
    if calls:
        documents.refresh(sorted(calls))


def _named(told: Told, what: str) -> set[int]:
    sort, _, pk = told.subject.partition(":")
    named = getattr(told.fact, what, None)
    return {int(found) for found in (pk if sort == what else None, named) if found}
