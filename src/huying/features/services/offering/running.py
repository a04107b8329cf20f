"""The day's run: what is due is claimed, looked at and drawn, batch by batch. Run twice, or by two at once, it does no more."""

from collections import Counter
from dataclasses import dataclass, field

from huying.features.services.offering import claiming, drawing, ending, occasions
from huying.features.services.offering.claiming import BATCH


@dataclass(slots=True)
class Run:
    """What a run did, or would do: people looked for and things offered, by rule."""

    looked: Counter[str] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    lapsed: int = 0


def once(limit: int = BATCH) -> int:
    """One batch; how much was done, 0 when nothing is due. Raises NotDelivered: what was claimed is due again tomorrow."""
    done = claiming.sync(limit) + ending.lapse(limit)
    claimed = claiming.claim(limit)
    if claimed:
        drawing.draw(claimed, occasions.found(claimed))
    return done + len(claimed)


def whole(limit: int = BATCH) -> Run:
    """All that is due. Raises NotDelivered."""
    run = Run()
    while claiming.sync(limit):
        pass
    while lapsed := ending.lapse(limit):
        run.lapsed += lapsed
    while claimed := claiming.claim(limit):
        told = occasions.found(claimed)
        run.looked.update(one.rule.key for one in claimed)
        run.offered.update(_would(claimed, told))
        drawing.draw(claimed, told)
    return run


def trial(limit: int = BATCH) -> Run:
    """How many would get what, without offering anything. The looks it takes are real, so they are written down as any.

    Raises NotDelivered.
    """
    run, last = Run(), 0
    while claimed := claiming.after(last, limit):
        told, last = occasions.found(claimed), claimed[-1].watch.pk
        run.looked.update(one.rule.key for one in claimed)
        run.offered.update(_would(claimed, told))
    return run


def _would(claimed: list[claiming.Claimed], told: dict[int, list[occasions.Occasion]]) -> list[str]:
    pairs = [(one, occasion) for one in claimed for occasion in drawing.due(told[one.watch.pk])]
    return [one.rule.key for one, _occasion in drawing.fresh(pairs)]
