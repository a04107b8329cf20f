"""Which kinds of desk a message's words speak for: duties of one desk together, and each kind with its best."""

from collections.abc import Mapping, Sequence
from math import log

from huying.city.models import Duty
from huying.kernel.routing import Desk, Routing, desk_of

FAINT = 0.1  # duties that reach less than this share of the best do not count
# The share of the best that every desk counts as at least: duties name the wrong desk first in one case of four, and what
# people choose must be able to move it.
UNLIKE = 0.3


def best_desks(duties: Sequence[Duty], desks: Sequence[Desk], scores: Sequence[float], k: int) -> list[tuple[Duty, float]]:
    """The `k` best desks, best first: the best duty of each, and the desk's score; of each duty its desk and its score.

    A desk scores with its best duty, half its second, a quarter of its third ...: where several duties of one desk
    speak for it, a single chance word of another does not outbid them.
    """
    least = FAINT * max(scores, default=0.0)
    heard = [number for number, score in enumerate(scores) if score > least]
    heard.sort(key=scores.__getitem__, reverse=True)
    totals: dict[Desk, float] = {}
    shares: dict[Desk, float] = {}
    first: dict[Desk, int] = {}
    for number in heard:
        desk = desks[number]
        if desk not in first:
            first[desk], totals[desk], shares[desk] = number, scores[number], 0.5
            continue
        totals[desk] += shares[desk] * scores[number]
        shares[desk] /= 2
    best = sorted(totals, key=totals.__getitem__, reverse=True)[:k]
    return [(duties[first[desk]], totals[desk]) for desk in best]


def by_type(known: Routing, scores: Sequence[float]) -> dict[str, tuple[Duty, float]]:
    """For each type of department that has anything in common with the text: its best duty, and the score of its best desk."""
    found: dict[str, tuple[Duty, float]] = {}
    for duty, score in best_desks(known.listed, known.desks, scores, len(known.listed)):
        found.setdefault(desk_of(duty)[0], (duty, score))
    return found


def like(desks: Mapping[str, tuple[Duty, float]], labels: Sequence[str]) -> list[float]:
    """How like each label's duties it is, on the scale on which trust is reckoned without a reader."""
    best = max((score for _, score in desks.values()), default=0.0)
    return [max(log(desks[label][1] / best), log(UNLIKE)) if label in desks else log(UNLIKE) for label in labels]


def any_duty(known: Routing, label: str) -> Duty | None:
    return next((duty for duty in known.duties.values() if desk_of(duty)[0] == label), None)
