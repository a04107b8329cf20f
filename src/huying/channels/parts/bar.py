"""The promise as a drawn bar: the kernel's blocks with the classes that give them width and fill.

Classes, because no style may stand in a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from huying.base import clock
from huying.channels.parts import words
from huying.city import calendar
from huying.kernel import bar
from huying.kernel.models import Promise
from huying.kernel.pauses import HOURS, Pauses

# Quarters of a day's width for which parts.css has a class `w-…`; 4 is the width of one day and needs none.
WIDTHS = (1, 2, 4, 8, 12, 20)
MOST_LABELS = 7  # on a phone; with more blocks only today and the last day are labelled for the eye


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the bar: what stands under it, and its classes."""

    label: str
    css: str
    off: bool


def blocks(promise: Promise, pauses: Pauses = (), now: datetime | None = None, *, receipt: bool = False) -> list[Block]:
    """The bar of a promise as it stands now, or stood when it ended. `receipt`: with the day of receipt in front."""
    end = promise.ended_at or now or clock.now()
    days = bar.blocks(promise.started_at, promise.due_at, end, calendar.current(), pauses, promise.unit)
    over = end >= promise.due_at
    shown = [day for day in days if receipt or day.kind != bar.RECEIVED]
    crowded = len(shown) > MOST_LABELS
    drawn = [_block(day, over, promise.ended_at is None, crowded) for day in shown]
    if promise.unit == HOURS and drawn:  # here the day says little: the hour does
        drawn[-1] = replace(drawn[-1], label=words.hour(promise.due_at))
    return drawn


def has_off(drawn: Sequence[Block]) -> bool:
    """Whether some of it does not count, so that the key has to say so."""
    return any(block.off for block in drawn)


def _block(day: bar.DayBlock, over: bool, running: bool, crowded: bool) -> Block:
    css = []
    if day.working:
        css += [_width(day.weight), f"u-{_step(day.share_used)}" if _step(day.share_used) else ""]
        css.append("over" if over and running else "")
    else:
        css.append("off")
    css += ["due" if day.is_due and running else "", "now" if day.is_today and not day.is_due else ""]
    if not day.working or (crowded and not (day.is_today or day.is_due)):
        css.append("hush")
    return Block(day.label, " ".join(c for c in css if c), not day.working)


def _width(weight: float) -> str:
    nearest = min(WIDTHS, key=lambda quarters: abs(quarters - weight * 4))
    return "" if nearest == 4 else f"w-{nearest}"


def _step(share: float) -> int:
    """In steps of five, never empty once begun and never full before the end."""
    if share <= 0:
        return 0
    return 100 if share >= 1 else min(95, max(5, round(share * 20) * 5))
