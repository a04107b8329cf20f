"""The reader that runs: which one it is, how sure it must be to act alone, and how another takes its place."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from math import sqrt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import loaded
from huying.city import queries as city
from huying.kernel import lessons
from huying.kernel.errors import Refused
from huying.kernel.models import Learned

if TYPE_CHECKING:  # NumPy is read when there is a reader, not before
    from huying.reading.linear import Linear

LOOK_AGAIN = 2.0  # seconds after which another process's promotion is seen
COUNT_AGAIN = 60.0  # seconds after which what went out by itself is counted again
KEPT = 10  # readers whose data are kept, of those that ran and of those that did not
PROMISE = 0.97
FEWEST = 30  # answers at hand below which nothing is measured


@dataclass(frozen=True)
class Running:
    """The reader at work, its number, and from which confidence on it kept the pack's promise; None: not measured."""

    number: int
    model: "Linear"
    measured: tuple[tuple[float, bool], ...]
    until: datetime | None = None  # lessons after that it has not learned from; None: from no lessons at all
    _reached: dict[float, float] = field(default_factory=dict, compare=False, repr=False)  # by promise: asked of every appeal

    def threshold(self, promise: float) -> float | None:
        """The confidence above which `promise` of its answers were right; infinite where none is, None unmeasured."""
        if len(self.measured) < FEWEST:
            return None
        if promise not in self._reached:
            self._reached[promise] = reached(self.measured, promise)
        return self._reached[promise]


def reached(measured: Any, promise: float) -> float:
    """Among (confidence, right) pairs the least confidence at which, with all surer ones, `promise` are right."""
    best, right = float("inf"), 0
    ordered = sorted(measured, reverse=True)
    for count, (sure, hit) in enumerate(ordered, 1):
        right += hit
        alike = count < len(ordered) and ordered[count][0] == sure
        if not alike and count >= FEWEST and right >= promise * count:
            best = sure
    return best


_lock = threading.Lock()
_held: tuple[float, Running | None] | None = None
_kept: tuple[float, bool] | None = None


def running() -> Running | None:
    """The reader that runs; None while there is none, or it cannot be read: then the duties' words alone decide."""
    global _held
    held = _held
    if held is not None and time.monotonic() - held[0] < LOOK_AGAIN:
        return held[1]
    # asked before the lock: who waits for it must not hold the last connection that the other needs
    number = Learned.objects.filter(runs=True).values_list("pk", flat=True).first()
    with _lock:
        known = _held[1] if _held else None
        found = known if known is not None and known.number == number else _load(number)
        _held = (time.monotonic(), found)
        return found


def forget() -> None:
    """Look again at once."""
    global _held, _kept
    _held = _kept = None


loaded.on_forget(forget)


def _load(number: int | None) -> Running | None:
    row = Learned.objects.filter(pk=number).first() if number is not None else None
    if row is None:
        return None
    from huying.reading.linear import Unreadable  # NumPy is read only where something was learned
    from huying.reading.linear import loaded as read

    try:
        model = read(bytes(row.data))
    except Unreadable:
        return None
    until = row.card.get("until")
    measured = tuple((float(sure), bool(right)) for sure, right in row.card.get("measured", ()))
    return Running(row.pk, model, measured, datetime.fromisoformat(until) if until else None)


def alone_from() -> float:
    """How sure a suggestion must be to go out by itself; infinite where nothing may.

    As the running reader was measured, where it was; else as the pack says. Whatever was measured before: where what went
    out by itself lately came back more often than the pack's promise and chance allow, a dispatcher chooses.
    """
    found = running()
    promise = float(city.setting("dispatch.precision", PROMISE))
    if not keeps_promise(promise):
        return float("inf")
    measured = found.threshold(promise) if found is not None else None
    return float(city.setting("dispatch.confidence", 0.9)) if measured is None else measured


def keeps_promise(promise: float) -> bool:
    """Whether enough of what went out by itself lately stayed where it went; true while there is too little to tell."""
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > COUNT_AGAIN:
        _kept = kept = (time.monotonic(), _is_kept(promise))
    return kept[1]


def _is_kept(promise: float) -> bool:
    # what another reader did is not held against this one, nor against the duties' words after it
    changed = Learned.objects.aggregate(began=Max("promoted_at"), ended=Max("stopped_at")).values()
    done = lessons.alone(max([clock.now() - lessons.MEASURED, *filter(None, changed)]))
    return done.count < FEWEST or done.count - done.right <= _came_back_at_most(done.count, promise)


def _came_back_at_most(count: int, promise: float) -> float:
    """How many of `count` may come back while the promise is kept: the mean and two standard deviations of a binomial.

    By the bare share a second one of forty would stop all dispatching, though it says next to nothing.
    """
    return count * (1 - promise) + 2 * sqrt(count * promise * (1 - promise))


def promote(number: int) -> Learned:
    """Let a reader run. Raises Refused where there is none of that number, or it was not found better than what runs."""
    row = _row(number)
    if row.runs:
        raise Refused("runs", _("%(n)s 号已经在用了。") % {"n": number})
    if not row.data:
        raise Refused("let_go", _("%(n)s 号太旧，只留下了说明，请重新训练。") % {"n": number})
    if not row.card.get("better"):
        raise Refused("no_better", _("%(n)s 号在它没学过的派单上没有比在用的更准，不能换上。") % {"n": number})
    with transaction.atomic():
        before = Learned.objects.select_for_update().filter(runs=True).first()
        if row.card.get("against") != (before.pk if before else None):
            raise Refused("no_better", _("%(n)s 号是和另一个比的，在用的已经换过了，请重新训练。") % {"n": number})
        return _switch(row, before)


def rollback() -> Learned | None:
    """Let run what ran before; None: the duties' words alone. Raises Refused where no reader runs."""
    with transaction.atomic():
        now = Learned.objects.select_for_update().filter(runs=True).first()
        if now is None:
            raise Refused("none_runs", _("没有在用的模型，派单只按职责说明来。"))
        _stop(now)
        if now.before is not None:
            _start(now.before)
    forget()
    return now.before


def due() -> bool:
    """Whether so many lessons have come since the last reader was made that another may be better.

    The more there are the more it takes: a busy city would else learn all day long.
    """
    last = Learned.objects.order_by("-pk").values_list("made_at", flat=True).first()
    wanted = max(int(city.setting("dispatch.learn_after", 10)), lessons.count() // 20)
    return lessons.count(last, wanted) >= wanted


def tidy() -> None:
    """Let go of what old readers hold, all but their cards: only the newest, and what runs, can be rolled back to."""
    kept = list(Learned.objects.filter(promoted_at__isnull=False).order_by("-promoted_at").values_list("pk", flat=True)[:KEPT])
    kept += Learned.objects.filter(promoted_at__isnull=True).order_by("-pk").values_list("pk", flat=True)[:KEPT]
    Learned.objects.exclude(Q(pk__in=kept) | Q(runs=True)).exclude(data=b"").update(data=b"", before=None)
    Learned.objects.filter(before__data=b"").update(before=None)


def _row(number: int) -> Learned:
    row = Learned.objects.filter(pk=number).first()
    if row is None:
        raise Refused("not_there", _("没有 %(n)s 号模型。用 huying dispatch models 看有哪些。") % {"n": number})
    return row


def _switch(row: Learned, before: Learned | None) -> Learned:
    if before is not None:
        _stop(before)
    row.before = before
    row.save(update_fields=["before"])
    _start(row)
    forget()
    transaction.on_commit(forget)  # whoever looked meanwhile saw the one before
    return row


def _start(row: Learned) -> None:
    row.runs, row.promoted_at = True, clock.now()
    row.save(update_fields=["runs", "promoted_at"])


def _stop(row: Learned) -> None:
    row.runs, row.stopped_at = False, clock.now()
    row.save(update_fields=["runs", "stopped_at"])
