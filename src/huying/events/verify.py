"""Is the log what was written? Each fact against its salted commitment, each subject's versions without a gap."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Min

from huying.events.log import commitment
from huying.events.models import Fact, FactOrder

SHOWN = 20  # faults beyond these are counted, not named


@dataclass(slots=True)
class Verified:
    """How many facts were read, how many of them readers cannot see yet, and what is wrong with the rest."""

    facts: int = 0
    unnumbered: int = 0
    faults: int = 0
    named: list[str] = field(default_factory=list)

    def fault(self, what: str) -> None:
        """Count a fault; the first ones are named."""
        self.faults += 1
        if len(self.named) < SHOWN:
            self.named.append(what)


def verify(batch: int = 2000) -> Verified:
    """Read the whole log once. Memory stays small; time grows with the log."""
    found = Verified()
    for row in Fact.objects.order_by("id").iterator(batch):
        found.facts += 1
        if commitment(bytes(row.salt), row) != bytes(row.leaf):
            found.fault(f"fact {row.pk} ({row.name} of {row.subject}) is not what was committed to")
    # (subject, version) is unique, so first, last and count are enough to see a gap
    subjects = Fact.objects.values("subject").annotate(n=Count("id"), first=Min("version"), last=Max("version"))
    for line in subjects.exclude(first=1, last=F("n")).order_by("subject"):
        found.fault(f"{line['subject']} has {line['n']} facts, versions {line['first']} to {line['last']}")
    found.unnumbered = found.facts - FactOrder.objects.count()
    return found
