"""派单自己派的: how much dispatch gives away by itself, how much of that stayed where it went, and what reads now."""

from dataclasses import dataclass
from typing import Any

from huying.city import queries as city
from huying.kernel import learned, lessons
from huying.kernel.models import Learned


@dataclass(frozen=True, slots=True)
class Reading:
    """The last days, the pack's promise, from which confidence on anything goes by itself, and the running reader's card."""

    alone: lessons.Alone
    days: int
    promise: float
    from_confidence: float | None  # None: nothing goes by itself
    number: int | None  # of the reader that runs; None: the duties' words alone decide
    card: dict[str, Any]
    lessons: int


def reading() -> Reading:
    """How dispatch reads now."""
    row = Learned.objects.defer("data").filter(runs=True).first()
    threshold = learned.alone_from() if city.setting("dispatch.by_itself", True) else float("inf")
    return Reading(
        lessons.alone(),
        lessons.MEASURED.days,
        float(city.setting("dispatch.precision", learned.PROMISE)),
        None if threshold > 1 else threshold,
        row.pk if row else None,
        row.card if row else {},
        lessons.count(),
    )
